//! [`Shared`]: what the scopes of one arena share.

use core::alloc::Layout;
use core::cell::Cell;

use super::heap::{GRAIN, Heap, rounded};
use crate::NoRoom;

pub(super) struct Shared {
    pub(super) heap: Heap,
    /// The time of the arena, by which cleanups are ordered.
    clock: Cell<u64>,
    /// How many futures have begun here, and have not been dropped.
    pinned: Cell<usize>,
}

impl Shared {
    pub(super) const fn new() -> Self {
        Self { heap: Heap::new(), clock: Cell::new(0), pinned: Cell::new(0) }
    }

    /// A future in a piece of the heap is about to be polled for the first time.
    pub(super) fn pin(&self) {
        self.pinned.set(self.pinned.get() + 1);
    }

    /// One of those is about to be dropped.
    pub(super) fn unpin(&self) {
        self.pinned.set(self.pinned.get() - 1);
    }

    /// Whether there is one.
    pub(super) fn has_pinned(&self) -> bool {
        self.pinned.get() > 0
    }

    /// A later time than any before.
    pub(super) fn tick(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    /// The error of what needs this layout, with what is to be given back.
    pub(super) fn no_room<T>(&self, value: T, layout: Layout) -> NoRoom<T> {
        // Of a type that is aligned to more, the place may be too far behind in the hole.
        let needed = rounded(layout.size()) + layout.align().saturating_sub(GRAIN);
        NoRoom::new(value, needed, self.heap.largest(), self.heap.size())
    }
}
