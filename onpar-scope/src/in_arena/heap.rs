//! [`Heap`]: pieces of a row of bytes, given out and taken back.
//!
//! What is free is a list of holes in the order of their addresses; each hole says in its own first bytes how large it is and
//! where the next one begins. A piece comes out of the first hole that has room for it, and goes back between its neighbours,
//! of which it becomes a part. What is given out has no header: whoever gives it back knows its layout.
//!
//! Pieces of one size cannot crumble it: they stand at multiples of their size, and so does what is between them. A list suits
//! a few dozen pieces; it is searched from the front.
//!
//! # What must never be broken
//!
//! Holes do not overlap each other nor what is given out, and two of them never touch. All stand at multiples of [`GRAIN`].
#![expect(unsafe_code, reason = "holes in the memory itself")]

use core::alloc::Layout;
use core::cell::Cell;
use core::ops::Deref;
use core::ptr::NonNull;

use super::sanitizer;

/// The beginning of a hole.
struct Hole {
    size: Cell<usize>,
    next: Cell<HoleLink>,
}

/// Where a hole begins. It may point to all bytes of the heap.
#[derive(Clone, Copy, PartialEq, Eq)]
struct HoleRef(NonNull<Hole>);

type HoleLink = Option<HoleRef>;

/// All sizes and places are multiples of this.
pub(super) const GRAIN: usize = size_of::<Hole>();

const _: () = assert!(GRAIN.is_power_of_two(), "`GRAIN` is the alignment of every piece");

/// What a piece of this size takes.
pub(super) const fn rounded(size: usize) -> usize {
    if size < GRAIN { GRAIN } else { size.next_multiple_of(GRAIN) }
}

impl Deref for HoleRef {
    type Target = Hole;

    fn deref(&self) -> &Hole {
        // SAFETY: a hole is written before there is a reference to it, and there is none any more when its bytes are given out.
        unsafe { self.0.as_ref() }
    }
}

impl HoleRef {
    /// Writes a hole to these bytes.
    ///
    /// # Safety
    ///
    /// So many bytes there are the heap's and free, and begin at a multiple of [`GRAIN`].
    unsafe fn dig(at: NonNull<u8>, size: usize, next: HoleLink) -> Self {
        let hole = at.cast::<Hole>();
        sanitizer::show(at, GRAIN);
        // SAFETY: the bytes are free, enough for a hole, and aligned to its size.
        unsafe { hole.write(Hole { size: Cell::new(size), next: Cell::new(next) }) };
        let hole = Self(hole);
        hole.hide();
        hole
    }

    /// From the sanitizer, as it is free but for this.
    fn hide(self) {
        // SAFETY: a hole has at least so many bytes.
        let rest = unsafe { self.0.add(1) };
        sanitizer::hide(rest.cast(), self.size.get() - GRAIN);
    }

    fn address(self) -> usize {
        self.0.addr().get()
    }
}

#[derive(Default)]
pub(super) struct Heap {
    first: Cell<HoleLink>,
    size: Cell<usize>,
    used: Cell<usize>,
    most: Cell<usize>,
}

impl Heap {
    pub(super) const fn new() -> Self {
        Self { first: Cell::new(None), size: Cell::new(0), used: Cell::new(0), most: Cell::new(0) }
    }

    /// Begins anew, with these bytes. What was given out is forgotten.
    ///
    /// # Safety
    ///
    /// So many bytes there are the heap's alone, as long as anything is asked of it, and begin at a multiple of [`GRAIN`].
    pub(super) unsafe fn begin(&self, at: NonNull<u8>, size: usize) {
        let size = size / GRAIN * GRAIN;
        // SAFETY: the bytes are free, as the caller promises.
        let hole = (size > 0).then(|| unsafe { HoleRef::dig(at, size, None) });
        self.first.set(hole);
        self.size.set(size);
        self.used.set(0);
    }

    /// A piece for this layout, if there is room.
    pub(super) fn take(&self, layout: Layout) -> Option<NonNull<u8>> {
        let (size, align) = (rounded(layout.size()), layout.align().max(GRAIN));
        let (mut before, mut next) = (None, self.first.get());
        loop {
            let hole = next?;
            let front = hole.address().next_multiple_of(align) - hole.address();
            if let Some(behind) = hole.size.get().checked_sub(front + size) {
                return Some(self.carve(before, hole, front, behind));
            }
            (before, next) = (next, hole.next.get());
        }
    }

    /// Takes a piece out of this hole, and leaves so many bytes of it in front and behind.
    fn carve(&self, before: HoleLink, hole: HoleRef, front: usize, behind: usize) -> NonNull<u8> {
        let size = hole.size.get() - front - behind;
        // SAFETY: so many bytes are in the hole.
        let at = unsafe { hole.0.cast::<u8>().byte_add(front) };
        let mut rest = hole.next.get();
        if behind > 0 {
            // SAFETY: as above.
            let end = unsafe { at.byte_add(size) };
            // SAFETY: what is behind the piece is still free.
            rest = Some(unsafe { HoleRef::dig(end, behind, rest) });
        }
        if front > 0 {
            hole.size.set(front);
            hole.next.set(rest);
            rest = Some(hole);
        }
        sanitizer::show(at, size);
        self.link(before, rest);
        self.used.set(self.used.get() + size);
        self.most.set(self.most.get().max(self.used.get()));
        at
    }

    /// Takes a piece back.
    ///
    /// # Safety
    ///
    /// It came from [`take`](Self::take), with this layout, since the heap has begun, and nobody uses it any more.
    pub(super) unsafe fn give_back(&self, at: NonNull<u8>, layout: Layout) {
        let size = rounded(layout.size());
        let (mut before, mut next) = (None, self.first.get());
        while let Some(hole) = next.filter(|hole| hole.address() < at.addr().get()) {
            (before, next) = (Some(hole), hole.next.get());
        }
        // SAFETY: the piece is free again, as the caller promises.
        let hole = unsafe { HoleRef::dig(at, size, next) };
        self.link(before, Some(hole));
        join(hole);
        if let Some(before) = before {
            join(before);
        }
        self.used.set(self.used.get() - size);
    }

    fn link(&self, before: HoleLink, hole: HoleLink) {
        match before {
            Some(before) => before.next.set(hole),
            None => self.first.set(hole),
        }
    }

    /// How many bytes the largest hole has.
    pub(super) fn largest(&self) -> usize {
        let holes = core::iter::successors(self.first.get(), |hole| hole.next.get());
        holes.map(|hole| hole.size.get()).max().unwrap_or(0)
    }

    /// How many bytes there are, given out or not.
    pub(super) fn size(&self) -> usize {
        self.size.get()
    }

    /// How many bytes were given out at the same time, at most, ever.
    pub(super) fn most(&self) -> usize {
        self.most.get()
    }
}

/// Makes one hole of this and the next one, if they touch.
fn join(hole: HoleRef) {
    if let Some(next) = hole.next.get()
        && hole.address() + hole.size.get() == next.address()
    {
        hole.size.set(hole.size.get() + next.size.get());
        hole.next.set(next.next.get());
        hole.hide();
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use core::cell::UnsafeCell;
    use core::mem::MaybeUninit;

    use proptest::prelude::*;

    use super::*;

    const BYTES: usize = 1024;

    #[repr(align(64))]
    struct Bytes(UnsafeCell<MaybeUninit<[u8; BYTES]>>);

    impl Drop for Bytes {
        fn drop(&mut self) {
            sanitizer::show(NonNull::from(&self.0).cast(), BYTES);
        }
    }

    fn heap(bytes: &Bytes) -> Heap {
        let heap = Heap::new();
        // SAFETY: the bytes are borrowed by the test, and used by nobody else.
        unsafe { heap.begin(NonNull::from(&bytes.0).cast(), BYTES) };
        heap
    }

    fn holes(heap: &Heap) -> Vec<(usize, usize)> {
        let holes = core::iter::successors(heap.first.get(), |hole| hole.next.get());
        holes.map(|hole| (hole.address(), hole.size.get())).collect()
    }

    #[derive(Clone, Debug)]
    enum Step {
        Take { size: usize, align: u32 },
        GiveBack(prop::sample::Index),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (1..200_usize, 0..7_u32).prop_map(|(size, align)| Step::Take { size, align }),
            2 => any::<prop::sample::Index>().prop_map(Step::GiveBack),
        ]
    }

    proptest! {
        #[test]
        fn pieces_and_holes_are_all_the_bytes_and_never_overlap(steps in prop::collection::vec(step(), 0..100)) {
            let bytes = Bytes(UnsafeCell::new(MaybeUninit::uninit()));
            let heap = heap(&bytes);
            let mut pieces: Vec<(NonNull<u8>, Layout)> = vec![];
            for step in steps {
                match step {
                    Step::Take { size, align } => {
                        let layout = Layout::from_size_align(size, 1 << align).unwrap();
                        let largest = heap.largest();
                        let Some(at) = heap.take(layout) else {
                            prop_assert!(largest < rounded(size) + (1 << align), "{largest} bytes were free for {layout:?}");
                            continue;
                        };
                        prop_assert_eq!(at.addr().get() % layout.align(), 0);
                        // SAFETY: the piece is ours. The sanitizer and the list see what is not.
                        unsafe { at.write_bytes(0xAA, size) };
                        pieces.push((at, layout));
                    }
                    Step::GiveBack(index) if !pieces.is_empty() => {
                        let (at, layout) = pieces.swap_remove(index.index(pieces.len()));
                        // SAFETY: it came from the heap, with this layout.
                        unsafe { heap.give_back(at, layout) };
                    }
                    Step::GiveBack(_) => {}
                }
                let taken = pieces.iter().map(|(at, layout)| (at.addr().get(), rounded(layout.size()), true));
                let mut all: Vec<_> = taken.chain(holes(&heap).into_iter().map(|(at, size)| (at, size, false))).collect();
                all.sort_unstable();
                let mut end = bytes.0.get().addr();
                for pair in all.windows(2) {
                    prop_assert!(pair[0].2 || pair[1].2, "two holes touch");
                }
                for (at, size, _) in all {
                    prop_assert_eq!(at, end);
                    end += size;
                }
                prop_assert_eq!(end, bytes.0.get().addr() + BYTES);
            }
        }

        #[test]
        fn pieces_of_one_size_never_crumble_it(size in 1..200_usize, steps in prop::collection::vec(any::<prop::sample::Index>(), 1..200)) {
            let bytes = Bytes(UnsafeCell::new(MaybeUninit::uninit()));
            let heap = heap(&bytes);
            let layout = Layout::from_size_align(size, 1).unwrap();
            let room = BYTES / rounded(size);
            let mut pieces: Vec<_> = (0..room).map(|_| heap.take(layout).unwrap()).collect();
            for step in steps {
                // Any number of them is given back, in any order, and there is room for as many again.
                let count = step.index(room) + 1;
                for _ in 0..count {
                    let at = pieces.swap_remove(step.index(pieces.len()));
                    // SAFETY: it came from the heap, with this layout.
                    unsafe { heap.give_back(at, layout) };
                }
                pieces.extend((0..count).map(|_| heap.take(layout).expect("as many as before")));
                prop_assert!(heap.take(layout).is_none());
            }
            prop_assert_eq!(heap.most(), room * rounded(size));
        }
    }
}
