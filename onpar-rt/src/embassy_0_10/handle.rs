//! [`Embassy`]: an executor of embassy's, as a value.

use core::fmt;
use core::pin::Pin;

#[cfg(feature = "alloc")]
use embassy_executor::SendSpawner;
use embassy_executor::Spawner;
#[cfg(feature = "alloc")]
use onpar_core::Spawn;
use onpar_core::{Clock, Instant};

use super::{Sleep, Timers, ticks};
#[cfg(feature = "alloc")]
use super::{Task, task};

/// An executor of embassy's, as a value: tells the time, and with the feature `alloc` starts tasks.
///
/// It is cheap to copy and may be used anywhere, by interrupts too. All values of this type have one clock, that of embassy's
/// driver.
///
/// # Examples
///
/// ```no_run
/// use std::time::Duration;
/// use embassy_executor::Spawner;
/// use onpar_core::Clock;
/// use onpar_rt::embassy_0_10::{Embassy, Timers};
///
/// static TIMERS: Timers = Timers::new();
///
/// #[embassy_executor::task]
/// async fn blink(rt: Embassy) {
///     loop {
///         rt.sleep(Duration::from_millis(500)).await;
///     }
/// }
///
/// #[embassy_executor::main]
/// async fn main(spawner: Spawner) {
///     spawner.spawn(blink(Embassy::new(spawner, &TIMERS)).unwrap());
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Embassy {
    timers: &'static Timers,
    #[cfg(feature = "alloc")]
    spawner: SendSpawner,
}

impl Embassy {
    /// The executor of this spawner. Its sleeps are kept in `timers`. A task of this executor serves them from now on, unless
    /// `timers` already has such a task.
    pub fn new(spawner: Spawner, timers: &'static Timers) -> Self {
        timers.start(spawner);
        Self {
            timers,
            #[cfg(feature = "alloc")]
            spawner: spawner.make_send(),
        }
    }
}

impl Clock for Embassy {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        ticks::instant(ticks::now())
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Sleep::new(self.timers, deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        sleep.reset(deadline);
    }
}

/// A task is two allocations: what it does, and what its handle waits for. Beside it stands a place for the task, which embassy
/// never gives back, but which is used again: there are as many places as there have been tasks at once.
///
/// Without the feature `std`, nothing catches a panic of a task: it ends the program.
#[cfg(feature = "alloc")]
impl Spawn for Embassy {
    type Task<T: Send + 'static> = Task<T>;

    fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let (task, token) = task::movable(future);
        self.spawner.spawn(token);
        task
    }
}

impl fmt::Debug for Embassy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embassy").field("timers", &self.timers).finish_non_exhaustive()
    }
}
