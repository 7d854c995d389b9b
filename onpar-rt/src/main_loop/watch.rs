//! `Watch`: a thread that waits in an executor's place, and calls a function when there is something to do.
//!
//! It waits in turns: when it has called the function, it does not look again before the executor has run. Two that wait for the
//! same sockets would be in each other's way, so the executor pauses it before it runs.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::local::shared::Shared;

pub(super) struct Watch {
    state: Arc<Turn>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Turn {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// Nothing has happened since the executor ran: the thread waits, or is about to.
    #[default]
    Watching,
    /// The executor runs, or will: the thread has to come back from its wait.
    Pausing,
    /// The thread is back, or has called the function.
    Paused,
    Over,
}

impl Watch {
    pub(super) fn start(shared: Arc<Shared>, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let state = Arc::<Turn>::default();
        let (turn, of_executor) = (Arc::clone(&state), Arc::clone(&shared));
        thread::Builder::new().name("onpar-main-loop".into()).spawn(move || turn.watch(&of_executor, &wake))?;
        Ok(Self { state, shared })
    }

    /// Brings the thread back from its wait, and keeps it from waiting.
    pub(super) fn pause(&self) {
        let mut state = self.state.lock();
        if *state == State::Watching {
            *state = State::Pausing;
            self.state.changed.notify_all();
        }
        while *state == State::Pausing {
            drop(state);
            self.shared.interrupt();
            state = self.state.lock();
            if *state == State::Pausing {
                state = self.state.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Lets the thread wait again.
    pub(super) fn resume(&self) {
        let mut state = self.state.lock();
        if *state == State::Paused {
            self.shared.go_on();
            *state = State::Watching;
        }
        drop(state);
        self.state.changed.notify_all();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.pause();
        *self.state.lock() = State::Over;
        self.state.changed.notify_all();
    }
}

impl Turn {
    fn watch(&self, shared: &Shared, wake: &impl Fn()) {
        loop {
            let mut state = self.lock();
            match *state {
                State::Over => return,
                State::Watching => {
                    drop(state);
                    let found = shared.watch();
                    state = self.lock();
                    let paused = *state == State::Pausing;
                    if found || paused {
                        *state = State::Paused;
                        self.changed.notify_all();
                    }
                    drop(state);
                    if found && !paused {
                        wake();
                    }
                }
                State::Pausing => {
                    *state = State::Paused;
                    self.changed.notify_all();
                }
                State::Paused => drop(self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
