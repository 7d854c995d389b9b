//! `Shared`: what wakers and sleeps on any thread can reach of an executor.
//!
//! One mutex holds the queue, the timers and the parked thread together. That is what makes parking safe: the thread says
//! that it is parked under the same lock under which it has found nothing to do, and whoever brings something to do takes
//! that note under the same lock. No foreign code runs with the lock held, so it cannot be poisoned.

use core::sync::atomic::{AtomicBool, Ordering};
use core::task::Waker;
use core::time::Duration;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Wake;
use std::thread::{self, Thread};

use onpar_core::Instant;

use super::key::Key;
use super::timers::Timers;

pub(super) struct Shared {
    origin: std::time::Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The tasks that have been woken, each at most once.
    ready: VecDeque<Key>,
    timers: Timers,
    /// The executor's thread, if it is parked or about to be.
    parked: Option<Thread>,
}

impl Default for Shared {
    fn default() -> Self {
        Self::new()
    }
}

impl Shared {
    #[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
    pub(super) fn new() -> Self {
        Self { origin: std::time::Instant::now(), state: Mutex::default() }
    }

    #[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
    pub(super) fn now(&self) -> Instant {
        Instant::ORIGIN + std::time::Instant::now().saturating_duration_since(self.origin)
    }

    /// Queues a task. Its waker sees to it that it stands in the queue once.
    pub(super) fn wake(&self, key: Key) {
        let mut state = self.lock();
        state.ready.push_back(key);
        let parked = state.parked.take();
        drop(state);
        unpark(parked);
    }

    /// Waits until there is something to do: moves the woken tasks to `batch` and the wakers that are due to `due`.
    pub(super) fn wait(&self, batch: &mut VecDeque<Key>, due: &mut Vec<Waker>) {
        loop {
            let mut state = self.lock();
            state.parked = None;
            let timeout = state.timers.next().map(|deadline| {
                let now = self.now();
                while let Some(waker) = state.timers.pop_due(now) {
                    due.push(waker);
                }
                deadline - now
            });
            batch.append(&mut state.ready);
            if !batch.is_empty() || !due.is_empty() {
                return;
            }
            state.parked = Some(thread::current());
            drop(state);
            match timeout {
                Some(timeout) => thread::park_timeout(timeout.max(Duration::from_nanos(1))),
                None => thread::park(),
            }
        }
    }

    /// Sets or updates the timer of a sleep, and returns its slot.
    pub(super) fn set_timer(&self, slot: Option<usize>, deadline: Instant, waker: Waker) -> usize {
        let mut state = self.lock();
        let (slot, replaced) = match slot {
            Some(slot) => (slot, state.timers.update(slot, deadline, waker)),
            None => (state.timers.insert(deadline, waker), None),
        };
        let parked = state.parked_for(deadline);
        drop(state);
        drop(replaced);
        unpark(parked);
        slot
    }

    /// Moves the timer of a sleep, unless it has fired: its task then polls the sleep anyway.
    pub(super) fn reset_timer(&self, slot: usize, deadline: Instant) {
        let mut state = self.lock();
        state.timers.reset(slot, deadline);
        let parked = state.parked_for(deadline);
        drop(state);
        unpark(parked);
    }

    pub(super) fn remove_timer(&self, slot: usize) {
        let waker = self.lock().timers.remove(slot);
        drop(waker);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The thread that has to wait less than it thinks, now that there is a timer for `deadline`.
    fn parked_for(&mut self, deadline: Instant) -> Option<Thread> {
        if self.timers.next() == Some(deadline) { self.parked.take() } else { None }
    }
}

fn unpark(parked: Option<Thread>) {
    if let Some(thread) = parked {
        thread.unpark();
    }
}

/// The waker of a task or of a body. Woken twice before the next poll, it queues the task once.
pub(super) struct KeyWaker {
    shared: Arc<Shared>,
    key: Key,
    queued: AtomicBool,
}

impl KeyWaker {
    /// The waker of a task that is in the queue already.
    pub(super) fn queued(shared: &Arc<Shared>, key: Key) -> Arc<Self> {
        Arc::new(Self { shared: Arc::clone(shared), key, queued: AtomicBool::new(true) })
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
            self.shared.wake(self.key);
        }
    }
}
