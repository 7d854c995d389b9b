//! [`LocalClock`]: the time of the local executor, for other threads too.

use core::fmt;
use core::pin::Pin;
use std::sync::Arc;

use onpar_core::{Clock, Instant};

use super::Sleep;
use super::shared::Shared;

/// The time of the local executor: what [`Local`](super::Local) is of time, but `Send + Sync`.
///
/// It is what code asks for that needs a clock whose sleeps are `Send + 'static`. Instants count from the making of the
/// executor.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_rt::local::{self, LocalClock};
///
/// local::run(async |rt| {
///     let clock: LocalClock = rt.clock();
///     let other = std::thread::spawn(move || clock.sleep(Duration::from_millis(1)));
///     other.join().unwrap().await;
/// });
/// ```
#[derive(Clone)]
pub struct LocalClock {
    pub(super) shared: Arc<Shared>,
}

impl Clock for LocalClock {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        self.shared.now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Sleep::new(Arc::clone(&self.shared), deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        sleep.get_mut().reset(deadline);
    }
}

impl fmt::Debug for LocalClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalClock").field("now", &self.shared.now()).finish_non_exhaustive()
    }
}
