//! [`Timers`]: the sleeps of a clock, and the task of embassy that wakes them.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use embassy_executor::Spawner;
use embassy_executor::raw::TaskStorage;

use super::queue::{Earlier, Queue};
use super::ticks;

/// Where an [`Embassy`](super::Embassy) keeps its sleeps: a static of your program, one for each executor.
///
/// It has room for any number of sleeps, since each sleep brings the memory for its own entry.
///
/// # Examples
///
/// ```
/// use onpar_rt::embassy_0_10::Timers;
///
/// static TIMERS: Timers = Timers::new();
/// ```
pub struct Timers {
    pub(super) queue: Queue,
    task: TaskStorage<Serve>,
}

impl Timers {
    /// Timers that nothing runs yet: [`Embassy::new`](super::Embassy::new) does.
    pub const fn new() -> Self {
        Self { queue: Queue::new(), task: TaskStorage::new() }
    }

    /// Runs them by a task of this executor, if none does yet.
    pub(super) fn start(&'static self, spawner: Spawner) {
        if let Ok(token) = self.task.spawn(|| Serve { timers: self }) {
            spawner.spawn(token);
        }
    }
}

impl Default for Timers {
    fn default() -> Self {
        Self::new()
    }
}

/// Has the driver wake the task for a deadline that is the first now.
pub(super) fn arm(earlier: Earlier) {
    if let Some((tick, server)) = earlier {
        embassy_time_driver::schedule_wake(tick, &server);
    }
}

/// The task: it never ends.
struct Serve {
    timers: &'static Timers,
}

impl Future for Serve {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let queue = &self.timers.queue;
        // Before the first deadline is asked for: whoever adds an earlier one from now on tells the driver.
        queue.serve(cx.waker());
        let now = ticks::now();
        while let Some(waker) = queue.take_due(now) {
            waker.wake();
        }
        match queue.first() {
            None | Some(u64::MAX) => {}
            Some(tick) => embassy_time_driver::schedule_wake(tick, cx.waker()),
        }
        Poll::Pending
    }
}

impl fmt::Debug for Timers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timers").field("queue", &self.queue).finish_non_exhaustive()
    }
}
