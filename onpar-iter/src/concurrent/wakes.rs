//! `Wakes`: which calls of a stage have been woken since its last poll.
//!
//! Each slot has a waker of its own, made once, that writes the slot's number into a list; so a poll touches what was woken
//! and nothing else. The task is woken by the first entry of a list alone, however many follow before it is polled.

use alloc::sync::Arc;
use alloc::task::Wake;
use alloc::vec::Vec;
use core::mem;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::Waker;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The list of a stage.
#[derive(Default)]
pub(super) struct Wakes(Mutex<List>);

#[derive(Default)]
struct List {
    slots: Vec<usize>,
    /// Who polls the stage. Taken by the first entry.
    task: Option<Waker>,
}

impl Wakes {
    /// A waker for the slot with this number.
    pub(super) fn waker(self: &Arc<Self>, slot: usize) -> (Arc<SlotWaker>, Waker) {
        let slot = Arc::new(SlotWaker { slot, listed: AtomicBool::new(false), wakes: Arc::clone(self) });
        (Arc::clone(&slot), Waker::from(slot))
    }

    /// Takes the list, into `woken`, which is empty; and has `task` woken by the next entry.
    pub(super) fn take(&self, woken: &mut Vec<usize>, task: &Waker) {
        let mut list = self.lock();
        mem::swap(&mut list.slots, woken);
        if !list.task.as_ref().is_some_and(|known| known.will_wake(task)) {
            list.task = Some(task.clone());
        }
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        // Nothing that is done under the lock can panic half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The waker of one slot.
pub(super) struct SlotWaker {
    slot: usize,
    /// Whether it stands in the list.
    listed: AtomicBool,
    wakes: Arc<Wakes>,
}

impl SlotWaker {
    /// The slot is about to be polled: a wake from now on counts anew.
    pub(super) fn reset(&self) {
        // Acquire: the poll sees what was done before the wake that it follows.
        self.listed.swap(false, Ordering::AcqRel);
    }
}

impl Wake for SlotWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.listed.swap(true, Ordering::AcqRel) {
            return;
        }
        let mut list = self.wakes.lock();
        list.slots.push(self.slot);
        let task = list.task.take();
        drop(list);
        if let Some(task) = task {
            task.wake();
        }
    }
}
