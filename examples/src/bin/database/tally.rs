//! [`Tally`]: what became of the transactions, as far as the program was told.

use core::sync::atomic::{AtomicU64, Ordering};

/// Counts that tasks share.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) begun: Count,
    pub(crate) committed: Count,
    pub(crate) rolled_back: Count,
}

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
