//! [`Rt`]: the runtime, as the body of a simulation sees it.

use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::time::Duration;
use std::borrow::Cow;
use std::sync::Arc;

use onpar_core::{Blocking, Clock, Instant, Spawn, SpawnLocal};

use super::scheduler::Shared;
use super::{Idle, Sleep, Task, Trace, YieldNow, local_tasks};

/// The runtime, as the body of a simulation sees it: a [`Clock`], a [`Spawn`] and a [`SpawnLocal`].
///
/// It is cheap to clone and may be held by `Send` tasks and by other threads. Tasks run on the thread that called
/// [`Sim::run`](super::Sim::run). What is spawned after the run, or locally from another thread, is dropped, and its
/// handle gives [`JoinError::dropped`](onpar_core::JoinError::dropped).
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_test::{Clock, Sim, Spawn};
///
/// Sim::new(1).run(async |rt| {
///     let start = rt.now();
///     rt.sleep(Duration::from_secs(60)).await;
///     assert_eq!(rt.now() - start, Duration::from_secs(60));
///     assert_eq!(rt.spawn(async { 2 }).await.unwrap(), 2);
/// });
/// ```
#[derive(Clone)]
pub struct Rt {
    pub(super) shared: Arc<Shared>,
}

impl Rt {
    /// [`Spawn::spawn`], with a name for reports.
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle lets the task go on; only its output is lost.
    #[track_caller]
    pub fn spawn_named<F>(&self, name: impl Into<Cow<'static, str>>, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.start(Some(name.into()), future, Location::caller())
    }

    /// [`SpawnLocal::spawn_local`], with a name for reports.
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle lets the task go on; only its output is lost.
    #[track_caller]
    pub fn spawn_local_named<F>(&self, name: impl Into<Cow<'static, str>>, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.start_local(Some(name.into()), future, Location::caller())
    }

    /// Lets another ready task go first, if there is one and the schedule has it so.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing.
    #[expect(clippy::unused_self, reason = "yielding is something that a runtime gives")]
    pub fn yield_now(&self) -> YieldNow {
        YieldNow::default()
    }

    /// Waits until no other task is ready. The clock does not go on meanwhile.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_test::{Clock, Sim, Spawn};
    ///
    /// Sim::new(1).run(async |rt| {
    ///     let task = rt.spawn({
    ///         let rt = rt.clone();
    ///         async move { rt.sleep(Duration::from_secs(1)).await }
    ///     });
    ///     rt.idle().await; // the task has got as far as it can
    ///     assert_eq!(rt.timers(), 1);
    ///     task.await.unwrap();
    /// });
    /// ```
    pub fn idle(&self) -> Idle {
        Idle::new(Arc::clone(&self.shared))
    }

    /// Lets `duration` pass without awaiting anything, as a computation does.
    ///
    /// Timers that come due meanwhile fire when the task at work gives its thread back.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_test::{Clock, Instant, Sim};
    ///
    /// Sim::new(1).run(async |rt| {
    ///     let mut sleep = std::pin::pin!(rt.sleep(Duration::from_millis(5)));
    ///     rt.work(Duration::from_millis(20));
    ///     sleep.as_mut().await;
    ///     assert_eq!(rt.now() - Instant::ORIGIN, Duration::from_millis(20));
    /// });
    /// ```
    pub fn work(&self, duration: Duration) {
        self.shared.work(duration);
    }

    /// A number below `bound` that depends on the seed and on what was drawn before; 0 if `bound` is 0.
    pub fn random(&self, bound: u64) -> u64 {
        self.shared.lock().random.below(bound)
    }

    /// How many tasks are alive, not counting the body.
    pub fn tasks(&self) -> usize {
        self.shared.lock().tasks.len().saturating_sub(1)
    }

    /// How many timers are set.
    pub fn timers(&self) -> usize {
        self.shared.lock().timers.len()
    }

    /// What the scheduler did so far.
    pub fn trace(&self) -> Trace {
        self.shared.lock().trace.clone()
    }

    fn start<F>(&self, name: Option<Cow<'static, str>>, future: F, place: &'static Location<'static>) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let id = self.shared.enter(name.clone(), place);
        let task = Task::new(&self.shared, id, name, place);
        if let Some(id) = id {
            self.shared.put(id, Box::pin(task.run(future)));
        }
        task
    }

    fn start_local<F>(
        &self,
        name: Option<Cow<'static, str>>,
        future: F,
        place: &'static Location<'static>,
    ) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        let id = if local_tasks::is_open(self.shared.sim) { self.shared.enter(name.clone(), place) } else { None };
        let task = Task::new(&self.shared, id, name, place);
        if let Some(id) = id {
            let refused = local_tasks::put(self.shared.sim, id, Box::pin(task.run(future)));
            drop(refused);
        }
        task
    }
}

impl Spawn for Rt {
    type Task<T: Send + 'static> = Task<T>;

    #[track_caller]
    fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.start(None, future, Location::caller())
    }
}

impl SpawnLocal for Rt {
    type LocalTask<T: 'static> = Task<T>;

    #[track_caller]
    fn spawn_local<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.start_local(None, future, Location::caller())
    }
}

/// A simulation has no threads: a call is a task of its own, which runs to its end when the schedule comes to it, and takes no
/// time.
impl Blocking for Rt {
    type Call<T: Send + 'static> = Task<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.start(Some(Cow::Borrowed("blocking call")), async move { call() }, Location::caller())
    }
}

impl Clock for Rt {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        self.shared.lock().now
    }

    #[track_caller]
    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Sleep::new(Arc::clone(&self.shared), deadline, Location::caller())
    }

    #[track_caller]
    fn sleep(&self, duration: Duration) -> Sleep {
        self.sleep_until(self.now() + duration)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        sleep.get_mut().reset(deadline);
    }
}

impl fmt::Debug for Rt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rt").field("now", &self.now()).field("tasks", &self.tasks()).finish_non_exhaustive()
    }
}
