//! [`SmolLocal`]: a local executor of smol's, as a value.

use core::fmt;
use core::pin::Pin;
use std::rc::Rc;

use onpar_core::{Blocking, Clock, Instant, SpawnLocal};
use smol::LocalExecutor;

use super::{Call, Sleep, Smol, Task};
use crate::caught::Caught;

/// A local executor of smol's, as a value: what [`Smol`] is, and a [`SpawnLocal`] too.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_core::SpawnLocal;
/// use onpar_rt::smol_2::SmolLocal;
///
/// let rt = SmolLocal::new(Rc::default());
/// let words = Rc::new("not Send");
/// let task = rt.spawn_local(async move { words.len() });
/// assert_eq!(smol::block_on(rt.executor().run(task)).unwrap(), 8);
/// ```
#[derive(Clone)]
pub struct SmolLocal {
    executor: Rc<LocalExecutor<'static>>,
}

impl SmolLocal {
    /// This executor, which you run: its tasks do nothing until then.
    pub const fn new(executor: Rc<LocalExecutor<'static>>) -> Self {
        Self { executor }
    }

    /// The executor, to be run.
    pub fn executor(&self) -> &LocalExecutor<'static> {
        &self.executor
    }
}

impl SpawnLocal for SmolLocal {
    type LocalTask<T: 'static> = Task<T>;

    fn spawn_local<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        Task::new(self.executor.spawn(Caught::new(future)))
    }
}

impl Clock for SmolLocal {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        Smol::global().now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Smol::global().sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        Smol::global().reset(sleep, deadline);
    }
}

impl Blocking for SmolLocal {
    type Call<T: Send + 'static> = Call<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Call<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Call::new(call)
    }
}

impl fmt::Debug for SmolLocal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmolLocal").field("executor", &self.executor).finish()
    }
}
