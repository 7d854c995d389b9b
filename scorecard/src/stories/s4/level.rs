//! [`Level`]: how many of something there are, and were at most.

use core::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Default)]
pub(super) struct Level {
    now: AtomicU64,
    most: AtomicU64,
}

impl Level {
    /// One more, until what is returned is dropped.
    pub(super) fn up(&self) -> Up<'_> {
        self.raise();
        Up(self)
    }

    pub(super) fn raise(&self) {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
    }

    pub(super) fn lower(&self) {
        self.now.fetch_sub(1, Ordering::SeqCst);
    }

    pub(super) fn most(&self) -> u64 {
        self.most.load(Ordering::SeqCst)
    }
}

pub(super) struct Up<'a>(&'a Level);

impl Drop for Up<'_> {
    fn drop(&mut self) {
        self.0.lower();
    }
}
