//! Three executors, and polls by hand.

use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Waker};

use onpar_test::{ByHand, Sim};

/// A future that is driven to its end here.
pub(crate) type Local<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Polls when it has been woken, and at no other time.
pub(crate) fn block_on_by_hand<T>(future: Local<'_, T>) -> T {
    ByHand::new(future).finish()
}

pub(crate) fn block_on_tokio<T>(future: Local<'_, T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

pub(crate) fn block_on_sim<T>(future: Local<'_, T>) -> T {
    Sim::new(7).run(async |_| future.await)
}

/// Polls so many times, then drops. Whether it had ended.
pub(crate) fn poll_times<T>(future: Local<'_, T>, polls: usize) -> bool {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    (0..polls).any(|_| future.as_mut().poll(&mut context).is_ready())
}
