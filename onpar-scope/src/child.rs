//! [`Child`] and [`LocalChild`]: the handles of what a scope has spawned.
#![expect(unsafe_code, reason = "the handle's reference to a child's node")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use crate::engine::child_node::ChildPtr;
use crate::engine::node;
use crate::engine::waker::waker;
use crate::of_this_thread::OfThisThread;

/// The handle of a child of a [`scope`](crate::scope()). Awaiting it gives the child's output, when the child and its
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
/// use onpar_scope::{Child, scope};
///
/// # pollster::block_on(async {
/// let numbers = [1, 2, 3];
/// let sum = scope(async |s| {
///     let child: Child<'_, i32> = s.spawn(async { numbers.iter().sum() });
///     child.await
/// })
/// .await;
/// assert_eq!(sum, 6);
/// # });
/// ```
#[must_use = "the child runs anyway; `drop` its handle where its output is of no use"]
pub struct Child<'scope, T> {
    handle: Handle<'scope, T>,
}

/// The handle of a child of a [`local_scope`](crate::local_scope). As [`Child`].
///
/// # Cancel safety
///
/// Dropping it half-way loses the output, and nothing else.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_scope::{LocalChild, local_scope};
///
/// # pollster::block_on(async {
/// let words = Rc::new("not Send");
/// let length = local_scope(async |s| {
///     let child: LocalChild<'_, usize> = s.spawn(async { words.len() });
///     child.await
/// })
/// .await;
/// assert_eq!(length, 8);
/// # });
/// ```
#[must_use = "the child runs anyway; `drop` its handle where its output is of no use"]
pub struct LocalChild<'scope, T> {
    handle: Handle<'scope, T>,
    _thread: OfThisThread,
}

/// A counted reference to a child's node, with the right to its output.
struct Handle<'scope, T> {
    node: ChildPtr,
    output: PhantomData<(&'scope (), T)>,
}

/// The output is not in it.
impl<T> Unpin for Handle<'_, T> {}

// SAFETY: the handle touches what is for every thread, and takes or drops the output, a `T`, once the driver has left it.
unsafe impl<T: Send> Send for Child<'_, T> {}
// SAFETY: nothing can be done with a shared reference to it.
unsafe impl<T: Send> Sync for Child<'_, T> {}

/// The future of [`Child::cancel`]: the child's output, if it had ended before it could be cancelled.
///
/// # Cancel safety
///
/// The child is cancelled all the same; only the wait for its cleanups is left to the scope, and an output is lost.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Cancelling, scope};
///
/// # pollster::block_on(async {
/// scope(async |s| {
///     let cancelling: Cancelling<'_, u32> = s.spawn(std::future::pending()).cancel();
///     assert_eq!(cancelling.await, None);
/// })
/// .await;
/// # });
/// ```
#[must_use = "the child is cancelled anyway; `.await` it to wait for its cleanups"]
pub struct Cancelling<'scope, T> {
    child: Child<'scope, T>,
}

/// The future of [`LocalChild::cancel`]. As [`Cancelling`].
///
/// # Cancel safety
///
/// The child is cancelled all the same; only the wait for its cleanups is left to the scope, and an output is lost.
///
/// # Examples
///
/// ```
/// use onpar_scope::{LocalCancelling, local_scope};
///
/// # pollster::block_on(async {
/// local_scope(async |s| {
///     let cancelling: LocalCancelling<'_, u32> = s.spawn(std::future::pending()).cancel();
///     assert_eq!(cancelling.await, None);
/// })
/// .await;
/// # });
/// ```
#[must_use = "the child is cancelled anyway; `.await` it to wait for its cleanups"]
pub struct LocalCancelling<'scope, T> {
    child: LocalChild<'scope, T>,
}

impl<'scope, T> Child<'scope, T> {
    /// Cancels the child, and waits until it has been dropped and cleaned up.
    ///
    /// Gives the output if the child has ended before. Waits for no cleanups but this child's.
    ///
    /// # Cancel safety
    ///
    /// The child is cancelled whether the future is awaited or not.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{defer, scope};
    ///
    /// # pollster::block_on(async {
    /// scope(async |s| {
    ///     let watcher = s.spawn(async {
    ///         let _file = defer("events", async |name| println!("closing {name}"));
    ///         std::future::pending::<()>().await
    ///     });
    ///     watcher.cancel().await; // closed by now
    /// })
    /// .await;
    /// # });
    /// ```
    pub fn cancel(self) -> Cancelling<'scope, T> {
        self.handle.ask_to_cancel();
        Cancelling { child: self }
    }

    /// The handle of a child's node.
    ///
    /// # Safety
    ///
    /// The handle's reference comes with the node, and the child's output is a `T`, which is `Send`.
    pub(crate) unsafe fn new(node: ChildPtr) -> Self {
        Self { handle: Handle { node, output: PhantomData } }
    }
}

impl<'scope, T> LocalChild<'scope, T> {
    /// Cancels the child, and waits until it has been dropped and cleaned up. As [`Child::cancel`].
    ///
    /// # Cancel safety
    ///
    /// The child is cancelled whether the future is awaited or not.
    pub fn cancel(self) -> LocalCancelling<'scope, T> {
        self.handle.ask_to_cancel();
        LocalCancelling { child: self }
    }

    /// The handle of a child's node.
    ///
    /// # Safety
    ///
    /// The handle's reference comes with the node, whose scope is one of this thread, and the child's output is a `T`.
    pub(crate) unsafe fn new(node: ChildPtr) -> Self {
        Self { handle: Handle { node, output: PhantomData }, _thread: OfThisThread::HERE }
    }
}

impl<T> Handle<'_, T> {
    /// Waits for the end of the child, and takes the output that it has left, if any.
    fn poll(&self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let state = &self.node.state;
        if !state.is_done() {
            if self.node.is_awaited_by_body(cx.waker()) {
                return Poll::Pending;
            }
            self.node.leave_waker(cx.waker());
            // Again: the child may have ended between the look and the waker.
            if !state.is_done() {
                return Poll::Pending;
            }
        }
        if state.is_gone() {
            return Poll::Ready(None);
        }
        // SAFETY: the child is done and has left its output to its handle, which was promised that it is a `T`.
        match unsafe { node::take_output(self.node.node()) } {
            Some(output) => Poll::Ready(Some(output)),
            None => panic!("a child was polled after it had given its output: poll it by `.await`, or `fuse()` it"),
        }
    }

    /// Waits for the output.
    fn poll_output(&self, cx: &mut Context<'_>) -> Poll<T> {
        let output = ready!(self.poll(cx));
        if output.is_none() {
            // It was cancelled with its whole scope, which drops us too; or it has failed, and whoever awaits it is cancelled.
            self.node.lose_those_here();
        }
        output.map_or(Poll::Pending, Poll::Ready)
    }

    /// Has the scope drop the child.
    fn ask_to_cancel(&self) {
        self.node.state.ask_to_cancel();
        waker(self.node.node()).wake_by_ref();
    }
}

impl<T> Drop for Handle<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the reference is ours, and we are not used again.
        unsafe { node::drop_handle(self.node) };
    }
}

impl<T> Future for Child<'_, T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.handle.poll_output(cx)
    }
}

impl<T> Future for LocalChild<'_, T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.handle.poll_output(cx)
    }
}

impl<T> Future for Cancelling<'_, T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.child.handle.poll(cx)
    }
}

impl<T> Future for LocalCancelling<'_, T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.child.handle.poll(cx)
    }
}

impl<T> fmt::Debug for Cancelling<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancelling").field("child", &self.child).finish()
    }
}

impl<T> fmt::Debug for LocalCancelling<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalCancelling").field("child", &self.child).finish()
    }
}

impl<T> fmt::Debug for Child<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child").field("done", &self.handle.node.state.is_done()).finish()
    }
}

impl<T> fmt::Debug for LocalChild<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalChild").field("done", &self.handle.node.state.is_done()).finish()
    }
}
