//! `Alarm`: one timer of a clock, which waits for whatever instant it is asked about.
//!
//! Whoever waits keeps the deadline, and asks whether it has come. The timer follows: it is made when one is first waited for,
//! and moved when the deadline is earlier than it was, or when it has ended too early. So what never waits sets no timer; a
//! deadline that each item moves on does not touch the timer, but once in all that time; and since the deadline is not in the
//! timer, a clock that panics takes nothing along.

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
        self.poll_since(Instant::ORIGIN, deadline, cx)
    }

    /// The same, for those who have just asked what the time is.
    pub(super) fn poll_since(self: Pin<&mut Self>, now: Instant, deadline: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        // If the clock panics below, it stays unset.
        let mut set = match (mem::replace(this.state, State::Unset), this.sleep.as_mut().as_pin_mut()) {
            // One that ends too early is moved when it has: most never do, since they are moved on by items before.
            (State::Waiting(set), Some(_)) if now < set && set <= deadline => set,
            (State::Waiting(_) | State::Over, Some(sleep)) => {
                this.clock.reset(sleep, deadline);
                deadline
            }
            _ => {
                this.sleep.set(Some(this.clock.sleep_until(deadline)));
                deadline
            }
        };
        loop {
            let Some(mut sleep) = this.sleep.as_mut().as_pin_mut() else { return Poll::Pending };
            if sleep.as_mut().poll(cx).is_pending() {
                *this.state = State::Waiting(set);
                return Poll::Pending;
            }
            if set == deadline {
                *this.state = State::Over;
                return Poll::Ready(());
            }
            this.clock.reset(sleep, deadline);
            set = deadline;
        }
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
