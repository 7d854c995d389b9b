//! [`Compio`]: a runtime of compio's, as a value. [`run`]: from sync code to async code.

use alloc::rc::Rc;
use core::fmt;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use std::panic::catch_unwind;

use compio::runtime::Runtime;
use onpar_core::{Blocking, Clock, Instant, JoinError, SpawnLocal};

use super::tasks::{Run, Tasks, Tracked};
use super::{Sleep, Task};
use crate::caught::Caught;
use crate::output::Output;
use crate::std_time;
use crate::unwanted::drop_unwanted;

/// A runtime of compio's, as a value: starts tasks, tells the time, runs calls that block, and opens streams and sockets.
///
/// It is cheap to clone, and stays on the thread of the runtime. What waits by it is woken while the runtime runs.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_core::SpawnLocal;
/// use onpar_rt::compio_0_19::Compio;
///
/// let runtime = compio::runtime::Runtime::new().unwrap();
/// let words = Rc::new("not Send");
/// let task = Compio::new(runtime.clone()).spawn_local(async move { words.len() });
/// assert_eq!(runtime.block_on(task).unwrap(), 8);
/// ```
#[derive(Clone)]
pub struct Compio {
    runtime: Runtime,
    /// If it is the runtime of a `run`.
    tasks: Option<Rc<Tasks>>,
}

impl Compio {
    /// This runtime, which you run: its tasks do nothing until then.
    ///
    /// Compio drops the tasks that are left with the last value of the runtime. One that holds such a value, or this one, or a
    /// timer or a stream made by it, keeps the runtime, and so itself, for ever; [`run`] drops such tasks too.
    pub fn new(runtime: Runtime) -> Self {
        let tasks = Tasks::of(&runtime);
        Self { runtime, tasks }
    }

    /// The runtime that the calling code runs in. None: it runs in none.
    pub fn current() -> Option<Self> {
        Runtime::try_current().map(Self::new)
    }

    /// The runtime, to be run.
    pub const fn runtime(&self) -> &Runtime {
        &self.runtime
    }
}

/// Runs `body` on this thread, with a new runtime of compio's as its argument, until it has ended.
///
/// Tasks that have not ended by then are *dropped*, and their handles give
/// [`JoinError::dropped`](onpar_core::JoinError::dropped), as do those of tasks that are spawned later; await what has to end.
/// Tasks that were spawned by compio's own functions are dropped with the runtime, that is when nobody has a value of it any more.
///
/// # Panics
///
/// With the panic of `body`, and if the operating system does not grant what the runtime needs.
///
/// # Examples
///
/// ```
/// use onpar_core::Blocking;
///
/// let length = onpar_rt::compio_0_19::run(async |rt| rt.spawn_blocking(|| "blocks".len()).await);
/// assert_eq!(length.unwrap(), 6);
/// ```
pub fn run<F, T>(body: F) -> T
where
    F: AsyncFnOnce(Compio) -> T,
{
    let runtime = Runtime::new().unwrap_or_else(|error| panic!("compio cannot start: {error}"));
    let _run = Run::new(runtime.clone());
    runtime.block_on(body(Compio::new(runtime.clone())))
}

impl SpawnLocal for Compio {
    type LocalTask<T: 'static> = Task<T>;

    fn spawn_local<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        Task::new(match &self.tasks {
            Some(tasks) if tasks.are_over() => {
                drop_unwanted(future);
                return Task::ended();
            }
            Some(tasks) => self.runtime.spawn(Tracked::new(tasks, future)),
            None => self.runtime.spawn(Caught::new(future)),
        })
    }
}

impl Clock for Compio {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        std_time::now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Sleep::new(self.runtime.clone(), deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        sleep.get_mut().reset(deadline);
    }
}

/// By compio's pool of threads, which grows up to the number that the runtime was built with.
impl Blocking for Compio {
    type Call<T: Send + 'static> = Task<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Task::new(
            self.runtime
                .spawn_blocking(|| Output::new(catch_unwind(AssertUnwindSafe(call)).map_err(JoinError::panicked))),
        )
    }
}

impl fmt::Debug for Compio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compio").field("runtime", &self.runtime).finish_non_exhaustive()
    }
}
