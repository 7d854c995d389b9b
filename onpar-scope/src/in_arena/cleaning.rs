//! [`Cleaning`]: the future of a cleanup closure, as one of a `Result`.
//!
//! An `async` block around it would take twice its room.

use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::cleanup_result::CleanupResult;

pin_project! {
    pub(super) struct Cleaning<Fut> {
        #[pin]
        future: Fut,
    }
}

impl<Fut> Cleaning<Fut> {
    pub(super) fn new(future: Fut) -> Self {
        Self { future }
    }
}

impl<Fut, R> Future for Cleaning<Fut>
where
    Fut: Future<Output = R>,
    R: CleanupResult,
{
    type Output = Result<(), R::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().future.poll(cx).map(CleanupResult::into_result)
    }
}
