//! [`Connections`]: how many there are, and whether they are to end. Server, connections and [`Closing`] share it.
//!
//! It is what a library would take a watch channel for. Each waiter has a number, and leaves its waker under it; whoever changes
//! something wakes them all, outside of the lock.

use core::future::poll_fn;
use core::task::{Context, Poll, Waker};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where a server stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    Serving,
    /// No more requests, but answers to those that have begun to come in.
    Closing,
    /// Nothing more.
    Over,
}

#[derive(Clone)]
pub(crate) struct Connections {
    state: Arc<Mutex<State>>,
}

struct State {
    phase: Phase,
    open: usize,
    answered: u64,
    broken: u64,
    next: u64,
    wakers: BTreeMap<u64, Waker>,
}

impl Connections {
    pub(crate) fn new() -> Self {
        let state = State { phase: Phase::Serving, open: 0, answered: 0, broken: 0, next: 0, wakers: BTreeMap::new() };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing under the lock panics but perhaps a waker's `clone`, before anything has changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        let wakers = core::mem::take(&mut state.wakers);
        drop(state);
        wakers.into_values().for_each(Waker::wake);
    }

    /// Opens one; it ends when the value is dropped.
    pub(crate) fn open(&self) -> Open {
        self.lock().open += 1;
        Open(self.clone())
    }

    pub(crate) fn count(&self) -> usize {
        self.lock().open
    }

    /// How many requests have been answered, and how many connections broke.
    pub(crate) fn totals(&self) -> (u64, u64) {
        let state = self.lock();
        (state.answered, state.broken)
    }

    pub(crate) fn count_broken(&self) {
        self.lock().broken += 1;
    }

    pub(crate) fn count_answer(&self) {
        self.lock().answered += 1;
    }

    pub(crate) fn phase(&self) -> Phase {
        self.lock().phase
    }

    pub(crate) fn enter(&self, phase: Phase) {
        self.change(|state| state.phase = state.phase.max(phase));
    }

    /// A place to wait in.
    pub(crate) fn waiter(&self) -> Waiter {
        let mut state = self.lock();
        state.next += 1;
        Waiter { connections: self.clone(), number: state.next }
    }

    /// Waits until fewer than so many are open, or the phase has come.
    pub(crate) async fn fewer_than(&self, limit: usize, phase: Phase) {
        let waiter = self.waiter();
        poll_fn(|cx| waiter.poll(cx, |open, now| open < limit || now >= phase)).await;
    }
}

/// One who waits.
pub(crate) struct Waiter {
    connections: Connections,
    number: u64,
}

impl Waiter {
    /// Waits until this is true of the number of connections and the phase.
    pub(crate) fn poll(&self, cx: &Context<'_>, is_enough: impl Fn(usize, Phase) -> bool) -> Poll<()> {
        let mut state = self.connections.lock();
        if is_enough(state.open, state.phase) {
            return Poll::Ready(());
        }
        let old = state.wakers.insert(self.number, cx.waker().clone());
        drop(state);
        drop(old);
        Poll::Pending
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let waker = self.connections.lock().wakers.remove(&self.number);
        drop(waker);
    }
}

/// An open connection.
pub(crate) struct Open(Connections);

impl Open {
    pub(crate) fn of(&self) -> &Connections {
        &self.0
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.change(|state| state.open -= 1);
    }
}

/// Tells a server to close: a signal handler, an administrator's request, a test. Made by [`Server::closing`](crate::Server::closing).
///
/// # Examples
///
/// ```
/// use slow_proto::{Limits, Server};
///
/// let server = Server::new(async |request: Vec<u8>| request, Limits::default());
/// let closing = server.closing();
/// assert!(!closing.is_closing());
/// closing.close();
/// assert!(closing.is_closing());
/// ```
#[derive(Clone)]
pub struct Closing(pub(crate) Connections);

impl Closing {
    /// No more connections, and no more requests. [`Server::serve`](crate::Server::serve) returns when those that have begun to
    /// come in are answered.
    pub fn close(&self) {
        self.0.enter(Phase::Closing);
    }

    /// Whether it has been told so.
    pub fn is_closing(&self) -> bool {
        self.0.phase() >= Phase::Closing
    }
}

impl fmt::Debug for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Closing").field("is_closing", &self.is_closing()).finish()
    }
}
