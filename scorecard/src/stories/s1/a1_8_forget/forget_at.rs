//! [`ForgetAt`]: a future that is forgotten.

use core::mem::forget;
use core::pin::Pin;
use core::task::{Context, Poll};

/// Forgets a future after so many polls, with 0 instead of the first: `None`. `Some(output)` if it ended before.
pub(super) struct ForgetAt<F> {
    future: Option<Pin<Box<F>>>,
    left: usize,
}

impl<F> ForgetAt<F> {
    pub(super) fn new(future: F, polls: usize) -> Self {
        Self { future: Some(Box::pin(future)), left: polls }
    }
}

impl<F: Future> Future for ForgetAt<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            if let Some(Poll::Ready(output)) = self.future.as_mut().map(|future| future.as_mut().poll(cx)) {
                self.future = None;
                return Poll::Ready(Some(output));
            }
            if left > 0 {
                return Poll::Pending;
            }
        }
        forget(self.future.take());
        Poll::Ready(None)
    }
}
