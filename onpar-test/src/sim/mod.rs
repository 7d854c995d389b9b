//! [`Sim`]: a runtime whose every run can be had again.
//!
//! Which task runs next is decided by a seeded generator, and the clock is virtual: when nothing is ready, it jumps to
//! the next timer. So an hour of timeouts takes no time, and a failure that one schedule in a thousand brings out comes
//! back whenever its seed does.
//!
//! ```
//! use std::time::Duration;
//! use onpar_test::{Clock, Sim, Spawn};
//!
//! Sim::check(0..100, async |rt| {
//!     let slow = rt.spawn({
//!         let rt = rt.clone();
//!         async move {
//!             rt.sleep(Duration::from_secs(2)).await;
//!             rt.now()
//!         }
//!     });
//!     let fast = rt.spawn(async { 1 });
//!     assert_eq!(fast.await.unwrap(), 1);
//!     assert_eq!(slow.await.unwrap(), rt.now());
//! });
//! ```
//!
//! # What fails a run
//!
//! Besides a panic in the body: a [deadlock](SimError::Deadlock), a [livelock](SimError::Livelock), tasks or timers that
//! [outlive the body](SimError::LeftAlive), and a task's panic that [nobody has seen](SimError::UnseenPanic). The report
//! names each task, the line that spawned it and what it waits on, and the seed.
//!
//! # What breaks determinism
//!
//! Whatever the code under test takes from elsewhere: real clocks, hash maps with random keys, other threads. A wake
//! from another thread is not lost, but *when* it comes is not up to the seed, and it may come too late: a simulation
//! never waits for the world outside, so a deadlock is reported as soon as nothing is ready and no timer is set. Test
//! such code with a real runtime.

mod seed;

mod rt;

mod error;
mod report;

mod run_loop;

mod idle;
mod sleep;
mod task;
mod yield_now;

mod scheduler;

mod local_tasks;
mod order;
mod random;
mod task_id;
mod trace;

use core::panic::{AssertUnwindSafe, Location};
use std::panic::{catch_unwind, resume_unwind};
use std::sync::Arc;

pub use self::error::SimError;
pub use self::idle::Idle;
pub use self::order::Order;
pub use self::report::{PanicReport, Report, TaskReport, TimerReport};
pub use self::rt::Rt;
pub use self::sleep::Sleep;
pub use self::task::Task;
pub use self::trace::{Event, Trace};
pub use self::yield_now::YieldNow;

use self::run_loop::{Running, Stopped, run_loop};
use self::scheduler::Shared;
use self::seed::Seed;
use self::task_id::TaskId;
use crate::InjectedPanic;

/// How many of the last steps tell which tasks are spinning.
const SPINNING: u64 = 1000;

/// A simulation: a seed, and what is allowed.
///
/// # Examples
///
/// ```
/// use onpar_test::{Order, Sim};
///
/// let answer = Sim::new(42).order(Order::Fifo).step_limit(100).run(async |_rt| 6 * 7);
/// assert_eq!(answer, 42);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a simulation does nothing until `run` is called"]
pub struct Sim {
    seed: Seed,
    order: Order,
    step_limit: u64,
    allow_leftovers: bool,
}

impl Sim {
    /// A simulation with this seed, whatever the environment says.
    pub const fn new(seed: u64) -> Self {
        let seed = Seed { number: seed, from_env: false };
        // A million polls are about a second in a debug build: far more than a test needs, and no long wait.
        Self { seed, order: Order::Random, step_limit: 1_000_000, allow_leftovers: false }
    }

    /// A simulation with the seed that the variable `ONPAR_SEED` of the environment gives, or 0.
    ///
    /// # Panics
    ///
    /// If the variable is set, but not to a number.
    pub fn from_env() -> Self {
        Self::new(0).or_env()
    }

    /// Which of the ready tasks runs next.
    pub const fn order(self, order: Order) -> Self {
        Self { order, ..self }
    }

    /// How many polls a run may take: a million, unless told otherwise. A run that needs more is a
    /// [livelock](SimError::Livelock).
    pub const fn step_limit(self, polls: u64) -> Self {
        Self { step_limit: polls, ..self }
    }

    /// Permits tasks and timers that outlive the body, and panics that nobody has seen. What is left is dropped.
    pub const fn allow_leftovers(self) -> Self {
        Self { allow_leftovers: true, ..self }
    }

    /// Runs `body`, and what it spawns, until the body has ended.
    ///
    /// # Panics
    ///
    /// With the panic of the body, and with the [`SimError`] that [`try_run`](Self::try_run) would give.
    #[track_caller]
    pub fn run<F, T>(self, body: F) -> T
    where
        F: AsyncFnOnce(Rt) -> T,
    {
        match self.try_run(body) {
            Ok(value) => value,
            Err(error) => panic!("{error}"),
        }
    }

    /// Runs `body`, and what it spawns, until the body has ended.
    ///
    /// # Errors
    ///
    /// If the body does not end, or if something outlives it.
    ///
    /// # Panics
    ///
    /// With the panic of the body, after the seed has been written to the standard error stream.
    #[track_caller]
    pub fn try_run<F, T>(self, body: F) -> Result<T, SimError>
    where
        F: AsyncFnOnce(Rt) -> T,
    {
        let place = Location::caller();
        match catch_unwind(AssertUnwindSafe(|| self.simulate(body, place))) {
            Ok(result) => result,
            Err(payload) => {
                if !payload.is::<InjectedPanic>() {
                    self.announce();
                }
                resume_unwind(payload)
            }
        }
    }

    /// Runs `body` once with each seed, or only with `ONPAR_SEED` if the environment has it.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run), with the first seed that fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_test::{Order, Sim};
    ///
    /// Sim::check(0..20, async |rt| rt.yield_now().await);
    /// Sim::new(0).step_limit(50).run_seeds(0..20, async |rt| rt.yield_now().await);
    /// ```
    #[track_caller]
    pub fn check<F>(seeds: impl IntoIterator<Item = u64>, body: F)
    where
        F: AsyncFn(Rt),
    {
        Self::new(0).run_seeds(seeds, body);
    }

    /// [`check`](Self::check) with the settings of this simulation, whose own seed does not matter.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run), with the first seed that fails.
    #[track_caller]
    pub fn run_seeds<F>(self, seeds: impl IntoIterator<Item = u64>, body: F)
    where
        F: AsyncFn(Rt),
    {
        if seed::from_env().is_some() {
            return self.or_env().run(&body);
        }
        for seed in seeds {
            Self { seed: Seed { number: seed, from_env: true }, ..self }.run(&body);
        }
    }

    fn or_env(self) -> Self {
        let number = seed::from_env().unwrap_or(self.seed.number);
        Self { seed: Seed { number, from_env: true }, ..self }
    }

    fn simulate<F, T>(self, body: F, place: &'static Location<'static>) -> Result<T, SimError>
    where
        F: AsyncFnOnce(Rt) -> T,
    {
        let shared = Shared::new(self.seed.number, self.order);
        let running = Running::new(Arc::clone(&shared));
        shared.enter(None, place);
        let mut body = Box::pin(body(Rt { shared: Arc::clone(&shared) }));
        let ended = run_loop(&shared, self.step_limit, body.as_mut());
        // The report comes before the rest is dropped, so that it shows who held what.
        let result = match ended {
            Ok(value) => {
                drop(body);
                match self.leftovers(&shared) {
                    Some(error) => Err(error),
                    None => Ok(value),
                }
            }
            Err(stopped) => Err(self.stopped(&shared, &stopped)),
        };
        drop(running);
        result
    }

    fn leftovers(self, shared: &Shared) -> Option<SimError> {
        let state = shared.lock();
        if self.allow_leftovers {
            None
        } else if !state.tasks.is_empty() || !state.timers.is_empty() {
            Some(SimError::LeftAlive(Box::new(Report::new(self.seed, &state))))
        } else if !state.panics.is_empty() {
            Some(SimError::UnseenPanic(Box::new(Report::new(self.seed, &state))))
        } else {
            None
        }
    }

    fn stopped(self, shared: &Shared, stopped: &Stopped) -> SimError {
        let state = shared.lock();
        let mut report = Box::new(Report::new(self.seed, &state));
        match stopped {
            Stopped::Stuck => SimError::Deadlock(report),
            Stopped::OutOfSteps => {
                let since = state.steps.saturating_sub(SPINNING.min(state.steps / 2));
                report.retain(|id| state.tasks.get(&TaskId(id)).is_some_and(|task| task.last_poll > since));
                SimError::Livelock(report)
            }
        }
    }

    /// Says how to have a failed run again.
    #[expect(clippy::print_stderr, reason = "the panic is the body's own, and the test harness shows this beside it")]
    fn announce(&self) {
        eprintln!("onpar-test: the panic above came with {}", self.seed);
    }
}
