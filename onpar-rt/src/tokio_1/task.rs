//! [`Task`]: the handle of a tokio task.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::JoinError;
use tokio::task::{AbortHandle, JoinHandle};

/// The handle of a tokio task: gives its output. Dropping it detaches the task.
///
/// It gives [`JoinError::dropped`] if the task was aborted, or if the runtime has shut down.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct Task<T> {
    handle: JoinHandle<T>,
}

impl<T> Task<T> {
    pub(super) const fn new(handle: JoinHandle<T>) -> Self {
        Self { handle }
    }

    /// Tokio's own means to abort the task.
    pub fn abort_handle(&self) -> AbortHandle {
        self.handle.abort_handle()
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.handle).poll(cx).map_err(|error| match error.try_into_panic() {
            Ok(payload) => JoinError::panicked(payload),
            Err(_) => JoinError::dropped(),
        })
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("id", &self.handle.id()).finish_non_exhaustive()
    }
}
