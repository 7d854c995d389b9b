//! [`DriverRef`]: a counted reference to a driver, for any thread; and [`DriverWith`], a driver with a state beside it.

use core::mem::ManuallyDrop;
use core::ops::Deref;

use super::cleanup_node::CleanupHeader;
use super::driver::{Driver, PURSE};
use super::frame::with_nearest;
use super::node::{self, Header, Kind, Node, NodePtr};
use crate::label::Label;

use super::shared::Shared;

/// A counted reference to a driver.
pub(crate) struct DriverRef(NodePtr);

// SAFETY: what a reference gives safely is a driver's shared part, whose fields are atomic, locked, or set before the
// driver is shared. The count is atomic, and the last reference drops what may be dropped on any thread (wakers and errors):
// budgets, origins and nodes go when the driver is closed, by the thread that polls it.
unsafe impl Send for DriverRef {}
// SAFETY: as above.
unsafe impl Sync for DriverRef {}

/// A driver, and what a kind of scope keeps beside it.
///
/// Everybody else takes it for a driver. The state is dropped with the node's memory, which wakers on other threads may keep
/// alive for long: so what it holds of its users' is taken out before.
#[repr(C)]
pub(crate) struct DriverWith<S> {
    pub(crate) driver: Driver,
    pub(crate) state: S,
}

/// A driver and its state, of which only what is for every thread is used: the handle of a scope that keeps a state.
///
/// `Sync` stands here and not at the handles, where the bounds of their errors would have to be said again: of a future that
/// holds a handle's reference the compiler does not know them, since it asks for all lifetimes at once.
#[repr(transparent)]
pub(crate) struct HandleOf<S>(DriverWith<S>);

// SAFETY: nothing but the driver's shared part, and the state, is given out safely.
unsafe impl<S: Sync> Sync for HandleOf<S> {}

impl<S> HandleOf<S> {
    pub(crate) fn shared(&self) -> &Shared {
        self.0.driver.shared()
    }

    pub(crate) fn state(&self) -> &S {
        &self.0.state
    }

    /// The driver, for a handle that uses its shared part only.
    pub(crate) fn driver(&self) -> &Driver {
        &self.0.driver
    }
}

impl DriverRef {
    /// A driver with nothing to do, which was made at the time `key` in the scope `origin`, and a state beside it.
    #[inline]
    pub(crate) fn new<S>(local: bool, label: Label, key: u64, origin: Option<Self>, state: S) -> Self {
        // A driver is found in its node without knowing the state, so that must not move it.
        const { assert!(align_of::<DriverWith<S>>() == align_of::<Driver>(), "the state is aligned as a driver at most") };
        let with = |node| DriverWith { driver: Driver::new(node, local, key, origin), state };
        Self(Node::shared(with, 1 + PURSE, label, key))
    }

    /// One more reference to a driver's node.
    ///
    /// # Safety
    ///
    /// The node is a driver's, and alive.
    #[inline]
    pub(crate) unsafe fn retain(node: NodePtr) -> Self {
        node.state.retain(1);
        Self(node)
    }

    /// The whole driver.
    ///
    /// # Safety
    ///
    /// The caller's thread is the one that polls or drops the scope, for as long as it has the reference.
    #[inline]
    pub(crate) unsafe fn owned(&self) -> &Driver {
        // SAFETY: the node is a driver's, and alive, since we count; the rest is as the caller promises.
        unsafe { Self::peek(self.0) }
    }

    /// The driver of a node, uncounted.
    ///
    /// # Safety
    ///
    /// The node is a driver's, and alive for as long as the reference is. The caller's thread is the one that polls or drops
    /// the scope, or uses the shared part only.
    #[inline]
    pub(crate) unsafe fn peek<'a>(node: NodePtr) -> &'a Driver {
        // SAFETY: as the caller promises.
        unsafe { Node::shared_job(node) }
    }

    /// Where the driver of a node and the state beside it are.
    ///
    /// # Safety
    ///
    /// The driver was made with a state of this type.
    #[inline]
    pub(crate) unsafe fn with_state<S>(&self) -> *const DriverWith<S> {
        // SAFETY: the node is alive, since we count, and as the caller promises.
        unsafe { Node::<CleanupHeader, DriverWith<S>>::shared_job(self.0) }
    }

    #[inline]
    pub(crate) fn node(&self) -> NodePtr {
        self.0
    }

    /// Turns the reference into one that the caller counts.
    pub(crate) fn into_node(self) -> NodePtr {
        ManuallyDrop::new(self).0
    }

    /// The way back.
    ///
    /// # Safety
    ///
    /// The node came from [`into_node`](Self::into_node), and its reference is given up.
    #[inline]
    pub(crate) unsafe fn from_node(node: NodePtr) -> Self {
        Self(node)
    }

    pub(crate) fn header(&self) -> &Header {
        &self.0
    }
}

impl Deref for DriverRef {
    type Target = Shared;

    #[inline]
    fn deref(&self) -> &Shared {
        // SAFETY: the node is a driver's, and alive, since we count. Only its shared part is given out.
        unsafe { Self::peek(self.0) }.shared()
    }
}

impl Clone for DriverRef {
    fn clone(&self) -> Self {
        // SAFETY: the node is a driver's, and alive, since we count.
        unsafe { Self::retain(self.0) }
    }
}

impl Drop for DriverRef {
    #[expect(clippy::inline_always, reason = "every guard drops one; measured by `guards_together_10k`")]
    #[inline(always)]
    fn drop(&mut self) {
        with_nearest(Kind::Send, |frame| match frame {
            Some(frame) if frame.is_of(self.0) => frame.driver().put_in_purse(),
            // SAFETY: the reference is ours.
            _ => unsafe { node::release(self.0) },
        });
    }
}
