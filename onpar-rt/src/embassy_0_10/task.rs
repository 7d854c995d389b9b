//! [`Task`]: the handle of a task of embassy's.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::cell::RefCell;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use critical_section::Mutex;
use embassy_executor::SpawnToken;
use onpar_core::JoinError;

use super::storages::{Kept, Storages};
use crate::join_state::{JoinState, Lock, has_ended, pair, poll_join};

/// The handle of a task of embassy's: gives its output. Dropping it detaches the task.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct Task<T> {
    state: Shared<T>,
}

/// What interrupts and threads may come to as well.
struct Shared<T>(Arc<Mutex<RefCell<JoinState<T>>>>);

impl<T> Lock<T> for Shared<T> {
    fn new(state: JoinState<T>) -> Self {
        Self(Arc::new(Mutex::new(RefCell::new(state))))
    }

    fn lock<R>(&self, act: impl FnOnce(&mut JoinState<T>) -> R) -> R {
        critical_section::with(|token| act(&mut self.0.borrow_ref_mut(token)))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

type Staying = Pin<Box<dyn Future<Output = ()>>>;
type Movable = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A task for a spawner of the same thread.
pub(super) fn staying<F>(future: F) -> (Task<F::Output>, SpawnToken<Kept<Staying>>)
where
    F: Future<Output: 'static> + 'static,
{
    static STORAGES: Storages<Staying> = Storages::new();
    let (state, run) = pair(future);
    (Task { state }, STORAGES.keep(Box::pin(run)))
}

/// A task for any spawner.
pub(super) fn movable<F>(future: F) -> (Task<F::Output>, SpawnToken<Kept<Movable>>)
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    static STORAGES: Storages<Movable> = Storages::new();
    let (state, run) = pair(future);
    (Task { state }, STORAGES.keep(Box::pin(run)))
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
