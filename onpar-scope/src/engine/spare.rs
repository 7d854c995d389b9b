//! [`Spare`]: memory of ended nodes, kept by a scope for the next ones, so that a loop of guards costs no allocation.

use alloc::alloc::dealloc;
use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::NonNull;

/// How many pieces a scope keeps. A loop rarely alternates between more types of guards than this.
const KEPT: usize = 4;

/// Free pieces of memory, the latest first. What a piece is stands in the piece itself, so an empty store is one word.
#[derive(Default)]
pub(crate) struct Spare {
    first: Cell<Option<NonNull<Piece>>>,
}

struct Piece {
    next: Cell<Option<NonNull<Self>>>,
    layout: Layout,
}

fn piece<'a>(piece: NonNull<Piece>) -> &'a Piece {
    // SAFETY: what `put` wrote stays there until `unlink` takes it out of the list; no reference outlives that.
    unsafe { &*piece.as_ptr() }
}

impl Spare {
    /// A piece of exactly this layout, if there is one.
    #[inline]
    pub(crate) fn take(&self, layout: Layout) -> Option<NonNull<u8>> {
        let mut link = &self.first;
        while let Some(here) = link.get() {
            if piece(here).layout == layout {
                return Some(unlink(link, here));
            }
            link = &piece(here).next;
        }
        None
    }

    /// Keeps a piece that was allocated with this layout, and frees the oldest one if there are too many.
    ///
    /// # Safety
    ///
    /// The memory is the caller's to give, has this layout, and is large enough for a piece.
    #[inline]
    pub(crate) unsafe fn put(&self, memory: NonNull<u8>, layout: Layout) {
        let new = memory.cast::<Piece>();
        // SAFETY: the memory is ours now, large enough, and aligned as a node is.
        unsafe { new.write(Piece { next: Cell::new(self.first.get()), layout }) };
        self.first.set(Some(new));
        let mut link = &self.first;
        for _ in 0..KEPT {
            let Some(here) = link.get() else { return };
            link = &piece(here).next;
        }
        free_from(link);
    }
}

impl Drop for Spare {
    #[inline]
    fn drop(&mut self) {
        free_from(&self.first);
    }
}

/// Takes the piece that the link leads to out of the list.
fn unlink(link: &Cell<Option<NonNull<Piece>>>, here: NonNull<Piece>) -> NonNull<u8> {
    link.set(piece(here).next.get());
    here.cast()
}

/// Frees the piece that the link leads to, and all after it.
#[inline]
fn free_from(link: &Cell<Option<NonNull<Piece>>>) {
    while let Some(here) = link.get() {
        let layout = piece(here).layout;
        let memory = unlink(link, here);
        // SAFETY: `put` was given the memory together with its layout, and it is in no list any more.
        unsafe { dealloc(memory.as_ptr(), layout) };
    }
}
