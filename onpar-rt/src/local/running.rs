//! Which executor this thread runs, so that a wake on its own thread takes the short way to its queue.

use core::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::handle::Executor;
use super::key::Key;
use super::shared::Shared;

thread_local! {
    /// The innermost executor that runs on this thread.
    static RUNNING: RefCell<Option<Rc<Executor>>> = const { RefCell::new(None) };
}

/// Queues a task, if this thread runs the executor that it belongs to, innermost.
pub(super) fn queue(shared: &Arc<Shared>, key: Key) -> bool {
    let queue = |running: &RefCell<Option<Rc<Executor>>>| match &*running.borrow() {
        Some(executor) if executor.is_of(shared) => {
            executor.queue(key);
            true
        }
        _ => false,
    };
    RUNNING.try_with(queue).unwrap_or(false)
}

/// Notes that this thread runs an executor, until it is dropped.
pub(super) struct Running {
    outer: Option<Rc<Executor>>,
}

impl Running {
    pub(super) fn enter(executor: &Rc<Executor>) -> Self {
        let outer = RUNNING.try_with(|running| running.replace(Some(Rc::clone(executor))));
        Self { outer: outer.ok().flatten() }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let outer = self.outer.take();
        // The executor is not dropped while the thread-local is borrowed.
        drop(RUNNING.try_with(|running| running.replace(outer)));
    }
}
