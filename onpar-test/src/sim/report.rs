//! [`Report`]: who was alive, where it came from, and what it waited on.

use core::fmt;
use core::panic::Location;
use std::sync::Arc;

use onpar_core::Instant;

use super::Trace;
use super::scheduler::{Record, State, Wait};
use super::seed::Seed;
use super::task_id::TaskId;

/// The state of a simulation that went wrong.
///
/// # Examples
///
/// ```
/// use std::future::pending;
/// use onpar_test::Sim;
/// use onpar_test::sim::Report;
///
/// let error = Sim::new(1).try_run(async |_rt| pending::<()>().await).unwrap_err();
/// let report: &Report = error.report();
/// assert_eq!((report.tasks().len(), report.timers().len()), (1, 0));
/// println!("{report}"); // who was alive, what it waited on, and the seed
/// ```
#[derive(Clone, Debug)]
pub struct Report {
    seed: Seed,
    now: Instant,
    steps: u64,
    tasks: Vec<TaskReport>,
    timers: Vec<TimerReport>,
    panics: Vec<PanicReport>,
    trace: Trace,
}

/// A task that was alive.
///
/// # Examples
///
/// ```
/// use std::future::pending;
/// use onpar_test::Sim;
/// use onpar_test::sim::TaskReport;
///
/// let error = Sim::new(1)
///     .try_run(async |rt| rt.spawn_named("stuck", pending::<()>()).await)
///     .unwrap_err();
/// let [body, stuck]: &[TaskReport] = error.report().tasks() else { panic!("{error}") };
/// assert_eq!(body.waits_on.as_deref(), Some("waits for task #1"));
/// assert_eq!((stuck.name.as_deref(), stuck.wakers), (Some("stuck"), 0));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaskReport {
    /// Its number, in the order of spawning. The body is 0.
    pub id: u64,
    /// Its name, if it was given one.
    pub name: Option<String>,
    /// The line that spawned it, or that ran the body.
    pub place: &'static Location<'static>,
    /// How often it was polled.
    pub polls: u64,
    /// How many others held its waker. With none, nothing could wake it any more.
    pub wakers: usize,
    /// What it waited on, as far as the runtime could tell.
    pub waits_on: Option<String>,
}

/// A timer that was set.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_test::sim::TimerReport;
/// use onpar_test::{Clock, Instant, Sim, Spawn};
///
/// let second = Duration::from_secs(1);
/// let left = Sim::new(1).try_run(async |rt| {
///     let sleep = rt.sleep(second);
///     drop(rt.spawn(sleep));
///     rt.idle().await; // the task has set its timer, and outlives the body
/// });
/// let error = left.unwrap_err();
/// let [timer]: &[TimerReport] = error.report().timers() else { panic!("{error}") };
/// assert_eq!((timer.deadline, timer.task), (Instant::ORIGIN + second, Some(1)));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TimerReport {
    /// When it ends.
    pub deadline: Instant,
    /// The task that polled it last.
    pub task: Option<u64>,
    /// The line that made it.
    pub place: &'static Location<'static>,
}

/// A task whose panic nobody has seen.
///
/// # Examples
///
/// ```
/// use onpar_test::sim::PanicReport;
/// use onpar_test::{Sim, Spawn};
///
/// let unseen = Sim::new(1).try_run(async |rt| {
///     drop(rt.spawn(async { panic!("out of coffee") }));
///     rt.idle().await;
/// });
/// let error = unseen.unwrap_err();
/// let [panic]: &[PanicReport] = error.report().panics() else { panic!("{error}") };
/// assert_eq!((panic.task, panic.message.as_deref()), (1, Some("out of coffee")));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PanicReport {
    /// The task's number.
    pub task: u64,
    /// Its name, if it was given one.
    pub name: Option<String>,
    /// The line that spawned it.
    pub place: &'static Location<'static>,
    /// What it said.
    pub message: Option<String>,
}

impl Report {
    pub(super) fn new(seed: Seed, state: &State) -> Self {
        let tasks = state.tasks.iter().map(|(&id, record)| TaskReport::new(id, record)).collect();
        let timers = state.timers.iter().map(|(&(deadline, _), timer)| TimerReport {
            deadline,
            task: timer.task.map(|id| id.0),
            place: timer.place,
        });
        let panics = state.panics.iter().map(|(&id, panicked)| PanicReport {
            task: id.0,
            name: panicked.name.as_deref().map(str::to_owned),
            place: panicked.place,
            message: panicked.message.clone(),
        });
        Self {
            seed,
            now: state.now,
            steps: state.steps,
            tasks,
            timers: timers.collect(),
            panics: panics.collect(),
            trace: state.trace.clone(),
        }
    }

    /// Keeps only the tasks that `keep` names.
    pub(super) fn retain(&mut self, keep: impl Fn(u64) -> bool) {
        self.tasks.retain(|task| keep(task.id));
    }

    /// The seed of the run.
    pub const fn seed(&self) -> u64 {
        self.seed.number
    }

    /// The virtual time.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// How many polls there were.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// The tasks that were alive; after a livelock, those that were still being polled. The body is among them, as
    /// number 0, unless it had ended.
    pub fn tasks(&self) -> &[TaskReport] {
        &self.tasks
    }

    /// The timers that were set.
    pub fn timers(&self) -> &[TimerReport] {
        &self.timers
    }

    /// The panics that nobody had seen.
    pub fn panics(&self) -> &[PanicReport] {
        &self.panics
    }

    /// What the scheduler did.
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }
}

impl TaskReport {
    fn new(id: TaskId, record: &Record) -> Self {
        let waits_on = record.wait.map(|wait| match wait {
            Wait::Timer(Instant::FAR_FUTURE) => "waits for a timer that never ends".to_owned(),
            Wait::Timer(deadline) => format!("waits for a timer at {:?}", deadline - Instant::ORIGIN),
            Wait::Task(other) => format!("waits for task #{}", other.0),
            Wait::Idle => "waits until nothing is ready".to_owned(),
        });
        Self {
            id: id.0,
            name: record.name.as_deref().map(str::to_owned),
            place: record.place,
            polls: record.polls,
            wakers: Arc::strong_count(&record.waker) - 1,
            waits_on,
        }
    }
}

impl fmt::Display for TaskReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.name, self.id) {
            (Some(name), id) => write!(f, "task #{id} `{name}`, spawned")?,
            (None, 0) => f.write_str("the body, run")?,
            (None, id) => write!(f, "task #{id}, spawned")?,
        }
        write!(f, " at {}: polled {} times", self.place, self.polls)?;
        match (&self.waits_on, self.wakers) {
            (Some(waits_on), _) => write!(f, "; {waits_on}"),
            (None, 0) => f.write_str("; nobody holds its waker, so nothing can wake it"),
            (None, 1) => f.write_str("; one waker of it is held somewhere"),
            (None, count) => write!(f, "; {count} wakers of it are held somewhere"),
        }
    }
}

impl fmt::Display for TimerReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timer for {:?}, made at {}", self.deadline - Instant::ORIGIN, self.place)?;
        match self.task {
            Some(0) => f.write_str(", polled by the body"),
            Some(id) => write!(f, ", polled by task #{id}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for PanicReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "task #{}", self.task)?;
        if let Some(name) = &self.name {
            write!(f, " `{name}`")?;
        }
        write!(f, ", spawned at {}, panicked", self.place)?;
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for task in &self.tasks {
            writeln!(f, "  {task}")?;
        }
        for timer in &self.timers {
            writeln!(f, "  {timer}")?;
        }
        for panic in &self.panics {
            writeln!(f, "  {panic}")?;
        }
        writeln!(f, "  after {} polls, at {:?} of virtual time", self.steps, self.now - Instant::ORIGIN)?;
        writeln!(f, "  {}", self.trace)?;
        write!(f, "  {}", self.seed)
    }
}
