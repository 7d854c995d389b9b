//! [`Hand`]: a clock that stands still until a situation lets the time pass that somebody waits for.

use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onpar::Instant;
use onpar::prelude::*;

use crate::time::Time;

#[derive(Clone, Default)]
pub(crate) struct Hand(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    now: Instant,
    /// By deadline; the number tells those of one deadline apart.
    sleeps: BTreeMap<(Instant, u64), Waker>,
    next: u64,
    /// Who lets time pass as soon as somebody waits for it.
    passing: Option<Waker>,
}

impl Hand {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Time for Hand {
    async fn pass(&self, time: Duration) {
        let deadline = self.now() + time;
        poll_fn(|cx| {
            let mut state = self.state();
            if state.sleeps.range((deadline, 0)..=(deadline, u64::MAX)).next().is_none() {
                state.passing = Some(cx.waker().clone());
                return Poll::Pending;
            }
            state.now = deadline;
            let later = state.sleeps.split_off(&(deadline, u64::MAX));
            let due = core::mem::replace(&mut state.sleeps, later);
            drop(state);
            due.into_values().for_each(Waker::wake);
            Poll::Ready(())
        })
        .await;
    }
}

impl Clock for Hand {
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
        let waker = sleep.leave();
        sleep.deadline = deadline;
        waker.into_iter().for_each(Waker::wake);
    }
}

pub(crate) struct Sleep {
    clock: Hand,
    deadline: Instant,
    number: u64,
}

impl Sleep {
    fn leave(&self) -> Option<Waker> {
        self.clock.state().sleeps.remove(&(self.deadline, self.number))
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if self.deadline <= state.now {
            return Poll::Ready(());
        }
        let before = state.sleeps.insert((self.deadline, self.number), cx.waker().clone());
        let passing = state.passing.take();
        drop(state);
        drop(before);
        passing.into_iter().for_each(Waker::wake);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        // After the lock: a waker may own anything.
        drop(self.leave());
    }
}
