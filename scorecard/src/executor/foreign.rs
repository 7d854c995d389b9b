//! [`Foreign`]: an executor of twenty lines that knows nothing of onpar, and of which onpar knows nothing.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::pin::{Pin, pin};
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Thread};

use crate::executor::virtual_clock::VirtualClock;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One thread that polls every task it has, until none has been woken; then it is time for the next timer.
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "tasks have nothing to show")]
pub struct Foreign {
    /// Its time.
    pub clock: VirtualClock,
    spawned: Mutex<Vec<Task>>,
}

impl Foreign {
    /// Starts a task.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.spawned.lock().unwrap_or_else(PoisonError::into_inner).push(Box::pin(task));
    }

    /// Runs `main` to its end, and drops the tasks that are left.
    pub fn run<F: Future>(&self, main: F) -> F::Output {
        let signal = Arc::new(Signal { woken: AtomicBool::new(false), thread: thread::current() });
        let waker = Waker::from(Arc::clone(&signal));
        let cx = &mut Context::from_waker(&waker);
        let mut main = pin!(main);
        let mut tasks: Vec<Task> = Vec::new();
        loop {
            signal.woken.store(false, Ordering::SeqCst);
            if let Poll::Ready(output) = main.as_mut().poll(cx) {
                return output;
            }
            let mut new = core::mem::take(&mut *self.spawned.lock().unwrap_or_else(PoisonError::into_inner));
            let idle = new.is_empty();
            tasks.append(&mut new);
            tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
            if idle && !signal.woken.load(Ordering::SeqCst) && !self.clock.advance() {
                thread::park();
            }
        }
    }
}

struct Signal {
    woken: AtomicBool,
    thread: Thread,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}
