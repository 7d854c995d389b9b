//! `Shared`: what wakers and sleeps on any thread can reach of an executor.
//!
//! One mutex holds the tasks that other threads have woken, the timers, and the way to end the executor's wait. That is what
//! makes waiting safe: the thread says that it waits under the same lock under which it has found nothing to do, and whoever
//! brings something to do takes that note under the same lock. No foreign code runs with the lock held, so it cannot be
//! poisoned.
//!
//! Two atomics beside it say whether a look behind the lock is worth while: whether tasks were woken, and the next deadline.

use core::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use core::task::Waker;
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Wake;
use std::thread::{self, Thread};

use onpar_core::Instant;

use super::key::Key;
#[cfg(feature = "local-net")]
use super::net::Reactor;
use super::running;
use super::timers::Timers;

pub(crate) struct Shared {
    origin: std::time::Instant,
    /// Whether `State::woken` has something.
    has_woken: AtomicBool,
    /// The next deadline, in nanoseconds; `u64::MAX` if there is none. Changed under the lock only.
    next: AtomicU64,
    state: Mutex<State>,
    /// There since the first socket was opened.
    #[cfg(feature = "local-net")]
    reactor: std::sync::OnceLock<Reactor>,
}

#[derive(Default)]
struct State {
    /// The tasks that other threads have woken, each at most once.
    woken: Vec<Key>,
    timers: Timers,
    /// How to end the executor's wait, if it waits or is about to.
    waits: Option<Wait>,
    /// Whether who waits in the executor's place has to come back.
    #[cfg(feature = "main-loop")]
    interrupted: bool,
}

/// How an executor waits, and so how it is woken.
enum Wait {
    Parked(Thread),
    #[cfg(feature = "local-net")]
    ForSockets,
}

impl Default for Shared {
    fn default() -> Self {
        Self::new()
    }
}

impl Shared {
    #[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
    pub(super) fn new() -> Self {
        Self {
            origin: std::time::Instant::now(),
            has_woken: AtomicBool::new(false),
            next: AtomicU64::new(u64::MAX),
            state: Mutex::default(),
            #[cfg(feature = "local-net")]
            reactor: std::sync::OnceLock::new(),
        }
    }

    /// What waits for sockets.
    #[cfg(feature = "local-net")]
    pub(super) fn reactor(&self) -> std::io::Result<&Reactor> {
        if let Some(reactor) = self.reactor.get() {
            return Ok(reactor);
        }
        let new = Reactor::new()?;
        Ok(self.reactor.get_or_init(|| new))
    }

    #[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
    pub(super) fn now(&self) -> Instant {
        Instant::ORIGIN + std::time::Instant::now().saturating_duration_since(self.origin)
    }

    /// Queues a task from another thread, or while the executor does not run. Its waker sees to it that it is queued once.
    fn wake(&self, key: Key) {
        let mut state = self.lock();
        state.woken.push(key);
        self.has_woken.store(true, Ordering::Relaxed);
        let wait = state.waits.take();
        drop(state);
        self.end(wait);
    }

    /// Moves the tasks that were woken by others to `queue`, and the wakers that are due to `due`.
    pub(super) fn collect(&self, queue: &mut impl Extend<Key>, due: &mut Vec<Waker>) {
        // Who has stored something since will find the executor awake, or end its wait.
        if self.has_woken.load(Ordering::Relaxed) {
            self.take(&mut self.lock(), queue);
        }
        let next = self.next.load(Ordering::Relaxed);
        if next != u64::MAX {
            let now = self.now();
            if Instant::from_nanos(next) <= now {
                self.fire(&mut self.lock(), now, due);
            }
        }
        #[cfg(feature = "local-net")]
        if let Some(reactor) = self.reactor.get() {
            reactor.wait(Some(Duration::ZERO), due);
        }
    }

    /// [`collect`](Self::collect), but waits until there is something.
    pub(super) fn wait(&self, queue: &mut impl Extend<Key>, due: &mut Vec<Waker>) {
        loop {
            let mut state = self.lock();
            state.waits = None;
            let now = (state.timers.next().is_some()).then(|| self.now());
            if let Some(now) = now {
                self.fire(&mut state, now, due);
            }
            let found = self.take(&mut state, queue) || !due.is_empty();
            if found {
                return;
            }
            let timeout = state.timers.next().zip(now).map(|(deadline, now)| deadline - now);
            self.wait_once(state, timeout, due);
        }
    }

    /// Waits once, for a wake, the end of `timeout`, or sockets; moves the wakers of who waits for these to `due`.
    #[cfg_attr(
        not(feature = "local-net"),
        expect(unused_variables, clippy::ptr_arg, clippy::unused_self, reason = "there are no sockets")
    )]
    fn wait_once(&self, mut state: MutexGuard<'_, State>, timeout: Option<Duration>, due: &mut Vec<Waker>) {
        #[cfg(feature = "local-net")]
        if let Some(reactor) = self.reactor.get() {
            state.waits = Some(Wait::ForSockets);
            drop(state);
            reactor.wait(timeout, due);
            return;
        }
        state.waits = Some(Wait::Parked(thread::current()));
        drop(state);
        match timeout {
            Some(timeout) => thread::park_timeout(timeout),
            None => thread::park(),
        }
    }

    /// Waits in the executor's place, until it should run. False if the wait was interrupted.
    #[cfg(feature = "main-loop")]
    pub(crate) fn watch(&self) -> bool {
        let mut due = Vec::new();
        loop {
            let mut state = self.lock();
            state.waits = None;
            if core::mem::take(&mut state.interrupted) {
                return false;
            }
            let now = (state.timers.next().is_some()).then(|| self.now());
            let timeout = state.timers.next().zip(now).map(|(deadline, now)| deadline - now);
            if !state.woken.is_empty() || timeout.is_some_and(|timeout| timeout.is_zero()) {
                return true;
            }
            self.wait_once(state, timeout, &mut due);
            // Each of them puts a task into `woken`.
            due.drain(..).for_each(Waker::wake);
        }
    }

    /// Ends a [`watch`](Self::watch), or the next one.
    #[cfg(feature = "main-loop")]
    pub(crate) fn interrupt(&self) {
        let mut state = self.lock();
        state.interrupted = true;
        let wait = state.waits.take();
        drop(state);
        self.end(wait);
    }

    /// Forgets an interruption that came too late.
    #[cfg(feature = "main-loop")]
    pub(crate) fn go_on(&self) {
        self.lock().interrupted = false;
    }

    /// Moves the woken tasks to `queue`. True if there were any.
    fn take(&self, state: &mut State, queue: &mut impl Extend<Key>) -> bool {
        let any = !state.woken.is_empty();
        self.has_woken.store(false, Ordering::Relaxed);
        queue.extend(state.woken.drain(..));
        any
    }

    fn fire(&self, state: &mut State, now: Instant, due: &mut Vec<Waker>) {
        while let Some(waker) = state.timers.pop_due(now) {
            due.push(waker);
        }
        self.note_next(state);
    }

    fn note_next(&self, state: &State) {
        self.next.store(state.timers.next().map_or(u64::MAX, Instant::as_nanos), Ordering::Relaxed);
    }

    /// Sets or updates the timer of a sleep, and returns its slot.
    pub(super) fn set_timer(&self, slot: Option<usize>, deadline: Instant, waker: Waker) -> usize {
        let mut state = self.lock();
        let (slot, replaced) = match slot {
            Some(slot) => (slot, state.timers.update(slot, deadline, waker)),
            None => (state.timers.insert(deadline, waker), None),
        };
        let wait = self.wait_for(&mut state, deadline);
        drop(state);
        drop(replaced);
        self.end(wait);
        slot
    }

    /// Moves the timer of a sleep, unless it has fired: its task then polls the sleep anyway.
    pub(super) fn reset_timer(&self, slot: usize, deadline: Instant) {
        let mut state = self.lock();
        state.timers.reset(slot, deadline);
        let wait = self.wait_for(&mut state, deadline);
        drop(state);
        self.end(wait);
    }

    pub(super) fn remove_timer(&self, slot: usize) {
        let mut state = self.lock();
        let waker = state.timers.remove(slot);
        self.note_next(&state);
        drop(state);
        drop(waker);
    }

    /// The wait that has to end sooner, now that there is a timer for `deadline`.
    fn wait_for(&self, state: &mut State, deadline: Instant) -> Option<Wait> {
        self.note_next(state);
        if state.timers.next() == Some(deadline) { state.waits.take() } else { None }
    }

    #[cfg_attr(
        not(feature = "local-net"),
        expect(clippy::unused_self, reason = "a wait for sockets ends in the reactor")
    )]
    fn end(&self, wait: Option<Wait>) {
        match wait {
            None => {}
            Some(Wait::Parked(thread)) => thread.unpark(),
            #[cfg(feature = "local-net")]
            Some(Wait::ForSockets) => {
                if let Some(reactor) = self.reactor.get() {
                    reactor.notify();
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The waker of a place for tasks, or of a body. Woken twice before the next poll, it queues the task once.
pub(super) struct KeyWaker {
    shared: Arc<Shared>,
    index: u32,
    /// Which of the tasks of the place it belongs to. It changes only when nobody else has the waker.
    generation: AtomicU32,
    queued: AtomicBool,
}

impl KeyWaker {
    pub(super) fn new(shared: &Arc<Shared>, index: u32) -> Arc<Self> {
        let (generation, queued) = (AtomicU32::new(0), AtomicBool::new(false));
        Arc::new(Self { shared: Arc::clone(shared), index, generation, queued })
    }

    /// The waker of a body, which is to be polled.
    pub(super) fn of_body(shared: &Arc<Shared>, depth: u32) -> Arc<Self> {
        let Key { index, generation } = Key::body(depth);
        let waker = Self::new(shared, index);
        waker.queued_for(generation);
        waker
    }

    /// Makes it the waker of another task of its place, which is in the queue.
    pub(super) fn queued_for(&self, generation: u32) {
        self.generation.store(generation, Ordering::Relaxed);
        self.queued.store(true, Ordering::Relaxed);
    }

    /// To be called before each poll: what wakes from now on is meant for the poll after.
    pub(super) fn polling(&self) {
        // Acquire, together with the release below: what the wakers did before they woke is seen by the poll.
        self.queued.swap(false, Ordering::AcqRel);
    }
}

impl Wake for KeyWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            let key = Key { index: self.index, generation: self.generation.load(Ordering::Relaxed) };
            // On the thread that runs the executor, no lock is needed.
            if !running::queue(&self.shared, key) {
                self.shared.wake(key);
            }
        }
    }
}
