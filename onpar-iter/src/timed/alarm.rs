//! `Alarm`: one timer of a clock, which waits for whatever instant it is asked about.
//!
//! Whoever waits keeps the deadline, and asks whether it has come. The timer follows: it is made when one is first waited for,
//! and moved when the deadline has changed. So what never waits sets no timer; and since the deadline is not in the timer,
//! a clock that panics takes nothing along.

use core::fmt;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

pin_project! {
    pub(super) struct Alarm<C: Clock> {
        clock: C,
        #[pin]
        sleep: Option<C::Sleep>,
        state: State,
    }
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// There is no timer, or the clock has panicked: the next one is a new one.
    Unset,
    /// The timer is pending, until then.
    Waiting(Instant),
    /// The timer has ended, and must not be polled before it is moved.
    Over,
}

impl<C: Clock> Alarm<C> {
    pub(super) const fn new(clock: C) -> Self {
        Self { clock, sleep: None, state: State::Unset }
    }

    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Whether the deadline has come; if not, the task is woken when it comes.
    pub(super) fn poll_until(self: Pin<&mut Self>, deadline: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        // If the clock panics below, it stays unset.
        match (mem::replace(this.state, State::Unset), this.sleep.as_mut().as_pin_mut()) {
            (State::Waiting(set), Some(_)) if set == deadline => {}
            (State::Waiting(_) | State::Over, Some(sleep)) => this.clock.reset(sleep, deadline),
            _ => this.sleep.set(Some(this.clock.sleep_until(deadline))),
        }
        let polled = this.sleep.as_pin_mut().map_or(Poll::Pending, |sleep| sleep.poll(cx));
        *this.state = if polled.is_pending() { State::Waiting(deadline) } else { State::Over };
        polled
    }

    /// Takes the timer away: there is nothing left to wait for.
    pub(super) fn stop(self: Pin<&mut Self>) {
        let mut this = self.project();
        *this.state = State::Unset;
        this.sleep.set(None);
    }
}

impl<C: Clock> fmt::Debug for Alarm<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Alarm").field(&self.state).finish()
    }
}
