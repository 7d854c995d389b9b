//! Broken clocks.

use core::cell::Cell;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::rc::Rc;

use onpar_core::{Clock, Instant};
use onpar_test::{Conformance, Rt, Sim};

use crate::{Found, every_check_finds_its_fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    GoesBack,
    Early,
    CountsFromPolling,
    PendingAtFirst,
    LongOnesFirst,
    KeepsTheFirstWaker,
    IgnoresEarlier,
    IgnoresLater,
    ForgetsTheWaker,
    StaysEnded,
    OutlivesItsDrop,
    EndsWhatIsFar,
    EndsHalfOfMany,
}

const FAULTS: &[(Fault, &str)] = &[
    (Fault::GoesBack, "the clock does not go back"),
    (Fault::Early, "a sleep never ends early"),
    (Fault::CountsFromPolling, "a sleep is counted from its making"),
    (Fault::PendingAtFirst, "a sleep that is over is ready at its first poll"),
    (Fault::LongOnesFirst, "timers fire in the order of their deadlines"),
    (Fault::KeepsTheFirstWaker, "a sleep wakes whoever polled it last"),
    (Fault::IgnoresEarlier, "reset to an earlier deadline wakes earlier"),
    (Fault::IgnoresLater, "reset to a later deadline waits longer"),
    (Fault::ForgetsTheWaker, "reset keeps the waker"),
    (Fault::StaysEnded, "reset revives a sleep that has ended"),
    (Fault::OutlivesItsDrop, "a sleep that is dropped wakes nobody"),
    (Fault::EndsWhatIsFar, "a sleep for ever does not end"),
    (Fault::EndsHalfOfMany, "10 000 timers end"),
];

#[test]
fn each_check_of_the_clock_finds_its_fault() {
    every_check_finds_its_fault(FAULTS, |fault, limit| {
        Sim::new(1).allow_leftovers().run(async |rt| {
            let clock = Broken { rt, fault, asked: Rc::default(), made: Rc::default() };
            let mut suite = Conformance::new(clock).limit(limit);
            suite.clock().await;
            Found::by(suite)
        })
    });
}

#[derive(Clone)]
struct Broken {
    rt: Rt,
    fault: Option<Fault>,
    asked: Rc<Cell<u32>>,
    made: Rc<Cell<u32>>,
}

struct Sleep {
    rt: Rt,
    fault: Option<Fault>,
    timer: Option<Pin<Box<onpar_test::sim::Sleep>>>,
    /// What is left of it at the first poll.
    left: Duration,
    deadline: Instant,
    polls: u32,
    first: Option<Waker>,
    ended: bool,
}

impl Broken {
    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }
}

impl Clock for Broken {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        self.asked.set(self.asked.get() + 1);
        let now = self.rt.now();
        if self.has(Fault::GoesBack) && self.asked.get().is_multiple_of(100) {
            return Instant::ORIGIN + (now - Instant::ORIGIN) / 2;
        }
        now
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        self.made.set(self.made.get() + 1);
        let length = deadline - self.rt.now();
        let hour = Duration::from_mins(59);
        let actual = match self.fault {
            Some(Fault::Early) => (deadline - Instant::ORIGIN).saturating_sub(Duration::from_micros(300)),
            Some(Fault::LongOnesFirst) if length < Duration::from_millis(24) => {
                deadline + 2 * Duration::from_millis(24).saturating_sub(length) - Instant::ORIGIN
            }
            Some(Fault::EndsWhatIsFar) if length > hour => Duration::ZERO,
            Some(Fault::EndsHalfOfMany) if self.made.get() > 5000 => Duration::ZERO,
            _ => deadline - Instant::ORIGIN,
        };
        let timer = Some(Box::pin(self.rt.sleep_until(Instant::ORIGIN + actual)));
        let (rt, fault) = (self.rt.clone(), self.fault);
        Sleep { rt, fault, timer, left: length, deadline, polls: 0, first: None, ended: false }
    }

    fn reset(&self, mut sleep: Pin<&mut Sleep>, deadline: Instant) {
        let earlier = deadline < sleep.deadline;
        let ignored = match self.fault {
            Some(Fault::IgnoresEarlier) => earlier,
            Some(Fault::IgnoresLater) => !earlier,
            Some(Fault::StaysEnded) => sleep.ended,
            _ => false,
        };
        if ignored {
            return;
        }
        sleep.ended = false;
        sleep.deadline = deadline;
        if self.has(Fault::ForgetsTheWaker) {
            sleep.timer = Some(Box::pin(self.rt.sleep_until(deadline)));
        } else if let Some(timer) = &mut sleep.timer {
            self.rt.reset(timer.as_mut(), deadline);
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        this.polls += 1;
        if this.ended {
            return Poll::Ready(());
        }
        if this.polls == 1 {
            match this.fault {
                Some(Fault::CountsFromPolling) => this.timer = Some(Box::pin(this.rt.sleep(this.left))),
                Some(Fault::PendingAtFirst) => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                _ => {}
            }
        }
        let first = this.first.get_or_insert_with(|| cx.waker().clone());
        let waker = if this.fault == Some(Fault::KeepsTheFirstWaker) { first } else { cx.waker() };
        let Some(timer) = &mut this.timer else { return Poll::Ready(()) };
        let polled = timer.as_mut().poll(&mut Context::from_waker(waker));
        this.ended = polled.is_ready();
        if this.fault != Some(Fault::KeepsTheFirstWaker) {
            this.first = None;
        }
        polled
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if self.fault == Some(Fault::OutlivesItsDrop) {
            core::mem::forget(self.timer.take());
        }
    }
}
