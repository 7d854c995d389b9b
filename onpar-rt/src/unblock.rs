//! [`Call`]: a call on the pool of threads of the crate `blocking`, which several runtimes share.
//!
//! The pool grows while calls wait, up to 500 threads, and shrinks when they are idle.

use core::fmt;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::catch_unwind;

use onpar_core::JoinError;

use crate::output::Output;

/// The handle of a call that may block. Dropping it detaches the call.
///
/// # Cancel safety
///
/// Dropping it loses the value, and not the call.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the call"]
pub struct Call<T> {
    /// None when it has ended.
    task: Option<blocking::Task<Output<T>>>,
}

impl<T: Send + 'static> Call<T> {
    pub(crate) fn new(call: impl FnOnce() -> T + Send + 'static) -> Self {
        let call = || Output::new(catch_unwind(AssertUnwindSafe(call)).map_err(JoinError::panicked));
        Self { task: Some(blocking::unblock(call)) }
    }
}

impl<T> Future for Call<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(task) = &mut self.task else { return Poll::Ready(Err(JoinError::dropped())) };
        let polled = Pin::new(task).poll(cx).map(Output::take);
        if polled.is_ready() {
            self.task = None;
        }
        polled
    }
}

impl<T> Drop for Call<T> {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.detach();
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("ended", &self.task.is_none()).finish_non_exhaustive()
    }
}
