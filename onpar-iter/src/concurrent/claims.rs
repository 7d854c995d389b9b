//! `Claims`: the items that have been taken and not worked on to their end.
//!
//! Each is on the heap, pinned, at a place that is used again when the item is finished. So it can be lent. Those that are
//! left at the end are handed back in the order in which they were taken.
//!
//! Never to be broken: nobody borrows an item any more when it is finished, nor when the claims are dropped. The stages see
//! to both: a call ends before its item is finished, and is dropped before the stages before it are.
#![expect(unsafe_code, reason = "an item at its place, which is lent")]

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomPinned;
#[cfg(feature = "std")]
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
#[cfg(feature = "std")]
use std::panic::{catch_unwind, resume_unwind};
#[cfg(feature = "std")]
use std::thread::panicking;

use crate::call::Loan;

/// What goes with an item that is claimed, until it has been worked on to its end.
///
/// # Examples
///
/// ```
/// use onpar_iter::concurrent::{Claim, Claimed, Concurrent, Source, Stage};
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
///
/// fn claims<P: Stage<Item = u8, Ticket = ((), Claim)>>(_: &Concurrent<P>) {}
/// claims(&[1_u8].into_async_iter().concurrent(limit!(1)).on_unfinished(drop));
/// ```
#[derive(Debug)]
pub struct Claim(usize);

pub(super) struct Claims<T, F: FnMut(T)> {
    places: Vec<Pin<Box<Place<T>>>>,
    free: Vec<usize>,
    claimed: u64,
    unfinished: F,
}

struct Place<T> {
    item: UnsafeCell<Option<T>>,
    /// How many had been claimed before it.
    number: u64,
    _pinned: PhantomPinned,
}

// SAFETY: a shared place gives no access to the item.
unsafe impl<T: Send> Sync for Place<T> {}

impl<T, F: FnMut(T)> Claims<T, F> {
    pub(super) const fn new(unfinished: F) -> Self {
        Self { places: Vec::new(), free: Vec::new(), claimed: 0, unfinished }
    }

    pub(super) fn claim(&mut self, item: T) -> Claim {
        self.claim_and_lend(item).0
    }

    /// Claims an item, and lends it until it is finished, or the claims are dropped.
    pub(super) fn claim_and_lend(&mut self, item: T) -> (Claim, Loan<T>) {
        let free = self.free.pop().unwrap_or_else(|| {
            self.places.push(Box::pin(Place { item: UnsafeCell::new(None), number: 0, _pinned: PhantomPinned }));
            self.places.len() - 1
        });
        let place = self.places[free].as_mut();
        // SAFETY: the place is not moved.
        let place = unsafe { place.get_unchecked_mut() };
        place.number = self.claimed;
        self.claimed += 1;
        (Claim(free), Loan::new(place.item.get_mut().insert(item)))
    }

    pub(super) fn finish(&mut self, Claim(number): Claim) {
        let place = self.places[number].item.get();
        self.free.push(number);
        // SAFETY: it is finished, so nobody borrows it.
        unsafe { *place = None };
    }
}

impl<T, F: FnMut(T)> Drop for Claims<T, F> {
    fn drop(&mut self) {
        self.places.sort_unstable_by_key(|place| place.number);
        let left = self.places.iter().filter_map(|place| {
            // SAFETY: all calls have been dropped, so nobody borrows it.
            let item = unsafe { &mut *place.item.get() };
            item.take()
        });
        hand_back(left, &mut self.unfinished);
    }
}

/// Hands back one item after another. A panic keeps none of the others, and passes on when that is done; but not where
/// another one is passing on already.
#[cfg(feature = "std")]
fn hand_back<T>(left: impl Iterator<Item = T>, mut unfinished: impl FnMut(T)) {
    let mut first = None;
    for item in left {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| unfinished(item))) {
            first.get_or_insert(panic);
        }
    }
    if let Some(panic) = first
        && !panicking()
    {
        resume_unwind(panic);
    }
}

#[cfg(not(feature = "std"))]
fn hand_back<T>(left: impl Iterator<Item = T>, unfinished: impl FnMut(T)) {
    left.for_each(unfinished);
}

impl<T, F: FnMut(T)> fmt::Debug for Claims<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims").field("unfinished", &(self.places.len() - self.free.len())).finish_non_exhaustive()
    }
}
