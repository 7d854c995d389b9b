//! [`Local`]: the local executor, as a value.

use core::cell::RefCell;
use core::fmt;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::rc::Rc;
use std::sync::Arc;

use onpar_core::{Instant, SpawnLocal};

use super::key::Key;
use super::shared::{KeyWaker, Shared};
use super::tasks::Tasks;
use super::{LocalClock, LocalTask, Sleep};

/// The local executor, as a value: starts tasks on its thread, and tells the time.
///
/// It is cheap to clone. A body gets one from [`run`](super::run), which is all that most programs need. With
/// [`new`](Self::new) and [`block_on`](Self::block_on), one executor serves many bodies.
///
/// # Examples
///
/// ```
/// use onpar_core::SpawnLocal;
/// use onpar_rt::local::Local;
///
/// let rt = Local::new();
/// let task = rt.spawn_local(async { 6 * 7 });
/// assert_eq!(rt.block_on(task).unwrap(), 42);
/// ```
#[derive(Clone)]
pub struct Local {
    executor: Rc<Executor>,
}

/// What the clones of a [`Local`] and the handles of its tasks share.
#[derive(Default)]
pub(super) struct Executor {
    pub(super) tasks: Tasks,
    shared: Arc<Shared>,
    /// The tasks whose turn it is. A nested `block_on` goes on with it.
    batch: RefCell<VecDeque<Key>>,
    /// Timers that are due; kept for its memory.
    due: RefCell<Vec<Waker>>,
    /// Whether the bodies of the nested `block_on`s have been woken.
    bodies: RefCell<Vec<bool>>,
}

impl Local {
    /// An executor without tasks, whose time starts now.
    pub fn new() -> Self {
        Self { executor: Rc::default() }
    }

    /// The executor's clock, which may go to other threads.
    pub fn clock(&self) -> LocalClock {
        LocalClock { shared: Arc::clone(&self.executor.shared) }
    }

    /// Runs `future` on this thread, and the tasks beside it, until it has ended. The thread parks while there is
    /// nothing to do.
    ///
    /// Tasks that have not ended by then are *dropped*, and their handles give
    /// [`JoinError::dropped`](onpar_core::JoinError::dropped); await what has to end. Tasks that were spawned before wait
    /// for this call; if it never comes, and they hold clones of the executor, neither is ever freed.
    ///
    /// It may be called from within a task or a body of the same executor: the tasks then go on, but the one that calls
    /// does not, nor does the body around it.
    ///
    /// # Panics
    ///
    /// With the panic of `future`, or with that of the destructor of a task that is dropped at the end. A panic of a task
    /// goes to its handle.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let executor = &*self.executor;
        let body = Body::enter(executor);
        let key = Key::body(u32::try_from(body.depth).unwrap_or(u32::MAX));
        let key_waker = KeyWaker::queued(&executor.shared, key);
        let waker = Waker::from(Arc::clone(&key_waker));
        let mut future = pin!(future);
        loop {
            if body.is_woken() {
                key_waker.polling();
                if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return value;
                }
            }
            executor.turn();
        }
    }
}

impl Executor {
    /// Polls one task, or notes that a body has been woken. Waits if there is nothing to do.
    fn turn(&self) {
        let next = self.batch.borrow_mut().pop_front();
        let Some(key) = next else {
            let mut due = self.due.take();
            self.shared.wait(&mut self.batch.borrow_mut(), &mut due);
            due.drain(..).for_each(Waker::wake);
            self.due.replace(due);
            return;
        };
        match key.as_body() {
            Some(depth) => {
                if let Some(woken) = self.bodies.borrow_mut().get_mut(depth) {
                    *woken = true;
                }
            }
            None => self.tasks.poll(&self.shared, key),
        }
    }
}

/// A body that runs. When the outermost one ends, also by a panic, the tasks that are left are dropped.
struct Body<'a> {
    executor: &'a Executor,
    depth: usize,
}

impl<'a> Body<'a> {
    fn enter(executor: &'a Executor) -> Self {
        let mut bodies = executor.bodies.borrow_mut();
        bodies.push(true);
        Self { executor, depth: bodies.len() - 1 }
    }

    fn is_woken(&self) -> bool {
        core::mem::take(&mut self.executor.bodies.borrow_mut()[self.depth])
    }
}

impl Drop for Body<'_> {
    fn drop(&mut self) {
        self.executor.bodies.borrow_mut().pop();
        if self.depth > 0 {
            return;
        }
        if let Some(panic) = self.executor.tasks.clear()
            && !std::thread::panicking()
        {
            resume_unwind(panic);
        }
    }
}

impl SpawnLocal for Local {
    type LocalTask<T: 'static> = LocalTask<T>;

    fn spawn_local<F>(&self, future: F) -> LocalTask<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        let key = self.executor.tasks.insert(&self.executor.shared, future);
        LocalTask::new(Rc::clone(&self.executor), key)
    }
}

impl onpar_core::Clock for Local {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        self.executor.shared.now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Sleep::new(Arc::clone(&self.executor.shared), deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        self.clock().reset(sleep, deadline);
    }
}

impl Default for Local {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local").field("tasks", &self.executor.tasks.len()).finish_non_exhaustive()
    }
}
