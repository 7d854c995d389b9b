//! [`Local`]: the local executor, as a value.

use core::cell::{Cell, RefCell};
use core::fmt;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::rc::Rc;
use std::sync::Arc;

use onpar_core::{Instant, SpawnLocal};

use super::key::Key;
use super::running::Running;
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
    /// The tasks and bodies whose turn it is. A nested `block_on` goes on with it.
    queue: RefCell<VecDeque<Key>>,
    /// Timers that are due; kept for its memory.
    due: RefCell<Vec<Waker>>,
    /// Whether the bodies of the nested `block_on`s have been woken.
    bodies: RefCell<Vec<bool>>,
    /// Whether a look at `bodies` is worth while.
    body_woken: Cell<bool>,
    turns: Cell<u32>,
    /// How many calls run it.
    #[cfg(feature = "main-loop")]
    inside: Cell<usize>,
    #[cfg(feature = "main-loop")]
    spawned_outside: RefCell<Option<Rc<dyn Fn()>>>,
}

/// How many turns tasks may take while other threads and timers wait to be noticed. Tokio's figure is 61.
const TURNS: u32 = 64;

impl Local {
    /// An executor without tasks, whose time starts now.
    pub fn new() -> Self {
        Self { executor: Rc::default() }
    }

    /// The executor's clock, which may go to other threads.
    pub fn clock(&self) -> LocalClock {
        LocalClock { shared: Arc::clone(&self.executor.shared) }
    }

    #[cfg(any(feature = "local-net", feature = "main-loop"))]
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.executor.shared
    }

    /// Takes so many turns at most, and does not wait. True if there is more to do.
    #[cfg(feature = "main-loop")]
    pub(crate) fn run_ready(&self, turns: u32) -> bool {
        let executor = &*self.executor;
        let _running = Running::enter(&self.executor);
        let _inside = Inside::enter(executor);
        for _ in 0..turns {
            if executor.queue.borrow().is_empty() {
                executor.look_around(Shared::collect);
                if executor.queue.borrow().is_empty() {
                    return false;
                }
            }
            executor.turn();
        }
        true
    }

    /// Has `wake` called when a task is spawned while the executor does not run.
    #[cfg(feature = "main-loop")]
    pub(crate) fn when_spawned_outside(&self, wake: impl Fn() + 'static) {
        self.executor.spawned_outside.replace(Some(Rc::new(wake)));
    }

    #[cfg(feature = "main-loop")]
    pub(crate) fn call_when_spawned_outside(&self) {
        let wake = self.executor.spawned_outside.borrow().clone();
        if let Some(wake) = wake {
            wake();
        }
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
        let running = Running::enter(&self.executor);
        #[cfg(feature = "main-loop")]
        let _inside = Inside::enter(executor);
        let body = Body::enter(executor, running);
        let key_waker = KeyWaker::of_body(&executor.shared, u32::try_from(body.depth).unwrap_or(u32::MAX));
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
    pub(super) fn is_of(&self, shared: &Arc<Shared>) -> bool {
        Arc::ptr_eq(&self.shared, shared)
    }

    /// Queues a task. Its waker sees to it that it is queued once.
    pub(super) fn queue(&self, key: Key) {
        self.queue.borrow_mut().push_back(key);
    }

    /// Polls one task, or notes that a body has been woken. Waits if there is nothing to do.
    fn turn(&self) {
        let turns = self.turns.get();
        self.turns.set(turns.wrapping_add(1));
        if turns.is_multiple_of(TURNS) {
            self.look_around(Shared::collect);
        }
        let next = self.queue.borrow_mut().pop_front();
        let Some(key) = next else { return self.look_around(Shared::wait) };
        match key.as_body() {
            Some(depth) => {
                if let Some(woken) = self.bodies.borrow_mut().get_mut(depth) {
                    *woken = true;
                    self.body_woken.set(true);
                }
            }
            None => {
                if self.tasks.poll(key) {
                    self.queue(key);
                }
            }
        }
    }

    /// Takes in what other threads have woken, and wakes whose timers are due.
    fn look_around(&self, look: fn(&Shared, &mut VecDeque<Key>, &mut Vec<Waker>)) {
        let mut due = self.due.take();
        look(&self.shared, &mut self.queue.borrow_mut(), &mut due);
        due.drain(..).for_each(Waker::wake);
        self.due.replace(due);
    }
}

/// A call that runs the executor.
#[cfg(feature = "main-loop")]
struct Inside<'a>(&'a Executor);

#[cfg(feature = "main-loop")]
impl<'a> Inside<'a> {
    fn enter(executor: &'a Executor) -> Self {
        executor.inside.set(executor.inside.get() + 1);
        Self(executor)
    }
}

#[cfg(feature = "main-loop")]
impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.inside.set(self.0.inside.get() - 1);
    }
}

/// A body that runs. When the outermost one ends, also by a panic, the tasks that are left are dropped.
struct Body<'a> {
    executor: &'a Executor,
    depth: usize,
    /// Dropped when the tasks that are left have been.
    _running: Running,
}

impl<'a> Body<'a> {
    fn enter(executor: &'a Executor, running: Running) -> Self {
        let mut bodies = executor.bodies.borrow_mut();
        bodies.push(true);
        executor.body_woken.set(true);
        Self { executor, depth: bodies.len() - 1, _running: running }
    }

    fn is_woken(&self) -> bool {
        // The bodies further out wait for this one. When it has ended, they look.
        self.executor.body_woken.replace(false) && core::mem::take(&mut self.executor.bodies.borrow_mut()[self.depth])
    }
}

impl Drop for Body<'_> {
    fn drop(&mut self) {
        self.executor.bodies.borrow_mut().pop();
        self.executor.body_woken.set(true);
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
        if let Some(key) = key {
            self.executor.queue(key);
            #[cfg(feature = "main-loop")]
            if self.executor.inside.get() == 0 {
                self.call_when_spawned_outside();
            }
        }
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
