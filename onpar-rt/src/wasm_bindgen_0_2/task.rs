//! [`Task`]: the handle of a task in the event loop of JavaScript.

use core::cell::RefCell;
use core::fmt;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;

use onpar_core::JoinError;

use crate::caught::Caught;

/// The handle of a task: gives its output. Dropping it detaches the task.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct Task<T> {
    state: Rc<RefCell<State<T>>>,
}

enum State<T> {
    /// And who waits for its end.
    Running(Option<Waker>),
    Ended(Result<T, JoinError>),
    Taken,
}

/// The task's own end. One that is dropped before it was given an output gives an error.
struct Giver<T> {
    state: Rc<RefCell<State<T>>>,
}

/// A task, and what runs it.
pub(super) fn pair<F: Future>(future: F) -> (Task<F::Output>, impl Future<Output = ()> + use<F>) {
    let state = Rc::new(RefCell::new(State::Running(None)));
    let giver = Giver { state: Rc::clone(&state) };
    (Task { state }, async move { giver.end(Caught::new(future).await) })
}

impl<T> Giver<T> {
    fn end(&self, result: Result<T, JoinError>) {
        if let State::Ended(_) | State::Taken = *self.state.borrow() {
            return;
        }
        if let State::Running(Some(waker)) = self.state.replace(State::Ended(result)) {
            waker.wake();
        }
    }
}

impl<T> Drop for Giver<T> {
    fn drop(&mut self) {
        self.end(Err(JoinError::dropped()));
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let waker = cx.waker().clone();
        let mut state = self.state.borrow_mut();
        match mem::replace(&mut *state, State::Taken) {
            State::Running(before) => {
                *state = State::Running(Some(waker));
                drop(state);
                drop(before);
                Poll::Pending
            }
            State::Ended(result) => Poll::Ready(result),
            State::Taken => Poll::Ready(Err(JoinError::dropped())),
        }
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ended = !matches!(*self.state.borrow(), State::Running(_));
        f.debug_struct("Task").field("ended", &ended).finish_non_exhaustive()
    }
}
