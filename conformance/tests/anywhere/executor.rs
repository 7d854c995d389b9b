//! [`block_on`]: executors that nobody knows, for the examples.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::pin::pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};
use std::thread::{self, Thread};

static BY_HAND: AtomicBool = AtomicBool::new(false);

/// From now on, futures are polled by hand, or by the executor below.
pub(crate) fn by_hand(by_hand: bool) {
    BY_HAND.store(by_hand, Ordering::SeqCst);
}

/// Polls the future to its end: again and again, with a waker that does nothing; or whenever it has been woken.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let by_hand = BY_HAND.load(Ordering::SeqCst);
    let waker = if by_hand { Waker::noop().clone() } else { Waker::from(Arc::new(Unpark(thread::current()))) };
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        if by_hand { thread::yield_now() } else { thread::park() }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
