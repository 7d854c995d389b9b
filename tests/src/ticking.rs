//! [`Ticking`]: a clock for any executor, which goes on as it is asked.

use alloc::sync::Arc;
use core::pin::Pin;
use core::sync::atomic::{AtomicU64, Ordering};
use core::task::{Context, Poll};

use onpar_core::{Clock, Instant};

/// A clock that goes on by a millisecond each time that it is asked for the time. Its sleeps ask it, and wake themselves.
#[derive(Clone, Debug, Default)]
pub struct Ticking(Arc<AtomicU64>);

/// A sleep of [`Ticking`].
#[derive(Debug)]
pub struct Ticks {
    clock: Ticking,
    deadline: Instant,
}

impl Clock for Ticking {
    type Sleep = Ticks;

    fn now(&self) -> Instant {
        Instant::from_nanos(self.0.fetch_add(1_000_000, Ordering::Relaxed))
    }

    fn sleep_until(&self, deadline: Instant) -> Ticks {
        Ticks { clock: self.clone(), deadline }
    }

    fn reset(&self, mut sleep: Pin<&mut Ticks>, deadline: Instant) {
        sleep.deadline = deadline;
    }
}

impl Future for Ticks {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.clock.now() >= self.deadline {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
