//! [`Smol`]: an executor of smol's, as a value. [`run`]: from sync code to async code.

use core::fmt;
use core::pin::Pin;
use std::sync::Arc;

use onpar_core::{Blocking, Clock, Instant, Spawn};
use smol::Executor;

use super::{Call, Sleep, Task};
use crate::caught::Caught;
use crate::std_time;

/// An executor of smol's, as a value: starts tasks, tells the time, runs calls that block, and opens streams and sockets.
///
/// It is cheap to clone and may be used anywhere. All values of this type have one clock.
///
/// # Examples
///
/// ```
/// use onpar_core::Spawn;
/// use onpar_rt::smol_2::Smol;
///
/// let task = Smol::global().spawn(async { 6 * 7 });
/// assert_eq!(smol::block_on(task).unwrap(), 42);
/// ```
#[derive(Clone)]
pub struct Smol {
    /// None: the global one.
    executor: Option<Arc<Executor<'static>>>,
}

impl Smol {
    /// Smol's global executor, with as many threads as the variable `SMOL_THREADS` of the environment says: one, if it does
    /// not. They are started with the first task.
    pub const fn global() -> Self {
        Self { executor: None }
    }

    /// An executor of your own, which you run: its tasks do nothing until then.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    /// use onpar_core::Spawn;
    /// use onpar_rt::smol_2::Smol;
    ///
    /// let executor = Arc::new(smol::Executor::new());
    /// let task = Smol::new(Arc::clone(&executor)).spawn(async { 6 * 7 });
    /// assert_eq!(smol::block_on(executor.run(task)).unwrap(), 42);
    /// ```
    pub const fn new(executor: Arc<Executor<'static>>) -> Self {
        Self { executor: Some(executor) }
    }
}

/// Runs `body` on this thread, with smol's global executor as its argument, until it has ended.
///
/// Tasks that have not ended by then go on, on the threads of the executor.
///
/// # Panics
///
/// With the panic of `body`.
///
/// # Examples
///
/// ```
/// use onpar_core::Blocking;
///
/// let length = onpar_rt::smol_2::run(async |rt| rt.spawn_blocking(|| "blocks".len()).await);
/// assert_eq!(length.unwrap(), 6);
/// ```
pub fn run<F, T>(body: F) -> T
where
    F: AsyncFnOnce(Smol) -> T,
{
    smol::block_on(body(Smol::global()))
}

impl Spawn for Smol {
    type Task<T: Send + 'static> = Task<T>;

    fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let future = Caught::new(future);
        Task::new(match &self.executor {
            Some(executor) => executor.spawn(future),
            None => smol::spawn(future),
        })
    }
}

impl Clock for Smol {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        std_time::now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Sleep::new(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        sleep.get_mut().reset(deadline);
    }
}

impl Blocking for Smol {
    type Call<T: Send + 'static> = Call<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Call<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Call::new(call)
    }
}

impl fmt::Debug for Smol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smol").field("executor", &self.executor).finish()
    }
}
