//! [`Boundary`]: one run of the driver, and the place of its fault.

use core::panic::AssertUnwindSafe;
use std::panic::{catch_unwind, resume_unwind};

use super::fired::Fired;
use super::trigger::Fault;
use super::{CallAt, CancelAt, InjectedPanic, PanicAt, Trigger};
use crate::ByHand;

/// One run of [`every_poll`](super::every_poll): where its fault comes, and the means to inject it.
///
/// Wrap *one* future, or take *one* trigger. With several, each counts for itself.
///
/// # Examples
///
/// ```
/// use onpar_test::{Boundary, Sim, every_poll};
///
/// /// Cancels a task at this boundary, and says whether it had ended before.
/// fn ended_at(at: &Boundary) -> bool {
///     Sim::new(1).run(async |rt| at.cancel(rt.yield_now()).await).is_some()
/// }
///
/// let boundaries = every_poll(|at| assert_eq!(ended_at(at), !at.has_fired()));
/// assert_eq!(boundaries, 2); // before the first poll, and after it
/// ```
#[derive(Debug)]
pub struct Boundary {
    number: usize,
    fired: Fired,
    used: Fired,
}

impl Boundary {
    pub(super) fn new(number: usize) -> Self {
        Self { number, fired: Fired::default(), used: Fired::default() }
    }

    /// The number of the poll, or of the point, where the fault comes. The first is 0.
    pub const fn number(&self) -> usize {
        self.number
    }

    /// Whether the fault has come.
    pub fn has_fired(&self) -> bool {
        self.fired.get()
    }

    pub(super) fn is_used(&self) -> bool {
        self.used.get()
    }

    /// Drops `future` right after it was left pending for the [`number`](Self::number)-th time; at first, before it is
    /// polled at all.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future inside.
    pub fn cancel<F: Future>(&self, future: F) -> CancelAt<F> {
        CancelAt::with(future, self.number, false, self.flag())
    }

    /// Drops `future` instead of its poll, when it has been woken and before it hears of it: where wake-ups get lost.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future inside.
    pub fn cancel_when_woken<F: Future>(&self, future: F) -> CancelAt<F> {
        CancelAt::with(future, self.number, true, self.flag())
    }

    /// Panics instead of the poll, with an [`InjectedPanic`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future inside.
    ///
    /// # Panics
    ///
    /// In the returned future: that is what it is for.
    pub fn panic<F: Future>(&self, future: F) -> PanicAt<F> {
        PanicAt::with(future, self.number, self.flag())
    }

    /// Calls `call` before the poll.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future inside.
    pub fn call<F: Future, C: FnOnce()>(&self, future: F, call: C) -> CallAt<F, C> {
        CallAt::with(future, self.number, call, self.flag())
    }

    /// A trigger that panics at its point of that [`number`](Self::number).
    pub fn panic_trigger(&self) -> Trigger {
        Trigger::with(Fault::Panic(self.number), self.flag())
    }

    /// A trigger that cancels at its point of that [`number`](Self::number).
    pub fn cancel_trigger(&self) -> Trigger {
        Trigger::with(Fault::Cancel(self.number), self.flag())
    }

    /// Runs `run`; `None` if an injected panic came out of it. Any other panic goes on.
    ///
    /// # Panics
    ///
    /// With any panic of `run` that was not injected.
    pub fn catch<T>(&self, run: impl FnOnce() -> T) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(value) => Some(value),
            Err(payload) if self.has_fired() && InjectedPanic::is(&*payload) => None,
            Err(payload) => resume_unwind(payload),
        }
    }

    /// Polls `future` by hand until it has ended; `None` if an injected panic came out of it.
    ///
    /// # Panics
    ///
    /// With any panic that was not injected, and if the future is pending and nobody has woken it.
    pub fn drive<F: Future>(&self, future: F) -> Option<F::Output> {
        self.catch(|| ByHand::new(future).finish())
    }

    fn flag(&self) -> Fired {
        self.used.set();
        self.fired.clone()
    }
}
