//! [`LocalTask`]: the handle of a local task.

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::rc::Rc;

use onpar_core::JoinError;

use super::handle::Executor;
use super::key::Key;

/// The handle of a local task: gives its output. Dropping it detaches the task.
///
/// It gives [`JoinError::dropped`] if the task was dropped, which is what happens to the tasks that are left when
/// [`run`](super::run) or [`Local::block_on`](super::Local::block_on) returns.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
///
/// # Examples
///
/// ```
/// use onpar_core::SpawnLocal;
///
/// onpar_rt::local::run(async |rt| {
///     let task = rt.spawn_local(async { 42 });
///     assert_eq!(task.await.unwrap(), 42);
/// });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct LocalTask<T: 'static> {
    executor: Rc<Executor>,
    /// None if the executor did not let the task in.
    key: Option<Key>,
    output: PhantomData<fn() -> T>,
}

impl<T: 'static> LocalTask<T> {
    pub(super) const fn new(executor: Rc<Executor>, key: Option<Key>) -> Self {
        Self { executor, key, output: PhantomData }
    }
}

impl<T: 'static> Future for LocalTask<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(key) = self.key else { return Poll::Ready(Err(JoinError::dropped())) };
        let polled = self.executor.tasks.poll_join(key, cx.waker());
        if polled.is_ready() {
            self.key = None;
        }
        polled
    }
}

impl<T: 'static> Drop for LocalTask<T> {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.executor.tasks.detach(key);
        }
    }
}

impl<T: 'static> fmt::Debug for LocalTask<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalTask").field("id", &self.key.map(|key| key.index)).finish_non_exhaustive()
    }
}
