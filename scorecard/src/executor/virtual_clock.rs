//! [`VirtualClock`]: time that passes only when somebody says so.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, MutexGuard, PoisonError};

use onpar_core::{Clock, Instant};

/// Time that stands still until [`advance`](Self::advance) moves it to the next timer.
#[derive(Clone, Debug, Default)]
pub struct VirtualClock(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Instant,
    /// By deadline; the number tells timers of one deadline apart.
    timers: BTreeMap<(Instant, u64), Waker>,
    next: u64,
}

impl VirtualClock {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the time to the next timer and wakes it. False if there is none.
    pub fn advance(&self) -> bool {
        let mut state = self.state();
        let Some(((deadline, _), waker)) = state.timers.pop_first() else { return false };
        state.now = deadline;
        drop(state);
        waker.wake();
        true
    }
}

impl Clock for VirtualClock {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        self.state().now
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        let mut state = self.state();
        state.next += 1;
        Sleep { clock: self.clone(), deadline, number: state.next }
    }

    fn reset(&self, mut sleep: Pin<&mut Sleep>, deadline: Instant) {
        sleep.stop();
        sleep.deadline = deadline;
    }
}

/// One timer of a [`VirtualClock`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    clock: VirtualClock,
    deadline: Instant,
    number: u64,
}

impl Sleep {
    fn stop(&self) {
        let timer = self.clock.state().timers.remove(&(self.deadline, self.number));
        drop(timer); // after the lock: a waker may own anything
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if self.deadline <= state.now {
            return Poll::Ready(());
        }
        let before = state.timers.insert((self.deadline, self.number), cx.waker().clone());
        drop(state);
        drop(before);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.stop();
    }
}
