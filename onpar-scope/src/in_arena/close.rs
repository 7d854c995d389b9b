//! [`ArenaClose`]: the future of an explicit close.
#![expect(unsafe_code, reason = "the cleanup in the node")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::ExitReason;

use super::cleanup_node::Step;
use super::node::{Link, NodeRef, Stage};

/// The future of [`ArenaGuard::close`](crate::ArenaGuard::close).
///
/// # Cancel safety
///
/// The cleanup is never lost: if this is dropped before it is done, the guard's scope carries on from there.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, ArenaClose, scope_in};
///
/// let arena = pin!(Arena::<512>::new());
/// let closed = scope_in(arena, async |s| {
///     let close: ArenaClose<'_, &str> = s.defer((), async |()| Err("refused")).unwrap().close();
///     close.await
/// });
/// assert_eq!(pollster::block_on(closed), Err("refused"));
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct ArenaClose<'scope, E> {
    /// There until it is done.
    node: Link,
    step: Step<E>,
    scope: PhantomData<&'scope ()>,
}

impl<E> ArenaClose<'_, E> {
    pub(super) fn new(node: NodeRef, step: Step<E>) -> Self {
        Self { node: Some(node), step, scope: PhantomData }
    }
}

impl<E> Future for ArenaClose<'_, E> {
    type Output = Result<(), E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        // Taken out for the poll: should it panic, the cleanup is dropped and not handed over.
        let Some(node) = self.node.take() else {
            panic!("`close()` was polled after it had given its result: poll it by `.await`, or `fuse()` it")
        };
        node.stage.set(Stage::Begun);
        node.cleanup().reason.set(Some(ExitReason::Closed));
        let ending = Ending(node);
        // SAFETY: the guard that gave the node and the step is gone; what was ready or has panicked is not put back.
        let polled = unsafe { (self.step)(node, cx) };
        if polled.is_pending() {
            core::mem::forget(ending);
            self.node = Some(node);
        }
        polled
    }
}

/// Clears a cleanup and then frees it, by a panic too.
struct Ending(NodeRef);

impl Drop for Ending {
    fn drop(&mut self) {
        let _cleared = Cleared(self.0);
        // SAFETY: it has no guard any more, and is in no queue and no order.
        unsafe { self.0.clear() };
    }
}

/// Frees a cleanup that has been cleared, even if what it held has panicked as it was dropped.
struct Cleared(NodeRef);

impl Drop for Cleared {
    fn drop(&mut self) {
        // SAFETY: as for `Ending`, and what it held has been dropped.
        unsafe { self.0.free() };
    }
}

impl<E> Drop for ArenaClose<'_, E> {
    fn drop(&mut self) {
        if let Some(node) = self.node.take() {
            node.driver.hand_over(node);
        }
    }
}

impl<E> fmt::Debug for ArenaClose<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArenaClose").field("done", &self.node.is_none()).finish()
    }
}
