//! [`Task`]: the handle of a task, and the future that fills it.

use core::any::Any;
use core::fmt;
use core::mem;
use core::panic::{AssertUnwindSafe, Location};
use core::pin::Pin;
use core::task::{Context, Poll, Waker, ready};
use std::borrow::Cow;
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onpar_core::JoinError;
use pin_project_lite::pin_project;

use super::scheduler::{Panicked, Shared, Wait};
use super::task_id::TaskId;

/// The handle of a task of a simulation: gives the task's output. Dropping it detaches the task.
///
/// # Cancel safety
///
/// Dropping it loses the output, and not the task.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct Task<T> {
    slot: Arc<Slot<T>>,
}

/// Where the output goes. Only ever locked for a move, so the lock cannot be poisoned.
pub(super) struct Slot<T> {
    shared: Arc<Shared>,
    id: TaskId,
    name: Option<Cow<'static, str>>,
    place: &'static Location<'static>,
    state: Mutex<SlotState<T>>,
}

struct SlotState<T> {
    result: Option<Result<T, JoinError>>,
    waker: Option<Waker>,
    /// Whether the handle has been dropped.
    unwanted: bool,
}

impl<T> Slot<T> {
    fn lock(&self) -> MutexGuard<'_, SlotState<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fill(&self, result: Result<T, JoinError>) {
        let mut state = self.lock();
        if state.unwanted {
            drop(state);
            return self.drop_unwanted(result);
        }
        state.result = Some(result);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// A panic of its destructor is the task's, whoever drops it.
    fn drop_unwanted(&self, result: Result<T, JoinError>) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(result))) {
            self.note_panic(&*payload);
            // What a panic carries may be anything, and may panic in turn. The second one is kept for ever.
            if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
                mem::forget(another);
            }
        }
    }

    fn fill_panicked(&self, payload: Box<dyn Any + Send>) {
        self.note_panic(&*payload);
        self.fill(Err(JoinError::panicked(payload)));
    }

    fn note_panic(&self, payload: &(dyn Any + Send)) {
        let message = words(payload);
        let panicked = Panicked { name: self.name.clone(), place: self.place, message };
        let before = self.shared.lock().panics.insert(self.id, panicked);
        drop(before);
    }
}

impl<T> Task<T> {
    /// The handle of task `id`, or of a task that will never run.
    pub(super) fn new(
        shared: &Arc<Shared>,
        id: Option<TaskId>,
        name: Option<Cow<'static, str>>,
        place: &'static Location<'static>,
    ) -> Self {
        let result = if id.is_some() { None } else { Some(Err(JoinError::dropped())) };
        let state = Mutex::new(SlotState { result, waker: None, unwanted: false });
        let id = id.unwrap_or(TaskId::BODY);
        Self { slot: Arc::new(Slot { shared: Arc::clone(shared), id, name, place, state }) }
    }

    /// Wraps the future that is to fill the handle.
    pub(super) fn run<F: Future<Output = T>>(&self, future: F) -> Run<F> {
        Run { future: Some(future), slot: Arc::clone(&self.slot), filled: false }
    }

    /// The task's number, as reports and traces have it.
    pub fn id(&self) -> u64 {
        self.slot.id.0
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let slot = &self.slot;
        let mut state = slot.lock();
        let Some(result) = state.result.take() else {
            let old = state.waker.replace(cx.waker().clone());
            drop(state);
            drop(old);
            slot.shared.lock().waits(Wait::Task(slot.id));
            return Poll::Pending;
        };
        drop(state);
        if result.is_err() {
            let seen = slot.shared.lock().panics.remove(&slot.id);
            drop(seen);
        }
        Poll::Ready(result)
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        let mut state = self.slot.lock();
        state.unwanted = true;
        let (result, waker) = (state.result.take(), state.waker.take());
        drop(state);
        drop(waker);
        if let Some(result) = result {
            self.slot.drop_unwanted(result);
        }
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("id", &self.id()).finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of a task: catches its panics, and fills its handle.
    pub(super) struct Run<F: Future> {
        #[pin]
        future: Option<F>,
        slot: Arc<Slot<F::Output>>,
        filled: bool,
    }

    impl<F: Future> PinnedDrop for Run<F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if !*this.filled {
                this.slot.fill(Err(JoinError::dropped()));
            }
        }
    }
}

impl<F: Future> Future for Run<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let polled = catch_unwind(AssertUnwindSafe(|| match this.future.as_mut().as_pin_mut() {
            Some(future) => future.poll(cx).map(Ok),
            None => Poll::Ready(Err(JoinError::dropped())),
        }));
        let result = match polled {
            Ok(poll) => Ok(ready!(poll)),
            Err(payload) => Err(payload),
        };
        // What the task holds is dropped before its output is there. As in a thread, a panic of a destructor is then the result.
        let dropped = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
        *this.filled = true;
        match (dropped, result) {
            (Ok(()), Ok(result)) => this.slot.fill(result),
            (Err(payload), Ok(result)) => {
                this.slot.drop_unwanted(result);
                this.slot.fill_panicked(payload);
            }
            (dropped, Err(payload)) => {
                // The first panic is the result.
                if let Err(second) = dropped {
                    this.slot.drop_unwanted(Err(JoinError::panicked(second)));
                }
                this.slot.fill_panicked(payload);
            }
        }
        Poll::Ready(())
    }
}

/// What a panic said, if it said it in words.
fn words(payload: &(dyn Any + Send)) -> Option<String> {
    let words = payload.downcast_ref::<&'static str>().map(|words| (*words).to_owned());
    words.or_else(|| payload.downcast_ref::<String>().cloned())
}
