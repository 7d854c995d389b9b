//! [`ChildPtr`]: a node that is a child, with what only children have: somebody who waits for their end.

use core::cell::Cell;
use core::ops::Deref;
use core::task::Waker;

use super::node::{Head, HeadPtr, Header, Kind, NodePtr};

/// What a child begins with.
#[repr(C)]
pub(crate) struct ChildHeader {
    header: Header,
    /// Who waits for the output; see `State::locked`.
    waiter: Cell<Option<Waker>>,
}

pub(crate) type ChildPtr = HeadPtr<ChildHeader>;

// SAFETY: the layout is C's, and the first field is the header.
unsafe impl Head for ChildHeader {
    fn new(header: Header, _key: u64) -> Self {
        Self { header, waiter: Cell::default() }
    }

    fn is_of(kind: Kind) -> bool {
        kind == Kind::Child
    }
}

impl Deref for ChildHeader {
    type Target = Header;

    #[inline]
    fn deref(&self) -> &Header {
        &self.header
    }
}

impl NodePtr {
    /// The node as a child, if it is one.
    #[inline]
    pub(crate) fn child(self) -> Option<ChildPtr> {
        self.with_head()
    }
}

impl ChildHeader {
    /// Leaves a waker for the end of the child.
    pub(crate) fn leave_waker(&self, waker: &Waker) {
        // Cloned, and the old one dropped, outside of the lock: that is other people's code.
        let waker = waker.clone();
        drop(self.state.locked(|| self.waiter.replace(Some(waker))));
    }

    /// Takes the waker of whoever waits, when there is no handle any more.
    pub(super) fn take_waiter(&self) -> Option<Waker> {
        self.waiter.take()
    }

    /// Wakes whoever waits for the end of the child.
    pub(crate) fn wake_waiter(&self) {
        if let Some(waker) = self.state.locked(|| self.waiter.take()) {
            waker.wake();
        }
    }
}

// Whoever frees a child's node takes the waiter out, and drops nothing else.
const _: () = assert!(!core::mem::needs_drop::<Header>());
