//! [`Waiting`]: the readers that wait for an item, and whether the stream has been woken since it was last polled.
//!
//! It is the stream's waker: to wake it is to remember that, and to wake everybody who waits. It knows nothing of the stream,
//! so it may be woken on any thread, whatever the stream is.

use alloc::sync::Arc;
use alloc::task::Wake;
use alloc::vec::Vec;
use core::mem;
use core::task::Waker;

use crate::primitives::{AtomicBool, Mutex, MutexGuard, Ordering, PoisonError};

#[derive(Default)]
pub(super) struct Waiting {
    /// The stream has been woken since a reader was last told to poll it. Set under the lock.
    woken: AtomicBool,
    places: Mutex<Places>,
}

#[derive(Default)]
struct Places {
    /// Of each reader, its waker while it waits.
    wakers: Vec<Option<Waker>>,
    /// How many wait.
    waiting: usize,
    /// The places of readers that have gone.
    free: Vec<usize>,
    /// The memory of a list whose wakers have been woken.
    spare: Vec<Option<Waker>>,
}

/// What becomes of a reader that found nothing.
pub(super) enum Wait {
    /// It is to poll the stream.
    IsToPoll,
    Waits {
        /// The stream has been woken, and it may not poll it.
        is_woken: bool,
        /// Its waker so far, to be dropped without any lock.
        superseded: Option<Waker>,
    },
}

impl Waiting {
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
        let waker = places.wakers.get_mut(place).and_then(Option::take);
        places.waiting -= usize::from(waker.is_some());
        waker
    }

    /// Whether the stream has been woken, and so is to be polled by whoever asks; from now on, it has not been.
    #[inline]
    pub(super) fn take_woken(&self) -> bool {
        // What was done before it was woken has happened before the poll.
        self.woken.swap(false, Ordering::Acquire)
    }

    /// A reader waits; or it is to poll the stream, if it `may_poll` it, and that has been woken. Both are one step: a wake
    /// comes before it, and is seen, or after it, and wakes the reader.
    pub(super) fn wait(&self, place: usize, waker: &Waker, may_poll: bool) -> Wait {
        let mut places = self.lock();
        if may_poll && self.take_woken() {
            return Wait::IsToPoll;
        }
        let is_woken = self.woken.load(Ordering::Relaxed);
        let Places { wakers, waiting, .. } = &mut *places;
        let superseded = match &mut wakers[place] {
            Some(known) if known.will_wake(waker) => None,
            Some(known) => Some(mem::replace(known, waker.clone())),
            empty @ None => {
                *empty = Some(waker.clone());
                *waiting += 1;
                None
            }
        };
        Wait::Waits { is_woken, superseded }
    }

    /// There is what readers may wait for: an item, the end, room, or the stream. All who wait are woken.
    #[inline]
    pub(super) fn wake_all(&self) {
        self.wake_those_of(self.lock());
    }

    #[inline]
    fn wake_those_of<'a>(&'a self, mut places: MutexGuard<'a, Places>) {
        // To wake may run anything, and takes no lock along.
        match mem::take(&mut places.waiting) {
            0 => {}
            1 => {
                let waker = places.wakers.iter_mut().find_map(Option::take);
                drop(places);
                if let Some(waker) = waker {
                    waker.wake();
                }
            }
            _ => {
                let spare = mem::take(&mut places.spare);
                let mut wakers = mem::replace(&mut places.wakers, spare);
                places.wakers.resize(wakers.len(), None);
                drop(places);
                wakers.iter_mut().filter_map(Option::take).for_each(Waker::wake);
                wakers.clear();
                self.lock().spare = wakers;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Places> {
        // Nothing that is done under the lock leaves it half-way.
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let places = self.lock();
        self.woken.swap(true, Ordering::Release);
        self.wake_those_of(places);
    }
}
