//! [`EmbassyLocal`]: an executor of embassy's, with tasks that stay on its thread.

use core::fmt;
use core::pin::Pin;

use embassy_executor::Spawner;
use onpar_core::{Clock, Instant, SpawnLocal};

use super::{Embassy, Sleep, Task, Timers, task};

/// An executor of embassy's, as a value of its own thread: what [`Embassy`] is, and a [`SpawnLocal`] instead of a `Spawn`.
///
/// # Examples
///
/// ```no_run
/// use std::rc::Rc;
/// use embassy_executor::Spawner;
/// use onpar_core::SpawnLocal;
/// use onpar_rt::embassy_0_10::{EmbassyLocal, Timers};
///
/// static TIMERS: Timers = Timers::new();
///
/// #[embassy_executor::main]
/// async fn main(spawner: Spawner) {
///     let rt = EmbassyLocal::new(spawner, &TIMERS);
///     let words = Rc::new("not Send");
///     assert_eq!(rt.spawn_local(async move { words.len() }).await.unwrap(), 8);
/// }
/// ```
#[derive(Clone, Copy)]
pub struct EmbassyLocal {
    embassy: Embassy,
    spawner: Spawner,
}

impl EmbassyLocal {
    /// As [`Embassy::new`].
    pub fn new(spawner: Spawner, timers: &'static Timers) -> Self {
        Self { embassy: Embassy::new(spawner, timers), spawner }
    }

    /// The same executor, for other threads and for interrupts.
    pub const fn embassy(&self) -> Embassy {
        self.embassy
    }
}

/// What it costs is said at [`Embassy`].
impl SpawnLocal for EmbassyLocal {
    type LocalTask<T: 'static> = Task<T>;

    fn spawn_local<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        let (task, token) = task::staying(future);
        self.spawner.spawn(token);
        task
    }
}

impl Clock for EmbassyLocal {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        self.embassy.now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        self.embassy.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        self.embassy.reset(sleep, deadline);
    }
}

impl fmt::Debug for EmbassyLocal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbassyLocal").field("embassy", &self.embassy).finish_non_exhaustive()
    }
}
