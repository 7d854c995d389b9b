//! [`drive`]: the smallest executor there is, so that what is measured is not the executor. [`runtime`] is tokio's on one
//! thread.

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use tokio::runtime::{Builder, Runtime};

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

/// Tokio, on one thread and without timers and sockets.
pub(crate) fn runtime() -> Runtime {
    match Builder::new_current_thread().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("tokio cannot start: {error}"),
    }
}

/// Tokio, on one thread and with timers.
pub(crate) fn runtime_with_time() -> Runtime {
    match Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("tokio cannot start: {error}"),
    }
}
