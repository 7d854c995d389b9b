//! [`Close`] and [`LocalClose`]: the futures of an explicit close.
#![expect(unsafe_code, reason = "the owner of a `Send` node")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use onpar_core::ExitReason;

use crate::engine::driver_ref::DriverRef;
use crate::engine::frame::{give_step_back, poll_step};
use crate::engine::handover::hand_over;
use crate::engine::node::Flags;
use crate::engine::observer::closing_here;
use crate::engine::owned::Owned;

/// The future of [`Guard::close`](crate::Guard::close).
///
/// # Cancel safety
///
/// The cleanup is never lost: if this is dropped before it is done, the nearest scope carries on from there.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Close, defer};
///
/// # pollster::block_on(async {
/// let close: Close<&str> = defer(7, async |_| Err("refused")).close();
/// assert_eq!(close.await, Err("refused"));
/// # });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Close<E> {
    closing: Closing<E>,
}

/// The future of [`LocalGuard::close`](crate::LocalGuard::close).
///
/// # Cancel safety
///
/// As [`Close`]: the nearest local scope carries on.
///
/// # Examples
///
/// ```
/// use onpar_scope::{LocalClose, local_defer};
///
/// # pollster::block_on(async {
/// let close: LocalClose<&str> = local_defer(7, async |_| Err("refused")).close();
/// assert_eq!(close.await, Err("refused"));
/// # });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct LocalClose<E> {
    closing: Closing<E>,
}

// SAFETY: the node's job is `Send`, as `new` was promised, and the future is its only owner.
unsafe impl<E> Send for Close<E> {}
// SAFETY: nothing can be done with a shared reference to it.
unsafe impl<E> Sync for Close<E> {}

/// A cleanup that runs in place.
struct Closing<E> {
    node: Option<Owned>,
    origin: Option<DriverRef>,
    error: PhantomData<fn() -> E>,
}

impl<E> Close<E> {
    /// # Safety
    ///
    /// The node's job fails with an `E`, and any scope may run it.
    pub(crate) unsafe fn new(node: Option<Owned>, origin: Option<DriverRef>) -> Self {
        Self { closing: Closing { node, origin, error: PhantomData } }
    }
}

impl<E> LocalClose<E> {
    /// # Safety
    ///
    /// The node's job fails with an `E`.
    pub(crate) unsafe fn new(node: Option<Owned>, origin: Option<DriverRef>) -> Self {
        Self { closing: Closing { node, origin, error: PhantomData } }
    }
}

impl<E> Closing<E> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        ready!(poll_step(cx));
        // Taken out for the poll: should it panic, the job is dropped and not handed over.
        let Some(mut node) = self.node.take() else {
            panic!("`close()` was polled after it had given its result: poll it by `.await`, or `fuse()` it")
        };
        node.header().set(Flags::STARTED);
        node.header().reason.set(Some(ExitReason::Closed));
        // SAFETY: both `new` were promised that the error is an `E`; a job that was ready is not put back.
        let polled = unsafe { node.poll(ExitReason::Closed, cx) };
        if polled.is_ready() {
            if node.header().is(Flags::WATCHED) {
                self.unwatch(&node);
            }
            node.end();
        } else {
            if let Some(origin) = &self.origin
                && let Some(observer) = origin.observer()
            {
                closing_here(node.header(), observer);
            }
            self.node = Some(node);
            give_step_back();
        }
        polled
    }

    /// The observer has been told that the node is run in place, which it is no longer.
    #[cold]
    fn unwatch(&self, node: &Owned) {
        if let Some(observer) = self.origin.as_ref().and_then(|origin| origin.observer()) {
            observer.leave(node.header());
        }
    }

    /// Whoever closes it has been cancelled.
    #[cold]
    fn leave(&self, node: Owned) {
        if node.header().is(Flags::WATCHED) {
            self.unwatch(&node);
        }
        hand_over(node, self.origin.as_ref());
    }
}

impl<E> Drop for Closing<E> {
    #[inline]
    fn drop(&mut self) {
        if let Some(node) = self.node.take() {
            self.leave(node);
        }
    }
}

impl<E> Future for Close<E> {
    type Output = Result<(), E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        self.closing.poll(cx)
    }
}

impl<E> Future for LocalClose<E> {
    type Output = Result<(), E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        self.closing.poll(cx)
    }
}

impl<E> fmt::Debug for Close<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Close").field("done", &self.closing.node.is_none()).finish()
    }
}

impl<E> fmt::Debug for LocalClose<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalClose").field("done", &self.closing.node.is_none()).finish()
    }
}
