//! [`Wakes`]: wakers that note who was woken, in order, and then wake the check.

use core::task::Waker;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Wake;

/// A log of wakes.
#[derive(Clone, Default)]
pub(super) struct Wakes {
    log: Arc<Mutex<Vec<usize>>>,
}

struct Noting {
    wakes: Wakes,
    number: usize,
    outer: Waker,
}

impl Wakes {
    /// A waker that notes `number`, and wakes `outer`.
    pub(super) fn waker(&self, number: usize, outer: &Waker) -> Waker {
        Waker::from(Arc::new(Noting { wakes: self.clone(), number, outer: outer.clone() }))
    }

    /// Who has been woken, in order.
    pub(super) fn seen(&self) -> Vec<usize> {
        self.lock().clone()
    }

    /// Who has been woken, in order; forgets it.
    pub(super) fn take(&self) -> Vec<usize> {
        core::mem::take(&mut *self.lock())
    }

    /// How many wakers of this log there are.
    pub(super) fn wakers(&self) -> usize {
        Arc::strong_count(&self.log) - 1
    }

    fn lock(&self) -> MutexGuard<'_, Vec<usize>> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Noting {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wakes.lock().push(self.number);
        self.outer.wake_by_ref();
    }
}
