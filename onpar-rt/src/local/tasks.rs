//! `Tasks`: the slab of an executor's tasks, and how one of them is polled.
//!
//! A task is erased to something that is polled, keeps its output in the place of its future, and hands it out by
//! `dyn Any`. Futures and outputs are never dropped while the slab is borrowed: their destructors may come back to it.

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
    record: Option<Record>,
}

struct Record {
    /// Not there while it is being polled.
    task: Option<Task>,
    key_waker: Arc<KeyWaker>,
    waker: Waker,
    /// Who waits for the output.
    join: Option<Waker>,
    ended: bool,
    detached: bool,
    /// Whether its turn came while it was being polled, in a nested `block_on`.
    missed: bool,
}

impl Tasks {
    /// Takes a task in, and queues it. None if no tasks are let in.
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
        let index = match places.free.pop() {
            Some(index) => index,
            // More tasks than that do not fit into memory.
            None => u32::try_from(places.all.len()).ok().filter(|&index| index != u32::MAX)?,
        };
        if index as usize == places.all.len() {
            places.all.push(Place { generation: 0, record: None });
        }
        let place = &mut places.all[index as usize];
        let key = Key { index, generation: place.generation };
        let key_waker = KeyWaker::queued(shared, key);
        place.record = Some(Record {
            task: Some(Box::pin(Stage::Running { future })),
            waker: Waker::from(Arc::clone(&key_waker)),
            key_waker,
            join: None,
            ended: false,
            detached: false,
            missed: false,
        });
        drop(places);
        shared.wake(key);
        Some(key)
    }

    /// Polls the task, if it is still there.
    pub(super) fn poll(&self, shared: &Shared, key: Key) {
        let mut places = self.places.borrow_mut();
        let Some(record) = places.record(key).filter(|record| !record.ended) else { return };
        let Some(mut task) = record.task.take() else {
            record.missed = true;
            return;
        };
        record.key_waker.polling();
        let waker = record.waker.clone();
        drop(places);
        let ended = task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();
        drop(waker);
        self.polled(shared, key, task, ended);
    }

    fn polled(&self, shared: &Shared, key: Key, task: Task, ended: bool) {
        let mut places = self.places.borrow_mut();
        let Some(record) = places.record(key) else {
            drop(places);
            drop(task);
            return;
        };
        record.ended = ended;
        if ended && record.detached {
            let record = places.vacate(key);
            drop(places);
            drop(record);
            drop(task);
            return;
        }
        record.task = Some(task);
        let again = core::mem::take(&mut record.missed) && !ended;
        let join = if ended { record.join.take() } else { None };
        drop(places);
        if again {
            shared.wake(key);
        }
        if let Some(join) = join {
            join.wake();
        }
    }

    /// The output of a task, if it has ended; the task is then forgotten.
    pub(super) fn poll_join<T: 'static>(&self, key: Key, waker: &Waker) -> Poll<Result<T, JoinError>> {
        let waker = waker.clone();
        let mut places = self.places.borrow_mut();
        let Some(record) = places.record(key) else { return Poll::Ready(Err(JoinError::dropped())) };
        if !record.ended {
            let old = record.join.replace(waker);
            drop(places);
            drop(old);
            return Poll::Pending;
        }
        let record = places.vacate(key);
        drop(places);
        let mut output = None::<Result<T, JoinError>>;
        if let Some(mut task) = record.and_then(|record| record.task) {
            task.as_mut().take_output(&mut output);
        }
        Poll::Ready(output.unwrap_or_else(|| Err(JoinError::dropped())))
    }

    /// Lets the task go on alone, or drops its output.
    pub(super) fn detach(&self, key: Key) {
        let mut places = self.places.borrow_mut();
        let Some(record) = places.record(key) else { return };
        record.detached = true;
        let join = record.join.take();
        let record = if record.ended { places.vacate(key) } else { None };
        drop(places);
        drop((join, record));
    }

    /// Drops the tasks that have not ended, and meanwhile lets none in. Their handles give [`JoinError::dropped`].
    /// Returns the first panic of their destructors.
    pub(super) fn clear(&self) -> Option<Box<dyn Any + Send>> {
        self.places.borrow_mut().closed = true;
        let mut panic = None;
        let mut index = 0;
        loop {
            let mut places = self.places.borrow_mut();
            let Some(place) = places.all.get(index as usize) else { break };
            let key = Key { index, generation: place.generation };
            index += 1;
            if place.record.as_ref().is_none_or(|record| record.ended) {
                continue;
            }
            let record = places.vacate(key);
            drop(places);
            let join = record.and_then(|mut record| {
                let join = record.join.take();
                let dropped = catch_unwind(AssertUnwindSafe(|| drop(record)));
                panic = panic.take().or(dropped.err());
                join
            });
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
    fn record(&mut self, key: Key) -> Option<&mut Record> {
        let place = self.all.get_mut(key.index as usize)?;
        place.record.as_mut().filter(|_| place.generation == key.generation)
    }

    fn vacate(&mut self, key: Key) -> Option<Record> {
        let place = &mut self.all[key.index as usize];
        let record = place.record.take()?;
        place.generation = place.generation.wrapping_add(1);
        self.free.push(key.index);
        Some(record)
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
        if let Err(payload) = dropped {
            self.set(Self::Ended { result: Some(Err(JoinError::panicked(payload))) });
        }
        Poll::Ready(())
    }

    fn take_output(self: Pin<&mut Self>, output: &mut dyn Any) {
        if let (StageProjection::Ended { result }, Some(output)) = (self.project(), output.downcast_mut()) {
            *output = result.take();
        }
    }
}
