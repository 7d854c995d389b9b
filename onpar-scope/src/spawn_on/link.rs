//! [`Link`]: what a task and its scope share.
//!
//! A task comes to its end in two steps: its work ends, and then its cleanups do. The scope hears of both.
//!
//! There is one lock for everything, since all that is done under it is to move a few words. Users' values are dropped, and
//! wakers called and dropped, outside of it. It is never poisoned: nothing under it panics but perhaps a waker's `clone`.

use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, MutexGuard, PoisonError};

use onpar_core::CancelReason;

use crate::panics::{Payload, caught, discard};
use crate::{CleanupError, hook};

pub(super) struct Link<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    told: Option<Told>,
    /// Wakes the task, when it is told something.
    task: Option<Waker>,
    /// Whether the task has come to its end.
    over: bool,
    left: Left<T>,
    /// Wakes whoever waits in the scope.
    scope: Option<Waker>,
}

/// What the scope has told the task.
#[derive(Clone, Copy)]
pub(super) enum Told {
    /// The work is to be cancelled.
    Cancel(CancelReason),
    /// The scope's budget is spent: it waits for the cleanups no longer.
    GiveUp(CancelReason),
}

/// What a task leaves for its scope to take.
pub(super) struct Left<T> {
    /// How the work has ended.
    pub(super) end: Option<End<T>>,
    /// What went wrong with the cleanups.
    pub(super) errors: Vec<CleanupError>,
}

/// How the work of a task has ended.
pub(super) enum End<T> {
    Value(T),
    Panic(Payload),
    /// The runtime dropped the task.
    Dropped,
}

impl<T> Link<T> {
    pub(super) fn new() -> Self {
        let left = Left { end: None, errors: Vec::new() };
        Self { state: Mutex::new(State { told: None, task: None, over: false, left, scope: None }) }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The task's side.
impl<T> Link<T> {
    /// Whether anybody still wants the work: one that has not begun need not begin then.
    pub(super) fn is_wanted(&self) -> bool {
        self.lock().told.is_none()
    }

    /// What the task has been told. From now on this poll's waker is woken when it is told more.
    pub(super) fn told(&self, cx: &Context<'_>) -> Option<Told> {
        let mut state = self.lock();
        let old = leave(&mut state.task, cx);
        let told = state.told;
        drop(state);
        drop(old);
        told
    }

    /// The work has ended; the cleanups may not have.
    pub(super) fn end(&self, end: End<T>) {
        let mut state = self.lock();
        state.left.end = Some(end);
        wake(state);
    }

    /// The task has come to its end.
    pub(super) fn finish(&self, errors: Vec<CleanupError>) {
        let mut state = self.lock();
        state.over = true;
        state.left.errors = errors;
        let task = state.task.take();
        wake(state);
        drop(task);
    }

    /// The runtime drops the task, which may have come to its end.
    pub(super) fn dropped(&self) {
        let mut state = self.lock();
        if !state.over {
            state.over = true;
            state.left.end.get_or_insert(End::Dropped);
            wake(state);
        }
    }
}

/// The scope's side.
impl<T> Link<T> {
    /// The work is to be cancelled, if it has not ended. The first reason counts.
    pub(super) fn cancel(&self, reason: CancelReason) {
        self.tell(|told| told.unwrap_or(Told::Cancel(reason)));
    }

    /// The scope waits for the cleanups no longer.
    pub(super) fn give_up(&self) {
        self.tell(|told| match told {
            Some(Told::Cancel(reason) | Told::GiveUp(reason)) => Told::GiveUp(reason),
            None => Told::GiveUp(CancelReason::Dropped),
        });
    }

    fn tell(&self, words: impl FnOnce(Option<Told>) -> Told) {
        let mut state = self.lock();
        state.told = Some(words(state.told));
        let task = state.task.take();
        drop(state);
        if let Some(task) = task {
            task.wake();
        }
    }

    /// How the work has ended, if it has, and nobody has taken it.
    pub(super) fn take_end(&self) -> Option<End<T>> {
        self.lock().left.end.take()
    }

    /// Waits until the work has ended.
    pub(super) fn poll_end(&self, cx: &Context<'_>) -> Poll<End<T>> {
        self.poll(cx, |state| state.left.end.take())
    }

    /// What the task has left, if it has come to its end.
    pub(super) fn take_left(&self) -> Option<Left<T>> {
        self.lock().take_left()
    }

    /// Waits until the task has come to its end.
    pub(super) fn poll_left(&self, cx: &Context<'_>) -> Poll<Left<T>> {
        self.poll(cx, State::take_left)
    }

    fn poll<R>(&self, cx: &Context<'_>, take: impl FnOnce(&mut State<T>) -> Option<R>) -> Poll<R> {
        let mut state = self.lock();
        let taken = take(&mut state);
        let old = if taken.is_none() { leave(&mut state.scope, cx) } else { None };
        drop(state);
        drop(old);
        taken.map_or(Poll::Pending, Poll::Ready)
    }
}

impl<T> State<T> {
    fn take_left(&mut self) -> Option<Left<T>> {
        let Left { end, errors } = &mut self.left;
        self.over.then(|| Left { end: end.take(), errors: core::mem::take(errors) })
    }
}

/// Wakes whoever waits in the scope, outside of the lock.
fn wake<T>(mut state: MutexGuard<'_, State<T>>) {
    let scope = state.scope.take();
    drop(state);
    if let Some(scope) = scope {
        scope.wake();
    }
}

/// Leaves the waker of this poll, and gives back the one that was there, to be dropped outside of the lock.
fn leave(place: &mut Option<Waker>, cx: &Context<'_>) -> Option<Waker> {
    let same = place.as_ref().is_some_and(|waker| waker.will_wake(cx.waker()));
    if same { None } else { place.replace(cx.waker().clone()) }
}

impl<T> Drop for Link<T> {
    fn drop(&mut self) {
        // There is something only if nobody in the scope waited for it: the wait was leaked, or cut short by the budget.
        if let Some(Left { end, errors }) = self.take_left() {
            errors.iter().for_each(hook::report);
            // The panic hook has told of a panic in here.
            discard(caught(|| drop((end, errors))));
        }
    }
}
