//! [`Rt`]: what a program gets from the executor that it runs on.

use alloc::sync::Arc;
use core::fmt;
use core::panic::AssertUnwindSafe;
use core::pin::{Pin, pin};
use core::time::Duration;

use futures::FutureExt as _;
use futures::channel::oneshot;
use futures::future::{BoxFuture, Either, select};
use onpar_core::{Clock, Instant, JoinError, Spawn};
use onpar_rt::tokio_1::{self, Tokio};
use tokio::runtime::RuntimeFlavor;

use crate::executor::foreign::Foreign;
use crate::executor::{Executor, virtual_clock};

/// The clock of the executor, and its means to start tasks.
#[derive(Clone)]
#[non_exhaustive]
pub enum Rt {
    /// Either of tokio's, by onpar's adapter.
    Tokio(Tokio),
    /// The executor of twenty lines.
    Foreign(Arc<Foreign>),
}

impl Rt {
    /// Which executor this is.
    pub fn executor(&self) -> Executor {
        match self {
            Self::Tokio(tokio) => match tokio.handle().runtime_flavor() {
                RuntimeFlavor::CurrentThread => Executor::CurrentThread,
                _ => Executor::MultiThread,
            },
            Self::Foreign(_) => Executor::Foreign,
        }
    }

    /// Starts a task that nobody waits for.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        match self {
            Self::Tokio(tokio) => drop(tokio.handle().spawn(task)),
            Self::Foreign(foreign) => foreign.spawn(task),
        }
    }

    /// How many tasks the executor has that have not ended, by its own count.
    pub fn tasks_alive(&self) -> usize {
        match self {
            Self::Tokio(tokio) => tokio.handle().metrics().num_alive_tasks(),
            Self::Foreign(foreign) => foreign.tasks_alive(),
        }
    }

    /// Sleeps for so many milliseconds, by the executor's own means.
    pub async fn millis(&self, millis: u64) {
        let duration = Duration::from_millis(millis);
        match self {
            Self::Tokio(_) => tokio::time::sleep(duration).await,
            Self::Foreign(foreign) => foreign.clock.sleep(duration).await,
        }
    }

    /// The timeout that people use on this executor: tokio's, or a `select` of futures-rs with a sleep. `None` if the time
    /// came first.
    pub async fn stock_timeout<F: Future>(&self, millis: u64, future: F) -> Option<F::Output> {
        let duration = Duration::from_millis(millis);
        match self {
            Self::Tokio(_) => tokio::time::timeout(duration, future).await.ok(),
            Self::Foreign(foreign) => match select(pin!(future), pin!(foreign.clock.sleep(duration))).await {
                Either::Left((output, _)) => Some(output),
                Either::Right(_) => None,
            },
        }
    }
}

/// Tasks of any executor, by the one trait that a runtime implements for them.
impl Spawn for Rt {
    type Task<T: Send + 'static> = BoxFuture<'static, Result<T, JoinError>>;

    fn spawn<F>(&self, future: F) -> Self::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let (sender, output) = oneshot::channel();
        let task = AssertUnwindSafe(future).catch_unwind();
        Self::spawn(self, task.map(|output| drop(sender.send(output.map_err(JoinError::panicked)))));
        output.map(|output| output.unwrap_or_else(|_| Err(JoinError::dropped()))).boxed()
    }
}

impl Clock for Rt {
    type Sleep = Either<tokio_1::Sleep, virtual_clock::Sleep>;

    fn now(&self) -> Instant {
        match self {
            Self::Tokio(tokio) => tokio.now(),
            Self::Foreign(foreign) => foreign.clock.now(),
        }
    }

    fn sleep_until(&self, deadline: Instant) -> Self::Sleep {
        match self {
            Self::Tokio(tokio) => Either::Left(tokio.sleep_until(deadline)),
            Self::Foreign(foreign) => Either::Right(foreign.clock.sleep_until(deadline)),
        }
    }

    fn reset(&self, sleep: Pin<&mut Self::Sleep>, deadline: Instant) {
        match (self, sleep.as_pin_mut()) {
            (Self::Tokio(tokio), Either::Left(sleep)) => tokio.reset(sleep, deadline),
            (Self::Foreign(foreign), Either::Right(sleep)) => foreign.clock.reset(sleep, deadline),
            _ => panic!("a sleep is reset by the clock that made it"),
        }
    }
}

impl fmt::Debug for Rt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tokio(_) => "Tokio",
            Self::Foreign(_) => "Foreign",
        })
    }
}
