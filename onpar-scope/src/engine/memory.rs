//! The memory of nodes: allocated, and kept by each thread for the next ones, so that a loop of scopes, guards or closes
//! costs no allocation once it is under way.
//!
//! Small nodes are rounded up to classes of 64 bytes; a thread keeps up to [`KEPT`] pieces of each class, at most 34 KiB
//! in all, and frees them when it ends. Larger nodes go straight to the allocator. A piece may be freed on another thread
//! than it was allocated on. (Keeping them in each scope was tried first: the first close in a fresh scope then pays for
//! two allocations, which are a quarter of its time.)

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::NonNull;

/// The size of a class, which is a cache line.
const CLASS: usize = 64;
/// How many classes are kept: nodes of up to a kilobyte.
const CLASSES: usize = 16;
/// How many pieces of a class a thread keeps. A loop rarely has more of one size in turn.
const KEPT: u8 = 4;
/// Off for sanitizers, which see a use after free only where memory is really freed.
const KEEP: bool = cfg!(not(any(onpar_fresh_memory, loom)));

thread_local! {
    static SPARE: Spare = const { Spare { classes: [const { Cell::new(None) }; CLASSES] } };
}

/// The pieces that a thread keeps.
struct Spare {
    classes: [Cell<Option<NonNull<Piece>>>; CLASSES],
}

/// A kept piece, which stands in the memory itself.
struct Piece {
    next: Option<NonNull<Self>>,
    /// How many pieces of its class are kept, from here on.
    depth: u8,
}

/// The class of a layout, if it has one, and the layout that is really allocated.
#[inline]
fn class(layout: Layout) -> (Option<usize>, Layout) {
    let class = layout.size().saturating_sub(1) / CLASS;
    match Layout::from_size_align((class + 1) * CLASS, align_of::<u128>()) {
        Ok(rounded) if KEEP && class < CLASSES && layout.align() <= rounded.align() => (Some(class), rounded),
        _ => (None, layout),
    }
}

/// Memory of this layout, which is not of size zero.
#[inline]
pub(crate) fn allocate(layout: Layout) -> NonNull<u8> {
    let (class, layout) = class(layout);
    class.and_then(take).unwrap_or_else(|| allocate_anew(layout))
}

fn allocate_anew(layout: Layout) -> NonNull<u8> {
    // SAFETY: the layout is not of size zero: a class is not, and a larger layout neither.
    let memory = unsafe { alloc(layout) };
    NonNull::new(memory).unwrap_or_else(|| handle_alloc_error(layout))
}

/// A kept piece of the class, if there is one.
#[inline]
fn take(class: usize) -> Option<NonNull<u8>> {
    // A thread whose locals have been destroyed keeps nothing.
    SPARE
        .try_with(|spare| {
            let piece = spare.classes[class].get()?;
            // SAFETY: `keep` wrote the piece, and nobody else has touched the memory since.
            spare.classes[class].set(unsafe { piece.as_ref() }.next);
            Some(piece.cast())
        })
        .ok()
        .flatten()
}

/// Keeps a piece of the class; false if there are enough.
///
/// # Safety
///
/// The memory is the caller's to give, and of this class.
#[inline]
unsafe fn keep(class: usize, memory: NonNull<u8>) -> bool {
    SPARE
        .try_with(|spare| {
            let next = spare.classes[class].get();
            // SAFETY: as in `take`.
            let depth = next.map_or(0, |piece| unsafe { piece.as_ref() }.depth);
            if depth == KEPT {
                return false;
            }
            let piece = memory.cast::<Piece>();
            // SAFETY: the memory is ours now; a class is large enough for a piece, and aligned for it.
            unsafe { piece.write(Piece { next, depth: depth + 1 }) };
            spare.classes[class].set(Some(piece));
            true
        })
        .unwrap_or(false)
}

/// Gives memory back.
///
/// # Safety
///
/// The memory came from [`allocate`] with this layout, and is the caller's to give.
#[inline]
pub(crate) unsafe fn free(memory: NonNull<u8>, layout: Layout) {
    let (class, layout) = class(layout);
    // SAFETY: as the caller promises; `allocate` found the same class.
    if !class.is_some_and(|class| unsafe { keep(class, memory) }) {
        // SAFETY: the memory was allocated with the layout that `class` gives.
        unsafe { dealloc(memory.as_ptr(), layout) };
    }
}

impl Drop for Spare {
    fn drop(&mut self) {
        for (class, first) in self.classes.iter().enumerate() {
            while let Some(piece) = first.get() {
                // SAFETY: as in `take`.
                first.set(unsafe { piece.as_ref() }.next);
                let Ok(layout) = Layout::from_size_align((class + 1) * CLASS, align_of::<u128>()) else { return };
                // SAFETY: what is kept in a class was allocated with its layout.
                unsafe { dealloc(piece.cast().as_ptr(), layout) };
            }
        }
    }
}
