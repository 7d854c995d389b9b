//! What each thread keeps: a short list of pieces for each class, which nobody else touches.

#![expect(unsafe_code, reason = "the links of the list stand in the kept memory itself")]

use core::cell::Cell;
use core::ptr::NonNull;

use super::class::Class;

/// How many pieces of a class a thread keeps.
const KEPT: u8 = 8;

std::thread_local! {
    static SPARE: Spare = const { Spare([const { List { first: Cell::new(None), length: Cell::new(0) } }; Class::COUNT]) };
}

/// The lists of a thread. Dropped at its end.
struct Spare([List; Class::COUNT]);

struct List {
    first: Cell<Option<NonNull<Piece>>>,
    length: Cell<u8>,
}

/// A kept piece.
struct Piece {
    next: Option<NonNull<Self>>,
}

/// A piece that this thread has kept.
#[inline]
pub(super) fn take(class: Class) -> Option<NonNull<u8>> {
    // A thread whose locals have been destroyed keeps nothing.
    SPARE.try_with(|spare| spare.0[class.index()].pop()).unwrap_or(None)
}

/// Keeps a piece, if there is room. Returns whether it did.
///
/// # Safety
///
/// The memory has the layout of the class, and is the caller's to give, if this returns true.
#[inline]
pub(super) unsafe fn keep(class: Class, memory: NonNull<u8>) -> bool {
    // SAFETY: as the caller promises.
    SPARE.try_with(|spare| unsafe { spare.0[class.index()].push(memory) }).unwrap_or(false)
}

impl List {
    #[inline]
    fn pop(&self) -> Option<NonNull<u8>> {
        let piece = self.first.get()?;
        // SAFETY: what is in the list was written by `push`, and is ours until it is taken out.
        self.first.set(unsafe { piece.read() }.next);
        self.length.set(self.length.get() - 1);
        Some(piece.cast())
    }

    /// # Safety
    ///
    /// The memory has the layout of the class of this list, and is the caller's to give, if this returns true.
    #[inline]
    unsafe fn push(&self, memory: NonNull<u8>) -> bool {
        let length = self.length.get();
        if length == KEPT {
            return false;
        }
        let piece = memory.cast::<Piece>();
        // SAFETY: the memory is ours; each class has room for a piece, and is aligned for one.
        unsafe { piece.write(Piece { next: self.first.get() }) };
        self.first.set(Some(piece));
        self.length.set(length + 1);
        true
    }
}

impl Drop for Spare {
    fn drop(&mut self) {
        for (index, list) in self.0.iter().enumerate() {
            while let Some(memory) = list.pop() {
                // SAFETY: it was kept in the list of this class, and is not in it any more.
                unsafe { super::keep_for_all(Class::at(index), memory) };
            }
        }
    }
}
