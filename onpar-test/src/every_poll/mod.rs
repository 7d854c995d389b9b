//! [`every_poll`](fn@every_poll): code under test, run once for each of its polls, with a fault there.
//!
//! A future can be dropped, and can panic, wherever it is polled. The driver runs the code with the fault at the first
//! poll, then at the second, and so on, until a run ends undisturbed; so no boundary is left out, and their number says
//! how much has been tested.
//!
//! The driver does not care how the future is run: [`Boundary::drive`] polls it by hand; or let the wrapped future run
//! in a [`Sim`](crate::Sim), or in any runtime.
//!
//! ```
//! use onpar_test::{Sim, every_poll};
//!
//! // By hand.
//! let boundaries = every_poll(|at| {
//!     let trigger = onpar_test::Trigger::never();
//!     let outcome = at.drive(at.cancel(async { trigger.pending_once().await }));
//!     assert_eq!(outcome, Some(if at.has_fired() { None } else { Some(()) }));
//! });
//! assert_eq!(boundaries, 2);
//!
//! // In the simulation, with panics.
//! let boundaries = every_poll(|at| {
//!     let outcome = at.catch(|| Sim::new(1).run(async |rt| at.panic(rt.yield_now()).await));
//!     assert_eq!(outcome.is_none(), at.has_fired());
//! });
//! assert_eq!(boundaries, 2);
//! ```
//!
//! Where polls are too coarse, because one poll does several things, put the points of a [`Trigger`] between them:
//!
//! ```
//! use onpar_test::every_poll;
//!
//! let boundaries = every_poll(|at| {
//!     let trigger = at.panic_trigger();
//!     at.drive(async {
//!         trigger.point().await;
//!         trigger.point().await;
//!     });
//! });
//! assert_eq!(boundaries, 2);
//! ```

mod boundary;

mod call_at;
mod cancel_at;
mod trigger;

mod injected_panic;

mod fired;

use core::panic::AssertUnwindSafe;
use std::panic::{catch_unwind, resume_unwind};

pub use self::boundary::Boundary;
pub use self::call_at::{CallAt, PanicAt};
pub use self::cancel_at::CancelAt;
pub use self::injected_panic::InjectedPanic;
pub use self::trigger::{Cancellable, Point, Trigger};

/// No test means to have so many boundaries: the code under test polls for ever.
const TOO_MANY: usize = 100_000;

/// Calls `run` with the fault at the first boundary, then at the second, and so on, until the fault does not come any
/// more because the code has ended before. Returns how many boundaries were tested.
///
/// `run` injects the fault by one of the methods of [`Boundary`], and checks whatever must hold. An
/// [injected](InjectedPanic) panic that comes out of `run` is taken as the end of that run.
///
/// # Panics
///
/// With any other panic of `run`, after the number of the boundary has been written to the standard error stream. If
/// `run` wraps no future and takes no trigger. If there is no end after 100000 boundaries.
#[must_use = "a test that has lost its boundaries passes: assert how many there were"]
pub fn every_poll(mut run: impl FnMut(&Boundary)) -> usize {
    for number in 0..TOO_MANY {
        let at = Boundary::new(number);
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| run(&at)))
            && !(at.has_fired() && InjectedPanic::is(&*payload))
        {
            announce(number);
            resume_unwind(payload);
        }
        assert!(at.is_used(), "`run` has wrapped no future and taken no trigger, so nothing was tested");
        if !at.has_fired() {
            return number;
        }
    }
    panic!("the code under test has not ended within {TOO_MANY} boundaries");
}

#[expect(clippy::print_stderr, reason = "the panic is the test's own, and the test harness shows this beside it")]
fn announce(number: usize) {
    eprintln!("every_poll: the panic above came with the fault at boundary {number}");
}
