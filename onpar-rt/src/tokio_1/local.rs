//! [`TokioLocal`]: a tokio runtime, and a set of local tasks beside it.

use core::fmt;
use core::pin::Pin;
use std::rc::Rc;

use onpar_core::{Blocking, Clock, Instant, SpawnLocal};
use tokio::task::LocalSet;

use super::{Sleep, Task, Tokio};

/// A tokio runtime with a set of local tasks: what [`Tokio`] is, and a [`SpawnLocal`] too.
///
/// Local tasks run while [`run`](Self::run) is being polled, and stay on its thread.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_core::SpawnLocal;
/// use onpar_rt::tokio_1::{Tokio, TokioLocal};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let rt = TokioLocal::new(Tokio::current()?);
/// let words = Rc::new("not Send");
/// let task = rt.spawn_local({
///     let words = Rc::clone(&words);
///     async move { words.len() }
/// });
/// assert_eq!(rt.run(task).await?, 8);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TokioLocal {
    tokio: Tokio,
    set: Rc<LocalSet>,
}

impl TokioLocal {
    /// This runtime, with a new set of local tasks.
    pub fn new(tokio: Tokio) -> Self {
        Self { tokio, set: Rc::new(LocalSet::new()) }
    }

    /// The runtime, which may go to other threads.
    pub const fn tokio(&self) -> &Tokio {
        &self.tokio
    }

    /// Runs `future`, and the local tasks beside it, until the future has ended. Tasks that are left go on in the next call.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops `future`; the local tasks are kept for the next call.
    pub async fn run<F: Future>(&self, future: F) -> F::Output {
        self.set.run_until(future).await
    }
}

impl SpawnLocal for TokioLocal {
    type LocalTask<T: 'static> = Task<T>;

    fn spawn_local<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        Task::new(self.set.spawn_local(future))
    }
}

impl Clock for TokioLocal {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        self.tokio.now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        self.tokio.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        self.tokio.reset(sleep, deadline);
    }
}

impl Blocking for TokioLocal {
    type Call<T: Send + 'static> = Task<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.tokio.spawn_blocking(call)
    }
}

impl fmt::Debug for TokioLocal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokioLocal").field("tokio", &self.tokio).finish_non_exhaustive()
    }
}
