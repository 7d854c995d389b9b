//! The memory of nodes: allocated, and kept by each thread for the next ones, so that a loop of scopes, guards, children or
//! closes costs no allocation once it is under way, and a burst of them a fraction of one each.
//!
//! Small nodes are rounded up to classes of 32 bytes. A thread keeps up to [`KEPT`] pieces of each class, at most 132 KiB in
//! all, and frees them when it ends. When it has none it allocates one; when it then has none again and again, because many
//! nodes live at once, it allocates 2, 4 and then [`GROUP`] together. Such a group is freed as a whole, with the last of its
//! pieces: a node that outlives the others of its group holds at most seven times its own memory back. Larger nodes go straight
//! to the allocator. A piece may be freed on another thread than it was allocated on.
//!
//! (Keeping them in each scope was tried first: the first close in a fresh scope then pays for two allocations, which are a
//! quarter of its time. Groups take a third off the instructions of a child among 100 000.)

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::NonNull;

use crate::sync::{AtomicUsize, Ordering, acquire};

/// The steps between classes.
const CLASS: usize = 32;
/// How many classes are kept: nodes of up to a kilobyte.
const CLASSES: usize = 32;
/// How many pieces of a class a thread keeps. A loop rarely has more of one size in turn.
const KEPT: u8 = GROUP;
/// How many pieces are allocated together, at most. More would save little, and hold more memory back.
const GROUP: u8 = 8;
/// Off for sanitizers, which see a use after free only where memory is really freed.
const KEEP: bool = cfg!(not(any(onpar_fresh_memory, loom)));

thread_local! {
    /// It has no destructor, which each look would have to ask for; [`END`] is its end.
    static SPARE: Spare = const { Spare::new() };
    static END: End = const { End };
}

/// Where a piece stands: what whoever frees it must know beside its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place(u8);

impl Place {
    /// In an allocation of its own; other places are numbers in a group.
    const ALONE: Self = Self(u8::MAX);
}

/// What memory is asked for, worked out once for each type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    layout: Layout,
    /// [`CLASSES`], if it has none.
    class: u8,
}

impl Form {
    /// Memory of this layout, which is not of size zero.
    pub(crate) const fn new(layout: Layout) -> Self {
        let class = layout.size().saturating_sub(1) / CLASS;
        let kept = KEEP && class < CLASSES && layout.align() <= align_of::<Group>();
        #[expect(clippy::cast_possible_truncation, reason = "there are few classes")]
        let class = if kept { class } else { CLASSES } as u8;
        Self { layout, class }
    }

    #[inline]
    fn class(self) -> Option<usize> {
        let class = usize::from(self.class);
        (class < CLASSES).then_some(class)
    }
}

/// Memory of this form.
#[inline]
pub(crate) fn allocate(form: Form) -> (NonNull<u8>, Place) {
    let Some(class) = form.class() else { return (allocate_anew(form.layout), Place::ALONE) };
    SPARE.with(|spare| spare.take(class))
}

/// Gives memory back.
///
/// # Safety
///
/// The memory came from [`allocate`] with this form and place, and is the caller's to give.
#[inline]
pub(crate) unsafe fn free(memory: NonNull<u8>, form: Form, place: Place) {
    let Some(class) = form.class() else {
        // SAFETY: as the caller promises; without a class, this is what was allocated.
        return unsafe { dealloc(memory.as_ptr(), form.layout) };
    };
    // SAFETY: as the caller promises.
    if !SPARE.with(|spare| unsafe { spare.keep(class, memory, place) }) {
        // SAFETY: as above.
        unsafe { give_back(class, memory, place) };
    }
}

/// The layout of so many pieces of a class, behind so many bytes.
fn layout(behind: usize, pieces: u8, class: usize) -> Layout {
    match Layout::from_size_align(behind + usize::from(pieces) * (class + 1) * CLASS, align_of::<Group>()) {
        Ok(layout) => layout,
        Err(_) => unreachable!("classes and groups are small"),
    }
}

/// The layout of one piece that was allocated alone.
fn size(class: usize) -> Layout {
    layout(0, 1, class)
}

fn allocate_anew(layout: Layout) -> NonNull<u8> {
    // SAFETY: the layout is not of size zero: pieces and groups are not, and a larger layout neither.
    let memory = unsafe { alloc(layout) };
    NonNull::new(memory).unwrap_or_else(|| handle_alloc_error(layout))
}

/// Pieces of one class that were allocated together, and stand behind this.
#[repr(C, align(16))]
struct Group {
    /// How many of them have not been given back.
    live: AtomicUsize,
    pieces: u8,
}

impl Group {
    /// How far behind the group a piece stands.
    const fn offset(class: usize, place: Place) -> usize {
        size_of::<Self>() + place.0 as usize * (class + 1) * CLASS
    }

    /// A group of so many pieces, of which none has been given back.
    fn allocate(class: usize, pieces: u8) -> NonNull<Self> {
        let group = allocate_anew(layout(size_of::<Self>(), pieces, class)).cast::<Self>();
        // SAFETY: the memory is ours, and begins with a group.
        unsafe { group.write(Self { live: AtomicUsize::new(pieces.into()), pieces }) };
        group
    }
}

/// Gives a piece back to the allocator, or to its group, which goes with its last piece.
///
/// # Safety
///
/// The memory is a piece of this class and place, and the caller's to give.
unsafe fn give_back(class: usize, memory: NonNull<u8>, place: Place) {
    if place == Place::ALONE {
        // SAFETY: as the caller promises.
        return unsafe { dealloc(memory.as_ptr(), size(class)) };
    }
    // SAFETY: the piece stands so far behind its group, in the same allocation.
    let group = unsafe { memory.byte_sub(Group::offset(class, place)) }.cast::<Group>();
    // SAFETY: the group is there as long as one of its pieces has not been given back.
    let Group { live, pieces } = unsafe { group.as_ref() };
    let pieces = *pieces;
    // Release: what was done with the piece happens before the group is freed.
    if live.fetch_sub(1, Ordering::Release) == 1 {
        acquire(live);
        let layout = layout(size_of::<Group>(), pieces, class);
        // SAFETY: this was the last piece, and the group was allocated with this layout.
        unsafe { dealloc(group.cast().as_ptr(), layout) };
    }
}

/// The pieces that a thread keeps.
struct Spare {
    classes: [Cell<Option<NonNull<Piece>>>; CLASSES],
    /// How many pieces are allocated together next, in each class. Back to one when a piece comes back.
    together: [Cell<u8>; CLASSES],
    /// How many pieces of a class are kept: none before the thread has allocated any, so that its [`END`] comes, and none
    /// after that.
    most: Cell<u8>,
}

/// The end of a thread: frees what it has kept.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        SPARE.with(Spare::end);
    }
}

/// A kept piece, which stands in the memory itself.
struct Piece {
    next: Option<NonNull<Self>>,
    /// How many pieces of its class are kept, from here on.
    depth: u8,
    place: Place,
}

impl Spare {
    const fn new() -> Self {
        Self {
            classes: [const { Cell::new(None) }; CLASSES],
            together: [const { Cell::new(1) }; CLASSES],
            most: Cell::new(0),
        }
    }

    /// A piece of the class.
    #[inline]
    fn take(&self, class: usize) -> (NonNull<u8>, Place) {
        let Some(first) = self.classes[class].get() else { return self.take_anew(class) };
        // SAFETY: `put` wrote the piece, and nobody else has touched the memory since.
        let Piece { next, place, .. } = unsafe { first.read() };
        self.classes[class].set(next);
        (first.cast(), place)
    }

    /// A piece of the class, of which none is kept.
    #[cold]
    fn take_anew(&self, class: usize) -> (NonNull<u8>, Place) {
        // A thread whose locals have been destroyed keeps nothing.
        let keeps = self.most.get() > 0 || END.try_with(|_| self.most.set(KEPT)).is_ok();
        let pieces = if keeps { self.together[class].get() } else { 1 };
        self.together[class].set(GROUP.min(pieces * 2));
        if pieces == 1 {
            return (allocate_anew(size(class)), Place::ALONE);
        }
        let group = Group::allocate(class, pieces);
        let piece = |place| {
            // SAFETY: the group was allocated with so many pieces.
            unsafe { group.byte_add(Group::offset(class, place)) }.cast()
        };
        for place in (1..pieces).rev().map(Place) {
            // SAFETY: the piece is in nobody else's hands.
            unsafe { self.put(class, piece(place), place) };
        }
        (piece(Place(0)), Place(0))
    }

    /// Keeps a piece of the class; false if there are enough.
    ///
    /// # Safety
    ///
    /// The memory is a piece of this class and place, and the caller's to give.
    #[inline]
    unsafe fn keep(&self, class: usize, memory: NonNull<u8>, place: Place) -> bool {
        self.together[class].set(1);
        let few = self.depth(class) < self.most.get();
        if few {
            // SAFETY: as the caller promises.
            unsafe { self.put(class, memory, place) };
        }
        few
    }

    /// How many pieces of the class are kept.
    #[inline]
    fn depth(&self, class: usize) -> u8 {
        // SAFETY: as in `take`.
        self.classes[class].get().map_or(0, |first| unsafe { first.as_ref() }.depth)
    }

    /// Keeps a piece of the class.
    ///
    /// # Safety
    ///
    /// The memory is a piece of this class and place, and the caller's to give.
    #[inline]
    unsafe fn put(&self, class: usize, memory: NonNull<u8>, place: Place) {
        let (piece, next) = (memory.cast::<Piece>(), self.classes[class].get());
        // SAFETY: the memory is ours now; a class is large enough for a piece, and aligned for it.
        unsafe { piece.write(Piece { next, depth: self.depth(class) + 1, place }) };
        self.classes[class].set(Some(piece));
    }

    /// Frees what is kept, and keeps nothing any more.
    fn end(&self) {
        self.most.set(0);
        for (class, first) in self.classes.iter().enumerate() {
            while let Some(piece) = first.get() {
                // SAFETY: as in `take`.
                let Piece { next, place, .. } = unsafe { piece.read() };
                first.set(next);
                // SAFETY: what is kept in a class is a piece of it, in its place.
                unsafe { give_back(class, piece.cast(), place) };
            }
        }
    }
}

// Under loom its atomics are larger than this, and nothing is kept.
#[cfg(not(loom))]
const _: () = assert!(size_of::<Piece>() <= CLASS && size_of::<Group>() == 16);

#[cfg(all(test, not(loom)))]
mod tests {
    use std::thread;

    use super::*;

    /// A store of its own.
    struct Store(Spare);

    impl Store {
        fn new() -> Self {
            let spare = Spare::new();
            spare.most.set(KEPT);
            Self(spare)
        }
    }

    impl core::ops::Deref for Store {
        type Target = Spare;

        fn deref(&self) -> &Spare {
            &self.0
        }
    }

    impl Drop for Store {
        fn drop(&mut self) {
            self.0.end();
        }
    }

    /// A piece of the class, filled with its number.
    fn take(spare: &Spare, class: usize, number: u8) -> (NonNull<u8>, Place) {
        let (memory, place) = spare.take(class);
        // SAFETY: the memory is ours, and of this size.
        unsafe { memory.write_bytes(number, size(class).size()) };
        (memory, place)
    }

    /// Checks that nobody else has written to it, and gives it back.
    fn end(spare: &Spare, class: usize, number: u8, (memory, place): (NonNull<u8>, Place)) {
        // SAFETY: the memory is ours, of this size, and has been written.
        let bytes = unsafe { core::slice::from_raw_parts(memory.as_ptr(), size(class).size()) };
        assert!(bytes.iter().all(|byte| *byte == number));
        // SAFETY: the piece came from `take`.
        if !unsafe { spare.keep(class, memory, place) } {
            // SAFETY: as above.
            unsafe { give_back(class, memory, place) };
        }
    }

    #[test]
    fn pieces_that_live_at_once_do_not_overlap_and_come_from_fewer_and_fewer_allocations() {
        for class in [0, 3, CLASSES - 1] {
            let spare = Store::new();
            let pieces: Vec<_> = (0..100).map(|number| take(&spare, class, number)).collect();
            // One alone, then 2, 4, and 8 at a time.
            assert_eq!(pieces[0].1, Place::ALONE);
            assert!(pieces[1..].iter().all(|(_, place)| *place != Place::ALONE));
            assert_eq!(pieces[1..].iter().filter(|(_, place)| *place == Place(0)).count(), 2 + 93_usize.div_ceil(8));
            for (number, piece) in (0..).zip(pieces) {
                end(&spare, class, number, piece);
            }
            assert_eq!(spare.depth(class), KEPT);
        }
    }

    #[test]
    fn one_at_a_time_is_always_the_same_piece() {
        let spare = Store::new();
        let (first, _) = take(&spare, 2, 1);
        end(&spare, 2, 1, (first, Place::ALONE));
        for number in 0..10 {
            let piece = take(&spare, 2, number);
            assert_eq!(piece, (first, Place::ALONE));
            end(&spare, 2, number, piece);
        }
    }

    /// What two threads take, each gives back on the other.
    #[test]
    fn groups_are_freed_by_whoever_gives_their_last_piece_back() {
        struct Sent(Vec<(NonNull<u8>, Place)>);
        // SAFETY: the pieces belong to whoever has this.
        unsafe impl Send for Sent {}

        let taken = |spare: &Spare| Sent((0..200).map(|number| take(spare, 1, number)).collect());
        let Sent(theirs) = thread::spawn(move || taken(&Store::new())).join().unwrap();
        let here = Store::new();
        let ours = taken(&here);
        let there = thread::spawn(move || {
            let (Sent(ours), spare) = (ours, Store::new());
            (0..).zip(ours).for_each(|(number, piece)| end(&spare, 1, number, piece));
        });
        (0..).zip(theirs).for_each(|(number, piece)| end(&here, 1, number, piece));
        there.join().unwrap();
    }

    #[test]
    fn what_is_freed_and_allocated_as_a_thread_ends_is_neither_kept_nor_lost() {
        /// Frees one piece and allocates another, when the thread's store has gone, or before: the order is not ours.
        struct Late(Cell<Option<(NonNull<u8>, Place)>>);

        const FORM: Form = Form::new(Layout::new::<[usize; 3]>());

        impl Drop for Late {
            fn drop(&mut self) {
                if let Some((memory, place)) = self.0.take() {
                    // SAFETY: it came from `allocate` with this form.
                    unsafe { free(memory, FORM, place) };
                }
                let (memory, place) = allocate(FORM);
                // SAFETY: as above.
                unsafe { free(memory, FORM, place) };
            }
        }

        thread_local! {
            static BEFORE: Late = const { Late(Cell::new(None)) };
            static AFTER: Late = const { Late(Cell::new(None)) };
        }

        thread::spawn(|| {
            BEFORE.with(|late| late.0.set(None));
            let (first, second) = (allocate(FORM), allocate(FORM));
            AFTER.with(|late| late.0.set(Some(first)));
            BEFORE.with(|late| late.0.set(Some(second)));
        })
        .join()
        .unwrap();
    }
}
