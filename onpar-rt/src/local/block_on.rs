//! [`run`] and [`block_on`]: from sync code to async code.

use core::pin::pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::task::Wake;
use std::thread::{self, Thread};

use super::Local;

/// Runs `body` on this thread, with a runtime as its argument, until it has ended.
///
/// The runtime lives as long as the call. Tasks that have not ended by then are *dropped*: await what has to end.
///
/// # Panics
///
/// As [`Local::block_on`].
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::{Clock, SpawnLocal};
///
/// let sum = onpar_rt::local::run(async |rt| {
///     let one = rt.spawn_local(async { 1 });
///     rt.sleep(Duration::from_millis(1)).await;
///     one.await.unwrap() + 1
/// });
/// assert_eq!(sum, 2);
/// ```
pub fn run<F, T>(body: F) -> T
where
    F: AsyncFnOnce(Local) -> T,
{
    let local = Local::new();
    local.block_on(body(local.clone()))
}

/// Runs `future` on this thread until it has ended, and parks the thread while it waits.
///
/// There are no tasks and no timers: [`run`] has them. Calls may be nested; the outer future waits meanwhile.
///
/// # Panics
///
/// With the panic of `future`.
///
/// # Examples
///
/// ```
/// assert_eq!(onpar_rt::local::block_on(async { 6 * 7 }), 42);
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    let unpark = Arc::new(Unpark { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&unpark));
    let cx = &mut Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return value;
        }
        // The flag tells a wake of ours from anybody else's unparking of this thread, and from none at all.
        while !unpark.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Unpark {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.woken.swap(true, Ordering::Release) {
            self.thread.unpark();
        }
    }
}
