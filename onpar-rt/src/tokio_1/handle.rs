//! [`Tokio`]: a tokio runtime, as a value.

use core::fmt;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::time::Duration;
use std::panic::catch_unwind;

use onpar_core::{Blocking, Clock, Instant, Spawn};
use tokio::runtime::{Builder, Handle};

use super::{NoRuntime, Sleep, Task};

/// A tokio runtime, as a value: tells the time, starts tasks, runs calls that block, and opens streams and sockets.
///
/// It is cheap to clone and may be used anywhere, also outside the runtime. It follows the runtime's clock, also when that
/// is paused. Its instants count from the call that made it: pass clones on, for the instants of two values that were made
/// apart must not be compared.
///
/// # Examples
///
/// ```
/// use onpar_core::Spawn;
/// use onpar_rt::tokio_1::Tokio;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
/// let rt = Tokio::new(runtime.handle().clone())?;
/// let task = rt.spawn(async { 6 * 7 });
/// assert_eq!(runtime.block_on(task)?, 42);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Tokio {
    handle: Handle,
    origin: tokio::time::Instant,
}

impl Tokio {
    /// The runtime that the calling code runs in.
    ///
    /// # Errors
    ///
    /// If it runs in none, or in one without a timer.
    pub fn current() -> Result<Self, NoRuntime> {
        Self::new(Handle::try_current().map_err(NoRuntime::Outside)?)
    }

    /// The runtime of this handle.
    ///
    /// # Errors
    ///
    /// If the runtime has no timer. Tokio has no other way to ask than to make a sleep, which then panics: the panic is
    /// caught here, but the panic hook sees it, and a program that is built with `panic = "abort"` ends, with tokio's words.
    pub fn new(handle: Handle) -> Result<Self, NoRuntime> {
        let origin = catch_unwind(AssertUnwindSafe(|| {
            let _entered = handle.enter();
            drop(tokio::time::sleep(Duration::ZERO));
            tokio::time::Instant::now()
        }));
        match origin {
            Ok(origin) => Ok(Self { handle, origin }),
            Err(_) => Err(NoRuntime::NoTimer),
        }
    }

    /// The handle of the runtime.
    pub const fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Calls something of tokio's that looks for the runtime, and so for its clock, which may be paused.
    #[inline]
    fn entered<T>(&self, call: impl FnOnce() -> T) -> T {
        // To enter a runtime takes longer than to see that the thread is in it already, which it nearly always is.
        let is_in = Handle::try_current().is_ok_and(|current| current.id() == self.handle.id());
        let _entered = (!is_in).then(|| self.handle.enter());
        call()
    }

    fn deadline(&self, deadline: Instant) -> tokio::time::Instant {
        // Platforms whose instants do not reach that far get thirty years, which is what tokio itself takes for ever.
        let for_ever = Duration::from_hours(24 * 365 * 30);
        self.origin.checked_add(deadline - Instant::ORIGIN).unwrap_or_else(|| self.origin + for_ever)
    }
}

/// Runs `body` on this thread, with a new runtime of several threads as its argument, until it has ended.
///
/// The runtime lives as long as the call: tasks that have not ended by then are dropped. What is to live longer gets a runtime
/// of its own, and [`Tokio::new`].
///
/// # Panics
///
/// With the panic of `body`, and if the operating system grants no threads or no sockets.
///
/// # Examples
///
/// ```
/// use onpar_core::Spawn;
///
/// let sum = onpar_rt::tokio_1::run(async |rt| rt.spawn(async { 1 + 2 }).await);
/// assert_eq!(sum.unwrap(), 3);
/// ```
pub fn run<F, T>(body: F) -> T
where
    F: AsyncFnOnce(Tokio) -> T,
{
    run_on(&mut Builder::new_multi_thread(), body)
}

/// [`run`] on one thread.
///
/// # Panics
///
/// As [`run`].
///
/// # Examples
///
/// ```
/// use onpar_core::Spawn;
///
/// let sum = onpar_rt::tokio_1::run_current_thread(async |rt| rt.spawn(async { 1 + 2 }).await);
/// assert_eq!(sum.unwrap(), 3);
/// ```
pub fn run_current_thread<F, T>(body: F) -> T
where
    F: AsyncFnOnce(Tokio) -> T,
{
    run_on(&mut Builder::new_current_thread(), body)
}

fn run_on<F, T>(builder: &mut Builder, body: F) -> T
where
    F: AsyncFnOnce(Tokio) -> T,
{
    let runtime = builder.enable_all().build().unwrap_or_else(|error| panic!("tokio cannot start: {error}"));
    let tokio = Tokio::new(runtime.handle().clone()).unwrap_or_else(|error| panic!("{error}"));
    runtime.block_on(body(tokio))
}

impl TryFrom<Handle> for Tokio {
    type Error = NoRuntime;

    fn try_from(handle: Handle) -> Result<Self, NoRuntime> {
        Self::new(handle)
    }
}

impl Clock for Tokio {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        let now = self.entered(tokio::time::Instant::now);
        Instant::ORIGIN + now.saturating_duration_since(self.origin)
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        let deadline = self.deadline(deadline);
        self.entered(|| Sleep::new(tokio::time::sleep_until(deadline), deadline <= tokio::time::Instant::now()))
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.entered(|| Sleep::new(tokio::time::sleep(duration), duration.is_zero()))
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        let deadline = self.deadline(deadline);
        sleep.reset(deadline, deadline <= self.entered(tokio::time::Instant::now));
    }
}

impl Spawn for Tokio {
    type Task<T: Send + 'static> = Task<T>;

    fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        Task::new(self.handle.spawn(future))
    }
}

/// By tokio's pool of threads for blocking calls, which grows up to the number that the runtime was built with.
impl Blocking for Tokio {
    type Call<T: Send + 'static> = Task<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Task::new(self.handle.spawn_blocking(call))
    }
}

impl fmt::Debug for Tokio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokio").field("handle", &self.handle).finish_non_exhaustive()
    }
}
