//! [`drive`]: the smallest executor there is, so that what is measured is not the executor.

use core::pin::pin;
use core::task::{Context, Poll, Waker};

/// Polls until the future has ended, whether or not it has been woken.
pub(crate) fn drive<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
    }
}
