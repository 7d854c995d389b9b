//! `Caught`: a task's future whose panics become its output. Without std nothing unwinds, and a panic ends the program.

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::JoinError;
use pin_project_lite::pin_project;

use crate::output::Output;
use crate::unwanted::without_panic;

pin_project! {
    /// A future whose panics become its output. What it holds has been dropped when it has ended. If it is dropped before, a panic
    /// of what it holds goes nowhere.
    pub(crate) struct Caught<F> {
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for Caught<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut future = this.project().future;
            if future.as_mut().as_pin_mut().is_some() {
                without_panic(|| future.set(None));
            }
        }
    }
}

impl<F> Caught<F> {
    pub(crate) const fn new(future: F) -> Self {
        Self { future: Some(future) }
    }
}

impl<F: Future> Future for Caught<F> {
    type Output = Output<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let polled = catch(|| match this.future.as_mut().as_pin_mut() {
            Some(future) => future.poll(cx).map(Ok),
            None => Poll::Ready(Err(JoinError::dropped())),
        });
        let result = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(result)) => result,
            Err(panicked) => Err(panicked),
        };
        // The future's destructor may panic too. As in a thread, that panic is then the result.
        let dropped = catch(|| this.future.set(None));
        let result = match dropped {
            Ok(()) => result,
            Err(panicked) => {
                drop(Output::new(result));
                Err(panicked)
            }
        };
        Poll::Ready(Output::new(result))
    }
}

#[cfg(feature = "std")]
fn catch<T>(call: impl FnOnce() -> T) -> Result<T, JoinError> {
    std::panic::catch_unwind(core::panic::AssertUnwindSafe(call)).map_err(JoinError::panicked)
}

#[cfg(not(feature = "std"))]
#[expect(clippy::unnecessary_wraps, reason = "with std it fails when the call panics")]
fn catch<T>(call: impl FnOnce() -> T) -> Result<T, JoinError> {
    Ok(call())
}
