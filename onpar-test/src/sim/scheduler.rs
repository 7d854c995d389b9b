//! The state that the body, the tasks, their wakers and the timers share.
//!
//! It is behind one mutex, so that handles, wakers and sleeps are `Send + Sync`, although everything runs on one thread.
//! No foreign code ever runs with the mutex held: wakers, futures and outputs are taken out first. That is why the lock
//! cannot be poisoned, and why a waker may be called from anywhere.

use core::panic::Location;
use core::pin::Pin;
use core::task::Waker;
use core::time::Duration;
use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Wake;

use onpar_core::Instant;

use super::random::Random;
use super::task_id::TaskId;
use super::trace::{Event, Trace};
use super::{Order, local_tasks};

/// A task's future: the output goes elsewhere.
pub(super) type SendFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a pending task waits on, as far as the runtime can tell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wait {
    Timer(Instant),
    Task(TaskId),
    Idle,
}

/// All that is known of a task, except its future if that is not `Send`.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) name: Option<Cow<'static, str>>,
    pub(super) place: &'static Location<'static>,
    pub(super) waker: Arc<TaskWaker>,
    pub(super) polls: u64,
    pub(super) last_poll: u64,
    pub(super) wait: Option<Wait>,
    queued: bool,
}

#[derive(Debug)]
pub(super) struct Timer {
    pub(super) waker: Waker,
    pub(super) task: Option<TaskId>,
    pub(super) place: &'static Location<'static>,
}

/// A panic that no handle has reported yet.
#[derive(Debug)]
pub(super) struct Panicked {
    pub(super) name: Option<Cow<'static, str>>,
    pub(super) place: &'static Location<'static>,
    pub(super) message: Option<String>,
}

pub(super) struct State {
    pub(super) now: Instant,
    pub(super) steps: u64,
    pub(super) tasks: BTreeMap<TaskId, Record>,
    /// By deadline, then in the order of registration.
    pub(super) timers: BTreeMap<(Instant, u64), Timer>,
    pub(super) panics: BTreeMap<TaskId, Panicked>,
    pub(super) trace: Trace,
    pub(super) random: Random,
    /// Wakers of those who wait until nothing is ready.
    pub(super) idle: Vec<Waker>,
    order: Order,
    futures: BTreeMap<TaskId, SendFuture>,
    ready: VecDeque<TaskId>,
    current: Option<TaskId>,
    next_task: u64,
    next_timer: u64,
    closed: bool,
}

/// What the run loop does next.
pub(super) enum Next {
    /// Poll this task.
    Poll(TaskId, Arc<TaskWaker>),
    /// Wake these: their time has come, or nothing is ready any more.
    Wake(Vec<Waker>),
    /// Nothing can happen any more.
    Stuck,
}

pub(super) struct Shared {
    /// Tells simulations apart, so that each finds its own local tasks.
    pub(super) sim: u64,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn new(seed: u64, order: Order) -> Arc<Self> {
        let state = State {
            now: Instant::ORIGIN,
            steps: 0,
            tasks: BTreeMap::new(),
            timers: BTreeMap::new(),
            panics: BTreeMap::new(),
            trace: Trace::new(),
            random: Random::new(seed),
            idle: Vec::new(),
            order,
            futures: BTreeMap::new(),
            ready: VecDeque::new(),
            current: None,
            next_task: 0,
            next_timer: 0,
            closed: false,
        };
        Arc::new(Self { sim: local_tasks::number(), state: Mutex::new(state) })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a task and queues it, unless the run is over.
    pub(super) fn enter(
        self: &Arc<Self>,
        name: Option<Cow<'static, str>>,
        place: &'static Location<'static>,
    ) -> Option<TaskId> {
        let mut state = self.lock();
        if state.closed {
            return None;
        }
        let id = TaskId(state.next_task);
        state.next_task += 1;
        let waker = Arc::new(TaskWaker { shared: Arc::clone(self), id });
        state.tasks.insert(id, Record { name, place, waker, polls: 0, last_poll: 0, wait: None, queued: true });
        state.trace.push(Event::Spawned(id.0));
        state.ready.push_back(id);
        Some(id)
    }

    pub(super) fn put(&self, id: TaskId, future: SendFuture) {
        let mut state = self.lock();
        if !state.closed {
            state.futures.insert(id, future);
            return;
        }
        drop(state);
        drop(future);
    }

    pub(super) fn take(&self, id: TaskId) -> Option<SendFuture> {
        self.lock().futures.remove(&id)
    }

    pub(super) fn next(&self) -> Next {
        let mut state = self.lock();
        // Time that passed while a task was at work.
        if state.timers.keys().next().is_some_and(|&(deadline, _)| deadline <= state.now) {
            return Next::Wake(state.take_due());
        }
        while let Some(id) = state.pick() {
            state.steps += 1;
            let steps = state.steps;
            // A task that has ended may still stand in the queue, woken by its own end.
            if let Some(record) = state.tasks.get_mut(&id) {
                record.queued = false;
                record.polls += 1;
                record.last_poll = steps;
                record.wait = None;
                let waker = Arc::clone(&record.waker);
                state.current = Some(id);
                state.trace.push(Event::Polled(id.0));
                return Next::Poll(id, waker);
            }
        }
        if !state.idle.is_empty() {
            return Next::Wake(core::mem::take(&mut state.idle));
        }
        let Some(&(deadline, _)) = state.timers.keys().next() else { return Next::Stuck };
        if deadline == Instant::FAR_FUTURE {
            return Next::Stuck;
        }
        state.now = state.now.max(deadline);
        state.trace.push(Event::Advanced(deadline));
        Next::Wake(state.take_due())
    }

    /// A task has been at work for so long.
    pub(super) fn work(&self, duration: Duration) {
        let mut state = self.lock();
        state.now += duration;
        let now = state.now;
        state.trace.push(Event::Advanced(now));
    }

    /// Notes that the poll of a task is over, and forgets the task if it has ended.
    pub(super) fn polled(&self, id: TaskId, ended: bool) {
        let mut state = self.lock();
        state.current = None;
        let record = if ended {
            state.trace.push(Event::Ended(id.0));
            state.tasks.remove(&id)
        } else {
            None
        };
        drop(state);
        drop(record);
    }

    /// Sets a timer, or moves the `old` one, and returns its key. None if the run is over.
    pub(super) fn set_timer(
        &self,
        old: Option<(Instant, u64)>,
        deadline: Instant,
        waker: &Waker,
        place: &'static Location<'static>,
    ) -> Option<(Instant, u64)> {
        let waker = waker.clone();
        let mut state = self.lock();
        if state.closed {
            drop(state);
            return None;
        }
        state.waits(Wait::Timer(deadline));
        let number = old.map_or(state.next_timer, |(_, number)| number);
        state.next_timer += 1;
        let task = state.current;
        let replaced = old.and_then(|key| state.timers.remove(&key));
        state.timers.insert((deadline, number), Timer { waker, task, place });
        drop(state);
        drop(replaced);
        Some((deadline, number))
    }

    pub(super) fn cancel_timer(&self, key: (Instant, u64)) {
        let timer = self.lock().timers.remove(&key);
        drop(timer);
    }

    /// Ends the run: drops all `Send` futures, and lets no more in.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let futures = core::mem::take(&mut state.futures);
        let tasks = core::mem::take(&mut state.tasks);
        let timers = core::mem::take(&mut state.timers);
        let idle = core::mem::take(&mut state.idle);
        drop(state);
        drop((futures, tasks, timers, idle));
    }
}

impl State {
    /// Takes out the timers that are due.
    fn take_due(&mut self) -> Vec<Waker> {
        let later = self.timers.split_off(&(self.now, u64::MAX));
        let due = core::mem::replace(&mut self.timers, later);
        due.into_values().map(|timer| timer.waker).collect()
    }

    fn pick(&mut self) -> Option<TaskId> {
        match self.order {
            Order::Fifo => self.ready.pop_front(),
            Order::Lifo => self.ready.pop_back(),
            Order::Random => {
                let index = self.random.below(self.ready.len() as u64);
                self.ready.swap_remove_back(usize::try_from(index).ok()?)
            }
        }
    }

    /// Notes what the task that is being polled waits on.
    pub(super) fn waits(&mut self, wait: Wait) {
        if let Some(record) = self.current.and_then(|id| self.tasks.get_mut(&id)) {
            record.wait = Some(wait);
        }
    }
}

/// The waker of one task.
pub(super) struct TaskWaker {
    shared: Arc<Shared>,
    id: TaskId,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut state = self.shared.lock();
        let Some(record) = state.tasks.get_mut(&self.id) else { return };
        if !core::mem::replace(&mut record.queued, true) {
            state.ready.push_back(self.id);
            state.trace.push(Event::Woken(self.id.0));
        }
    }
}

impl core::fmt::Debug for TaskWaker {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("TaskWaker").field(&self.id).finish()
    }
}
