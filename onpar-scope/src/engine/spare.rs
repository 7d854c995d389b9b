//! [`Spare`]: memory of ended nodes, kept by a scope for the next ones, so that a loop of guards costs no allocation.

use alloc::alloc::dealloc;
use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::NonNull;

/// How many pieces a scope keeps. A loop rarely alternates between more types of guards than this.
const KEPT: usize = 4;

#[derive(Default)]
pub(crate) struct Spare([Cell<Option<(NonNull<u8>, Layout)>>; KEPT]);

impl Spare {
    /// A piece of exactly this layout, if there is one.
    pub(crate) fn take(&self, layout: Layout) -> Option<NonNull<u8>> {
        let slot = self.0.iter().find(|slot| slot.get().is_some_and(|(_, kept)| kept == layout))?;
        slot.take().map(|(memory, _)| memory)
    }

    /// Keeps a piece that was allocated with this layout, and frees the one whose place it takes.
    pub(crate) fn put(&self, memory: NonNull<u8>, layout: Layout) {
        let mut displaced = Some((memory, layout));
        for slot in &self.0 {
            displaced = slot.replace(displaced);
            if displaced.is_none() {
                return;
            }
        }
        free(displaced);
    }
}

impl Drop for Spare {
    fn drop(&mut self) {
        for slot in &self.0 {
            free(slot.take());
        }
    }
}

fn free(piece: Option<(NonNull<u8>, Layout)>) {
    if let Some((memory, layout)) = piece {
        // SAFETY: `put` was given the memory together with its layout, and `take` did not give it away.
        unsafe { dealloc(memory.as_ptr(), layout) };
    }
}
