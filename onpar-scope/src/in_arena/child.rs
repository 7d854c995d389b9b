//! [`ArenaChild`]: the handle of a child in an arena.
#![expect(unsafe_code, reason = "the output in the node")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::child_node::{ChildNode, TakeOutput};
use super::node::NodeRef;
use crate::panics::{caught, discard};

/// The handle of a child of a [`scope_in`](crate::scope_in). Awaiting it gives the child's output, when the child and its
/// cleanups have ended.
///
/// Dropping it leaves the child to its scope, which waits for it, and loses the output.
///
/// # Cancel safety
///
/// Dropping it half-way loses the output, and nothing else.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, ArenaChild, scope_in};
///
/// let arena = pin!(Arena::<512>::new());
/// let answer = scope_in(arena, async |s| {
///     let child: ArenaChild<'_, u32> = s.spawn(async { 42 }).expect("there is room for one");
///     child.await
/// });
/// assert_eq!(pollster::block_on(answer), 42);
/// ```
#[must_use = "the child runs anyway; `drop` its handle where its output is of no use"]
pub struct ArenaChild<'scope, T> {
    node: NodeRef,
    take: TakeOutput<T>,
    /// Whether it has given its output.
    is_over: bool,
    scope: PhantomData<(&'scope (), T)>,
}

/// The output is not in it.
impl<T> Unpin for ArenaChild<'_, T> {}

/// The future of [`ArenaChild::cancel`]: the child's output, if it had ended before it could be cancelled.
///
/// # Cancel safety
///
/// The child is cancelled all the same; only the wait for its cleanups is left to the scope, and an output is lost.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, ArenaCancelling, scope_in};
///
/// let arena = pin!(Arena::<512>::new());
/// let cancelled = scope_in(arena, async |s| {
///     let child = s.spawn(core::future::pending::<u32>()).expect("there is room for one");
///     let cancelling: ArenaCancelling<'_, u32> = child.cancel();
///     cancelling.await
/// });
/// assert_eq!(pollster::block_on(cancelled), None);
/// ```
#[must_use = "the child is cancelled anyway; `.await` it to wait for its cleanups"]
pub struct ArenaCancelling<'scope, T> {
    child: ArenaChild<'scope, T>,
}

impl<'scope, T> ArenaChild<'scope, T> {
    /// The handle of a child's node.
    ///
    /// # Safety
    ///
    /// The node is a new child's, which no other handle frees, and `take` takes its output.
    pub(super) unsafe fn new(node: NodeRef, take: TakeOutput<T>) -> Self {
        Self { node, take, is_over: false, scope: PhantomData }
    }

    /// Cancels the child, and waits until it has been dropped and cleaned up.
    ///
    /// Gives the output if the child has ended before. Waits for no cleanups but this child's.
    ///
    /// # Cancel safety
    ///
    /// The child is cancelled whether the future is awaited or not.
    pub fn cancel(self) -> ArenaCancelling<'scope, T> {
        self.inner().is_unwanted.set(true);
        self.node.driver.ask_to_cancel();
        ArenaCancelling { child: self }
    }

    fn inner(&self) -> &ChildNode {
        match self.node.child() {
            Some(child) => child,
            None => unreachable!("the handle is a child's"),
        }
    }

    /// Waits for the end of the child, and takes the output that it has left, if any.
    fn poll_end(&mut self, cx: &Context<'_>) -> Poll<Option<T>> {
        assert!(!self.is_over, "a child was polled after it had given its output: poll it by `.await`, or `fuse()` it");
        let child = self.inner();
        if child.is_done.get() {
            // SAFETY: the child is done, and its output is ours alone.
            let output = unsafe { (self.take)(self.node) };
            self.is_over = output.is_some();
            return Poll::Ready(output);
        }
        let before = child.waker.take().filter(|waker| waker.will_wake(cx.waker()));
        child.waker.set(Some(before.unwrap_or_else(|| cx.waker().clone())));
        child.awaited_by_body.set(self.node.driver.is_at_body());
        Poll::Pending
    }
}

impl<T> Future for ArenaChild<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        // Without an output it was cancelled with its whole scope, which drops us too.
        match self.poll_end(cx) {
            Poll::Ready(Some(output)) => Poll::Ready(output),
            _ => Poll::Pending,
        }
    }
}

impl<T> Future for ArenaCancelling<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.child.poll_end(cx)
    }
}

impl<T> Drop for ArenaChild<'_, T> {
    fn drop(&mut self) {
        let child = self.inner();
        child.has_handle.set(false);
        if child.is_done.get() {
            // What the output's drop panics with has been told by the panic hook.
            // SAFETY: the child has ended, and had no other handle.
            discard(caught(|| unsafe { self.node.clear() }));
            // SAFETY: as above, and it is empty.
            unsafe { self.node.free() };
        }
    }
}

impl<T> fmt::Debug for ArenaChild<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArenaChild").field("done", &self.inner().is_done.get()).finish()
    }
}

impl<T> fmt::Debug for ArenaCancelling<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArenaCancelling").field("child", &self.child).finish()
    }
}
