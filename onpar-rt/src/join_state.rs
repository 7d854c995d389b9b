//! `JoinState`: what a task and its handle know of each other, where the runtime's own tasks have no handles. It stands behind a
//! lock of the runtime's kind, a `Lock`.
//!
//! Nothing is dropped or woken under the lock: what is dropped may be anybody's, and may come back to it.

use core::marker::PhantomData;
use core::mem;
use core::task::{Context, Poll, Waker};

use onpar_core::JoinError;

use crate::caught::Caught;
use crate::output::Output;

pub(crate) enum JoinState<T> {
    /// And who waits for its end.
    Running(Option<Waker>),
    Ended(Output<T>),
    Taken,
}

/// A `JoinState` that a task and its handle share.
pub(crate) trait Lock<T>: Clone {
    fn new(state: JoinState<T>) -> Self;
    fn lock<R>(&self, act: impl FnOnce(&mut JoinState<T>) -> R) -> R;
}

/// The handle's end of a task, and what runs the task.
pub(crate) fn pair<F: Future, L: Lock<F::Output>>(future: F) -> (L, impl Future<Output = ()> + use<F, L>) {
    let state = L::new(JoinState::Running(None));
    let giver = Giver { state: state.clone(), output: PhantomData };
    (state, async move { giver.end(Caught::new(future).await) })
}

/// The handle's poll.
pub(crate) fn poll_join<T>(state: &impl Lock<T>, cx: &Context<'_>) -> Poll<Result<T, JoinError>> {
    let waker = cx.waker().clone();
    let (unneeded, polled) = state.lock(|state| match mem::replace(state, JoinState::Taken) {
        JoinState::Running(before) => {
            *state = JoinState::Running(Some(waker));
            (before, Poll::Pending)
        }
        JoinState::Ended(output) => (Some(waker), Poll::Ready(output.take())),
        JoinState::Taken => (Some(waker), Poll::Ready(Err(JoinError::dropped()))),
    });
    drop(unneeded);
    polled
}

/// Whether the task has ended.
pub(crate) fn has_ended<T>(state: &impl Lock<T>) -> bool {
    state.lock(|state| !matches!(state, JoinState::Running(_)))
}

/// The task's own end. One that is dropped before it was given an output gives an error.
struct Giver<T, L: Lock<T>> {
    state: L,
    output: PhantomData<fn(T)>,
}

impl<T, L: Lock<T>> Giver<T, L> {
    fn end(&self, output: Output<T>) {
        let (waker, left) = self.state.lock(|state| match state {
            JoinState::Running(waker) => (waker.take(), mem::replace(state, JoinState::Ended(output))),
            JoinState::Ended(_) | JoinState::Taken => (None, JoinState::Ended(output)),
        });
        drop(left);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T, L: Lock<T>> Drop for Giver<T, L> {
    fn drop(&mut self) {
        self.end(Output::new(Err(JoinError::dropped())));
    }
}
