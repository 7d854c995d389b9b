//! [`Chunk`]: a part of what is sent, counted while it lives.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicU64, Ordering};

/// Makes chunks, and counts those that live. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunks(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    alive: AtomicU64,
    most: AtomicU64,
}

/// Has nothing in it: what counts is how many there are at once.
#[derive(Debug)]
pub(super) struct Chunk(Chunks);

impl Chunks {
    pub(super) fn next(&self) -> Chunk {
        let alive = self.0.alive.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.most.fetch_max(alive, Ordering::SeqCst);
        Chunk(self.clone())
    }

    /// How many have been alive at once.
    pub(super) fn most_alive(&self) -> u64 {
        self.0.most.load(Ordering::SeqCst)
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        self.0.0.alive.fetch_sub(1, Ordering::SeqCst);
    }
}
