//! [`Budget`]: how long a scope's cleanups may take altogether, and when a slow one no longer holds back the others.
//!
//! The budget is one total, counted from the end of the body. When it has been used up, what still runs is dropped and
//! reported. So that one cleanup which never ends cannot use up everybody's time, the scope is told at *marks* on the
//! way, each halving what is left: 1/2, 3/4, 7/8 .. of the total. A cleanup that has been running since the mark before
//! goes on, but no longer holds back those that wait for it.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

/// Marks before the end: the last one leaves a thousandth of the total.
const MARKS: u32 = 10;

/// What the time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Half of what was left has gone.
    GiveWay,
    /// Nothing is left.
    Spent,
}

/// A budget, whatever its clock.
pub(crate) trait Budget {
    /// Starts to count; false if it has been started before.
    fn arm(self: Pin<&mut Self>) -> bool;

    /// Waits for the next mark. The budget has been armed.
    fn poll_mark(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Mark>;
}

pin_project! {
    /// A budget in the time of one clock.
    pub(crate) struct ClockBudget<C: Clock> {
        clock: C,
        total: Duration,
        end: Instant,
        marks: u32,
        spent: bool,
        #[pin]
        sleep: Option<C::Sleep>,
    }
}

impl<C: Clock> ClockBudget<C> {
    pub(crate) fn new(clock: C, total: Duration) -> Self {
        Self { clock, total, end: Instant::ORIGIN, marks: 0, spent: false, sleep: None }
    }

    /// When the mark of this number comes; the one after the last is the end.
    fn mark(end: Instant, total: Duration, number: u32) -> Instant {
        let left = if number < MARKS { total / 2_u32.pow(number + 1) } else { Duration::ZERO };
        Instant::from_nanos(end.as_nanos().saturating_sub(u64::try_from(left.as_nanos()).unwrap_or(u64::MAX)))
    }
}

impl<C: Clock> Budget for ClockBudget<C> {
    fn arm(self: Pin<&mut Self>) -> bool {
        let mut this = self.project();
        let first = this.sleep.as_mut().as_pin_mut().is_none();
        if first {
            let now = this.clock.now();
            *this.end = now + *this.total;
            // The end of time may come first.
            *this.total = *this.end - now;
            let mark = Self::mark(*this.end, *this.total, 0);
            this.sleep.set(Some(this.clock.sleep_until(mark)));
        }
        first
    }

    fn poll_mark(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Mark> {
        let mut this = self.project();
        let Some(mut sleep) = this.sleep.as_mut().as_pin_mut() else { return Poll::Pending };
        if !*this.spent {
            ready!(sleep.as_mut().poll(cx));
            *this.spent = *this.marks == MARKS || this.clock.now() >= *this.end;
        }
        if *this.spent {
            return Poll::Ready(Mark::Spent);
        }
        *this.marks += 1;
        this.clock.reset(sleep, Self::mark(*this.end, *this.total, *this.marks));
        Poll::Ready(Mark::GiveWay)
    }
}
