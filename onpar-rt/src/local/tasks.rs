//! `Tasks`: the slab of an executor's tasks, and how one of them is polled.
//!
//! A task is erased to something that is polled, keeps its output in the place of its future, and hands it out by
//! `dyn Any`. Futures, outputs and wakers are never dropped while the slab is borrowed: their destructors may come back to it.
//!
//! A place keeps its waker when its task has gone, for the next one. So a task costs one allocation, its future, unless
//! somebody still holds a waker of the task before it.

use core::any::Any;
use core::cell::RefCell;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;
use std::sync::Arc;

use onpar_core::JoinError;
use pin_project_lite::pin_project;

use super::key::Key;
use super::shared::{KeyWaker, Shared};
use crate::unwanted::drop_unwanted;

/// A task, without the type of its future.
pub(super) trait Erased {
    /// Polls the future; it must not have ended.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
    /// Moves the output to `output`, an `Option<Result<T, JoinError>>`.
    fn take_output(self: Pin<&mut Self>, output: &mut dyn Any);
}

type Task = Pin<Box<dyn Erased>>;

#[derive(Default)]
pub(super) struct Tasks {
    places: RefCell<Places>,
}

#[derive(Default)]
struct Places {
    all: Vec<Place>,
    free: Vec<u32>,
    /// Whether tasks are let in. Not while those that are left are being dropped.
    closed: bool,
}

struct Place {
    generation: u32,
    status: Status,
    /// Not there while it is being polled.
    task: Option<Task>,
    key_waker: Arc<KeyWaker>,
    /// Made of `key_waker`. Not there while the task is being polled.
    waker: Option<Waker>,
    /// Who waits for the output.
    join: Option<Waker>,
    detached: bool,
    /// Whether its turn came while it was being polled, in a nested `block_on`.
    missed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Free,
    Running,
    /// The output waits for the handle.
    Ended,
}

impl Tasks {
    /// Takes a task in; it has to be queued then. None if no tasks are let in.
    pub(super) fn insert<F>(&self, shared: &Arc<Shared>, future: F) -> Option<Key>
    where
        F: Future<Output: 'static> + 'static,
    {
        let mut places = self.places.borrow_mut();
        if places.closed {
            drop(places);
            drop(future);
            return None;
        }
        let Places { all, free, .. } = &mut *places;
        let mut old = None;
        let (index, place) = if let Some(index) = free.pop() {
            let place = &mut all[index as usize];
            if place.is_shared() {
                let key_waker = KeyWaker::new(shared, index);
                old = place.waker.replace(Waker::from(Arc::clone(&key_waker)));
                place.key_waker = key_waker;
            }
            (index, place)
        } else {
            // More tasks than that do not fit into memory.
            let index = u32::try_from(all.len()).ok().filter(|&index| index != u32::MAX)?;
            all.push(Place::new(shared, index));
            (index, &mut all[index as usize])
        };
        place.key_waker.queued_for(place.generation);
        place.status = Status::Running;
        place.task = Some(Box::pin(Stage::Running { future }));
        let key = Key { index, generation: place.generation };
        drop(places);
        drop(old);
        Some(key)
    }

    /// Polls the task, if it is still there. True if it has to be queued again.
    pub(super) fn poll(&self, key: Key) -> bool {
        let mut places = self.places.borrow_mut();
        let Some(place) = places.get(key) else { return false };
        if place.status != Status::Running {
            return false;
        }
        let (Some(mut task), Some(waker)) = (place.task.take(), place.waker.take()) else {
            place.missed = true;
            return false;
        };
        place.key_waker.polling();
        drop(places);
        let ended = task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();

        let mut places = self.places.borrow_mut();
        let Some(place) = places.get(key) else {
            drop(places);
            drop_unwanted(task);
            drop(waker);
            return false;
        };
        place.waker = Some(waker);
        let missed = core::mem::take(&mut place.missed);
        if !ended {
            place.task = Some(task);
            return missed;
        }
        if place.detached {
            places.vacate(key);
            drop(places);
            drop_unwanted(task);
            return false;
        }
        place.status = Status::Ended;
        place.task = Some(task);
        let join = place.join.take();
        drop(places);
        if let Some(join) = join {
            join.wake();
        }
        false
    }

    /// The output of a task, if it has ended; the task is then forgotten.
    pub(super) fn poll_join<T: 'static>(&self, key: Key, waker: &Waker) -> Poll<Result<T, JoinError>> {
        let mut places = self.places.borrow_mut();
        let Some(place) = places.get(key) else { return Poll::Ready(Err(JoinError::dropped())) };
        if place.status == Status::Running {
            if place.join.as_ref().is_some_and(|old| old.will_wake(waker)) {
                return Poll::Pending;
            }
            drop(places);
            let waker = waker.clone();
            let mut places = self.places.borrow_mut();
            let old = places.get(key).and_then(|place| place.join.replace(waker));
            drop(places);
            drop(old);
            return Poll::Pending;
        }
        let task = place.task.take();
        places.vacate(key);
        drop(places);
        let mut output = None::<Result<T, JoinError>>;
        if let Some(mut task) = task {
            task.as_mut().take_output(&mut output);
        }
        Poll::Ready(output.unwrap_or_else(|| Err(JoinError::dropped())))
    }

    /// Lets the task go on alone, or drops its output.
    pub(super) fn detach(&self, key: Key) {
        let mut places = self.places.borrow_mut();
        let Some(place) = places.get(key) else { return };
        place.detached = true;
        let join = place.join.take();
        let mut output = None;
        if place.status == Status::Ended {
            output = place.task.take();
            places.vacate(key);
        }
        drop(places);
        drop(join);
        drop_unwanted(output);
    }

    /// Drops the tasks that have not ended, and meanwhile lets none in. Their handles give [`JoinError::dropped`].
    /// Returns the first panic of their destructors.
    pub(super) fn clear(&self) -> Option<Box<dyn Any + Send>> {
        self.places.borrow_mut().closed = true;
        let mut panic = None;
        let mut index = 0;
        loop {
            let mut places = self.places.borrow_mut();
            let Some(place) = places.all.get_mut(index as usize) else { break };
            let key = Key { index, generation: place.generation };
            index += 1;
            if place.status != Status::Running {
                continue;
            }
            let (task, join) = (place.task.take(), place.join.take());
            places.vacate(key);
            drop(places);
            let dropped = catch_unwind(AssertUnwindSafe(|| drop(task)));
            panic = panic.or(dropped.err());
            if let Some(join) = join {
                join.wake();
            }
        }
        self.places.borrow_mut().closed = false;
        panic
    }

    /// How many tasks there are, the ended ones included whose output nobody has taken.
    pub(super) fn len(&self) -> usize {
        let places = self.places.borrow();
        places.all.len() - places.free.len()
    }
}

impl Places {
    fn get(&mut self, key: Key) -> Option<&mut Place> {
        self.all.get_mut(key.index as usize).filter(|place| place.generation == key.generation)
    }

    /// Gives the place of a task that has been taken out to the next one.
    fn vacate(&mut self, key: Key) {
        let place = &mut self.all[key.index as usize];
        place.generation = place.generation.wrapping_add(1);
        place.status = Status::Free;
        place.detached = false;
        place.missed = false;
        self.free.push(key.index);
    }
}

impl Place {
    fn new(shared: &Arc<Shared>, index: u32) -> Self {
        let key_waker = KeyWaker::new(shared, index);
        Self {
            generation: 0,
            status: Status::Free,
            task: None,
            waker: Some(Waker::from(Arc::clone(&key_waker))),
            key_waker,
            join: None,
            detached: false,
            missed: false,
        }
    }

    /// Whether somebody else holds the waker, or it has been lost with a task that ended in a nested `block_on`.
    fn is_shared(&self) -> bool {
        // One is `key_waker`, the other `waker`.
        self.waker.is_none() || Arc::strong_count(&self.key_waker) > 2
    }
}

pin_project! {
    /// A task's future, and then its output in the same place.
    #[project = StageProjection]
    enum Stage<F: Future> {
        Running { #[pin] future: F },
        Ended { result: Option<Result<F::Output, JoinError>> },
    }
}

impl<F> Erased for Stage<F>
where
    F: Future<Output: 'static>,
{
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let polled = catch_unwind(AssertUnwindSafe(|| match self.as_mut().project() {
            StageProjection::Running { future } => future.poll(cx).map(Some),
            StageProjection::Ended { result } => Poll::Ready(result.take().and_then(Result::ok)),
        }));
        let result = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(value)) => value.ok_or_else(JoinError::dropped),
            Err(payload) => Err(JoinError::panicked(payload)),
        };
        // The future goes here, and its destructor may panic. As in a thread, that panic is then the result.
        let dropped = catch_unwind(AssertUnwindSafe(|| self.as_mut().set(Self::Ended { result: Some(result) })));
        if let Err(payload) = dropped
            && let StageProjection::Ended { result } = self.project()
        {
            drop_unwanted(result.replace(Err(JoinError::panicked(payload))));
        }
        Poll::Ready(())
    }

    fn take_output(self: Pin<&mut Self>, output: &mut dyn Any) {
        if let (StageProjection::Ended { result }, Some(output)) = (self.project(), output.downcast_mut()) {
            *output = result.take();
        }
    }
}
