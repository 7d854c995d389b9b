//! [`Task`]: the handle of a task of embassy's.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::cell::RefCell;
use core::fmt;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use critical_section::Mutex;
use embassy_executor::SpawnToken;
use onpar_core::JoinError;

use super::storages::{Kept, Storages};
use crate::caught::Caught;

/// The handle of a task of embassy's: gives its output. Dropping it detaches the task.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct Task<T> {
    output: Arc<Output<T>>,
}

struct Output<T> {
    state: Mutex<RefCell<State<T>>>,
}

enum State<T> {
    /// And who waits for its end.
    Running(Option<Waker>),
    Ended(Result<T, JoinError>),
    Taken,
}

/// The task's own end. One that is dropped before it was given an output gives an error.
struct Giver<T> {
    output: Arc<Output<T>>,
}

type Staying = Pin<Box<dyn Future<Output = ()>>>;
type Movable = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A task for a spawner of the same thread.
pub(super) fn staying<F>(future: F) -> (Task<F::Output>, SpawnToken<Kept<Staying>>)
where
    F: Future<Output: 'static> + 'static,
{
    static STORAGES: Storages<Staying> = Storages::new();
    let (task, giver) = pair();
    (task, STORAGES.keep(Box::pin(async move { giver.end(Caught::new(future).await) })))
}

/// A task for any spawner.
pub(super) fn movable<F>(future: F) -> (Task<F::Output>, SpawnToken<Kept<Movable>>)
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    static STORAGES: Storages<Movable> = Storages::new();
    let (task, giver) = pair();
    (task, STORAGES.keep(Box::pin(async move { giver.end(Caught::new(future).await) })))
}

fn pair<T>() -> (Task<T>, Giver<T>) {
    let output = Arc::new(Output { state: Mutex::new(RefCell::new(State::Running(None))) });
    (Task { output: Arc::clone(&output) }, Giver { output })
}

impl<T> Output<T> {
    fn lock<R>(&self, act: impl FnOnce(&mut State<T>) -> R) -> R {
        critical_section::with(|token| act(&mut self.state.borrow_ref_mut(token)))
    }
}

impl<T> Giver<T> {
    fn end(&self, result: Result<T, JoinError>) {
        // What is not needed is dropped outside of the lock: it may be anybody's.
        let (waker, left) = self.output.lock(|state| match state {
            State::Running(waker) => (waker.take(), Some(mem::replace(state, State::Ended(result)))),
            State::Ended(_) | State::Taken => (None, Some(State::Ended(result))),
        });
        drop(left);
        if let Some(waker) = waker {
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
        let (before, result) = self.output.lock(|state| match mem::replace(state, State::Taken) {
            State::Running(before) => {
                *state = State::Running(Some(waker));
                (before, None)
            }
            State::Ended(result) => (Some(waker), Some(result)),
            State::Taken => (Some(waker), Some(Err(JoinError::dropped()))),
        });
        drop(before);
        result.map_or(Poll::Pending, Poll::Ready)
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ended = self.output.lock(|state| !matches!(state, State::Running(_)));
        f.debug_struct("Task").field("ended", &ended).finish_non_exhaustive()
    }
}
