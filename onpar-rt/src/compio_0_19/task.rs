//! [`Task`]: the handle of a task of compio's.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use compio::runtime::JoinHandle;
use onpar_core::JoinError;

use crate::output::Output;

/// The handle of a task of compio's, or of a call that blocks: gives its output. Dropping it detaches the task.
///
/// It gives [`JoinError::dropped`] if the runtime has gone.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct Task<T> {
    /// None when it has ended.
    task: Option<JoinHandle<Output<T>>>,
}

impl<T> Task<T> {
    pub(super) const fn new(task: JoinHandle<Output<T>>) -> Self {
        Self { task: Some(task) }
    }

    /// Of a task that has been dropped.
    pub(super) const fn ended() -> Self {
        Self { task: None }
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(task) = &mut self.task else { return Poll::Ready(Err(JoinError::dropped())) };
        let output = ready!(Pin::new(task).poll(cx));
        self.task = None;
        Poll::Ready(match output {
            Ok(output) => output.take(),
            Err(compio::runtime::JoinError::Cancelled) => Err(JoinError::dropped()),
            Err(compio::runtime::JoinError::Panicked(payload)) => Err(JoinError::panicked(payload)),
        })
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.detach();
        }
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("ended", &self.task.is_none()).finish_non_exhaustive()
    }
}
