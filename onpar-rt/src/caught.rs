//! `Caught`: a task's future whose panics become its output.

use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::catch_unwind;

use onpar_core::JoinError;
use pin_project_lite::pin_project;

pin_project! {
    /// A future whose panics become its output. What it holds has been dropped when it has ended.
    pub(crate) struct Caught<F> {
        #[pin]
        future: Option<F>,
    }
}

impl<F> Caught<F> {
    pub(crate) const fn new(future: F) -> Self {
        Self { future: Some(future) }
    }
}

impl<F: Future> Future for Caught<F> {
    type Output = Result<F::Output, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let polled = catch_unwind(AssertUnwindSafe(|| match this.future.as_mut().as_pin_mut() {
            Some(future) => future.poll(cx).map(Ok),
            None => Poll::Ready(Err(JoinError::dropped())),
        }));
        let result = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(result)) => result,
            Err(payload) => Err(JoinError::panicked(payload)),
        };
        // The future's destructor may panic too. As in a thread, that panic is then the result.
        let dropped = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
        Poll::Ready(dropped.map_err(JoinError::panicked).and(result))
    }
}
