//! [`Waiting`]: the readers that wait for an item, and whether the stream has been woken since it was last polled.
//!
//! It is the stream's waker: to wake it is to remember that, and to wake everybody who waits. It knows nothing of the stream,
//! so it may be woken on any thread, whatever the stream is.

use alloc::sync::Arc;
use alloc::task::Wake;
use alloc::vec::Vec;
use core::mem;
use core::task::Waker;

use crate::primitives::{Mutex, MutexGuard, PoisonError};

#[derive(Default)]
pub(super) struct Waiting(Mutex<Places>);

#[derive(Default)]
struct Places {
    /// The stream may have an item: it has not been polled, or has been woken, or gave one.
    woken: bool,
    /// Of each reader, its waker while it waits.
    wakers: Vec<Option<Waker>>,
    /// The places of readers that have gone.
    free: Vec<usize>,
    /// The memory of a list whose wakers have been woken.
    spare: Vec<Option<Waker>>,
}

impl Waiting {
    /// Of a stream that has not been polled.
    pub(super) fn new() -> Self {
        let waiting = Self::default();
        waiting.lock().woken = true;
        waiting
    }

    /// A place for a reader.
    pub(super) fn join(&self) -> usize {
        let mut places = self.lock();
        let free = places.free.pop();
        free.unwrap_or_else(|| {
            places.wakers.push(None);
            places.wakers.len() - 1
        })
    }

    /// The reader leaves its place. Gives its waker, to be dropped without any lock.
    #[must_use = "drop it when no lock is held"]
    pub(super) fn leave(&self, place: usize) -> Option<Waker> {
        let mut places = self.lock();
        places.free.push(place);
        places.wakers.get_mut(place).and_then(Option::take)
    }

    /// Whether the stream is to be polled, by whom asks; from now on, it has not been woken.
    pub(super) fn take_woken(&self) -> bool {
        mem::take(&mut self.lock().woken)
    }

    /// Whether the stream has been woken.
    pub(super) fn is_woken(&self) -> bool {
        self.lock().woken
    }

    /// A reader waits. Gives a waker that is not needed any more, to be dropped without any lock.
    #[must_use = "drop it when no lock is held"]
    pub(super) fn wait(&self, place: usize, waker: &Waker) -> Option<Waker> {
        let mut places = self.lock();
        let known = &mut places.wakers[place];
        if known.as_ref().is_some_and(|known| known.will_wake(waker)) {
            return None;
        }
        known.replace(waker.clone())
    }

    /// The stream may have an item, or has ended, or there is room again: all who wait are woken.
    pub(super) fn wake_all(&self, woken: bool) {
        let mut places = self.lock();
        places.woken |= woken;
        if places.wakers.iter().all(Option::is_none) {
            return;
        }
        let spare = mem::take(&mut places.spare);
        let mut wakers = mem::replace(&mut places.wakers, spare);
        let readers = wakers.len();
        places.wakers.resize(readers, None);
        // To wake may run anything, and takes no lock along.
        drop(places);
        for waker in &mut wakers {
            if let Some(waker) = waker.take() {
                waker.wake();
            }
        }
        wakers.clear();
        self.lock().spare = wakers;
    }

    fn lock(&self) -> MutexGuard<'_, Places> {
        // Nothing that is done under the lock leaves it half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_all(true);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_all(true);
    }
}
