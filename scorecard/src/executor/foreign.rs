//! [`Foreign`]: an executor of twenty lines that knows nothing of onpar, and of which onpar knows nothing.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::pin::{Pin, pin};
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, MutexGuard, PoisonError};
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
    alive: AtomicUsize,
}

impl Foreign {
    /// Starts a task.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.alive.fetch_add(1, Ordering::SeqCst);
        self.spawned().push(Box::pin(task));
    }

    /// How many tasks have not ended.
    pub fn tasks_alive(&self) -> usize {
        self.alive.load(Ordering::SeqCst)
    }

    fn spawned(&self) -> MutexGuard<'_, Vec<Task>> {
        self.spawned.lock().unwrap_or_else(PoisonError::into_inner)
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
            tasks.append(&mut self.spawned());
            tasks.retain_mut(|task| {
                let pending = task.as_mut().poll(cx).is_pending();
                self.alive.fetch_sub(usize::from(!pending), Ordering::SeqCst);
                pending
            });
            let idle = self.spawned().is_empty() && !signal.woken.load(Ordering::SeqCst);
            if idle && !self.clock.advance() {
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
