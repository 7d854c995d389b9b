//! [`Task`]: the handle of a task in the event loop of JavaScript.

use core::cell::RefCell;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::rc::Rc;

use onpar_core::JoinError;

use crate::join_state::{self, JoinState, Lock, has_ended, poll_join};

/// The handle of a task: gives its output. Dropping it detaches the task.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct Task<T> {
    state: Shared<T>,
}

/// There is one thread.
struct Shared<T>(Rc<RefCell<JoinState<T>>>);

impl<T> Lock<T> for Shared<T> {
    fn new(state: JoinState<T>) -> Self {
        Self(Rc::new(RefCell::new(state)))
    }

    fn lock<R>(&self, act: impl FnOnce(&mut JoinState<T>) -> R) -> R {
        act(&mut self.0.borrow_mut())
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

/// A task, and what runs it.
pub(super) fn pair<F: Future>(future: F) -> (Task<F::Output>, impl Future<Output = ()> + use<F>) {
    let (state, run) = join_state::pair(future);
    (Task { state }, run)
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        poll_join(&self.state, cx)
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("ended", &has_ended(&self.state)).finish_non_exhaustive()
    }
}
