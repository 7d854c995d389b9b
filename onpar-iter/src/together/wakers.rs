//! [`Rows`]: a waker for each of many members, and which of them have been woken since that was last asked.
//!
//! Members stand in rows, of as many as a word has bits. A row has a word with a bit for each of its members, and a byte for
//! each, whose address is the data of that member's waker and whose value says how far it stands from the first: so a waker
//! finds its row without a word of its own.
//!
//! To wake is to set the member's bit. Whoever finds the row empty then puts it on the stack of woken rows, and whoever finds
//! that empty wakes the parent: once for however many. To ask who was woken takes the whole stack, and then the bits of each
//! row on it: so it costs what was woken, and not what there is.
//!
//! Rows come in blocks, each of twice the last one's size, and do not move: a set that grows keeps the wakers that it gave.
//! A waker counts a reference to its block. One that outlives the set wakes nobody.
//!
//! What must never be broken:
//!
//! * A row is on the stack, or about to be put there by whoever made it not empty, exactly while it is not empty. So nobody
//!   else writes its link, and the one who takes the stack reads the link before the bits.
//! * The parent's waker is left *before* the stack is looked at for the last time, so that what comes behind its back wakes it.
//! * Rows on the stack are alive as long as the set, which owns all blocks, and only the set follows the links.
#![expect(unsafe_code, reason = "wakers are pointers into a counted block")]

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::mem::{ManuallyDrop, offset_of};
use core::ops::Deref;
use core::ptr;
use core::task::{RawWaker, RawWakerVTable, Waker};

use super::ready::BITS;
use crate::primitives::{AtomicPtr, AtomicUsize, AtomicWaker, Ordering};

/// The wakers of a set of members.
pub(crate) struct Rows {
    blocks: Vec<Arc<[Row]>>,
    parent: Arc<Parent>,
}

/// Who owns the members.
struct Parent {
    waker: AtomicWaker,
    /// The stack of woken rows.
    woken: AtomicPtr<Row>,
}

struct Row {
    woken: AtomicUsize,
    /// The row under this one on the stack.
    below: AtomicPtr<Row>,
    parent: Arc<Parent>,
    /// Which row of all this is.
    number: usize,
    /// Which of its block.
    place: usize,
    /// How many its block has.
    rows: usize,
    marks: [u8; BITS],
}

/// How far each mark stands from the first.
const MARKS: [u8; BITS] = {
    let mut marks = [0; BITS];
    let mut i = 0;
    while i < BITS {
        #[expect(clippy::cast_possible_truncation, reason = "at most 64")]
        let mark = i as u8;
        marks[i] = mark;
        i += 1;
    }
    marks
};

impl Rows {
    /// A set that can grow.
    pub(crate) fn new() -> Self {
        let parent = Parent { waker: AtomicWaker::new(), woken: AtomicPtr::new(ptr::null_mut()) };
        Self { blocks: Vec::new(), parent: Arc::new(parent) }
    }

    /// A set of so many members, that cannot grow.
    pub(super) fn of(members: usize) -> Self {
        let mut rows = Self::new();
        rows.add_block(0, members.div_ceil(BITS));
        rows
    }

    /// For so many members there are wakers.
    pub(crate) fn capacity(&self) -> usize {
        self.blocks.iter().map(|block| block.len()).sum::<usize>() * BITS
    }

    /// Makes wakers for as many again, and one row more.
    pub(crate) fn grow(&mut self) {
        let rows = self.capacity() / BITS;
        self.add_block(rows, rows + 1);
    }

    fn add_block(&mut self, first: usize, rows: usize) {
        let row = |place| Row {
            woken: AtomicUsize::new(0),
            below: AtomicPtr::new(ptr::null_mut()),
            parent: Arc::clone(&self.parent),
            number: first + place,
            place,
            rows,
            marks: MARKS,
        };
        self.blocks.push((0..rows).map(row).collect());
    }

    /// The block of a row, and its place there. Blocks of a set that grows have 1, 2, 4, .. rows.
    #[inline]
    fn find(&self, row: usize) -> (&Arc<[Row]>, usize) {
        if let [block] = &self.blocks[..] {
            return (block, row);
        }
        let block = (row + 1).ilog2();
        (&self.blocks[block as usize], row + 1 - (1 << block))
    }

    /// The waker of a member, which counts no reference until it is cloned.
    #[inline]
    pub(crate) fn waker(&self, member: usize) -> MemberWaker<'_> {
        let (block, place) = self.find(member / BITS);
        assert!(place < block.len(), "members have rows");
        // SAFETY: the block has so many rows.
        let row = unsafe { Arc::as_ptr(block).cast::<Row>().add(place) };
        // SAFETY: a row has so many marks.
        let mark = unsafe { row.byte_add(offset_of!(Row, marks) + member % BITS) };
        // SAFETY: the functions of the vtable keep the contract of `RawWaker`: they touch what is atomic or never changes,
        // which any thread may; clones count references.
        let waker = unsafe { Waker::new(mark.cast(), &WAKER) };
        MemberWaker { waker: ManuallyDrop::new(waker), _rows: self }
    }

    /// Calls `each` with the numbers of the rows in which somebody was woken, and the bits of those that were.
    #[inline]
    pub(crate) fn take_woken(&self, mut each: impl FnMut(usize, usize)) {
        // Looking first spares the exchange where nothing has come. What comes later finds the parent's waker, or is found
        // before the parent falls asleep.
        if self.parent.woken.load(Ordering::Relaxed).is_null() {
            return;
        }
        let mut next = self.parent.woken.swap(ptr::null_mut(), Ordering::Acquire);
        while !next.is_null() {
            // SAFETY: what is on the stack is a row of one of our blocks, and is never borrowed mutably.
            let row = unsafe { &*next };
            next = row.below.load(Ordering::Relaxed);
            // Acquire: what the wakers did before is seen by the polls.
            each(row.number, row.woken.swap(0, Ordering::AcqRel));
        }
    }

    /// Whether this member has been woken since that was last taken.
    #[inline]
    pub(crate) fn is_woken(&self, member: usize) -> bool {
        let (block, place) = self.find(member / BITS);
        block[place].woken.load(Ordering::Relaxed) >> (member % BITS) & 1 == 1
    }

    /// Has `parent` woken by the next wake; at once, if there has been one.
    #[inline]
    pub(crate) fn sleep(&self, parent: &Waker) {
        #[cfg(not(loom))]
        self.parent.waker.register(parent);
        #[cfg(loom)]
        self.parent.waker.register_by_ref(parent);
        if !self.parent.woken.load(Ordering::Acquire).is_null() {
            parent.wake_by_ref();
        }
    }

    /// Wakes the parent, if it sleeps.
    pub(super) fn wake_parent(&self) {
        self.parent.waker.wake();
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        // A late wake-up wakes nobody, and wakers that are kept do not keep the task.
        #[cfg(not(loom))]
        drop(self.parent.waker.take());
        #[cfg(loom)]
        drop(self.parent.waker.take_waker());
    }
}

/// A waker that is lent for a poll.
pub(crate) struct MemberWaker<'a> {
    waker: ManuallyDrop<Waker>,
    /// Keeps the block alive, and is why no reference is counted.
    _rows: &'a Rows,
}

impl Deref for MemberWaker<'_> {
    type Target = Waker;

    #[inline]
    fn deref(&self) -> &Waker {
        &self.waker
    }
}

impl Row {
    /// Sets a member's bit, and puts the row on the stack if nobody else is about to.
    fn wake(&self, bit: usize) {
        // Release: what happened before is seen by the poll. Also where the bit is not the first: the read-modify-write
        // takes part in the chain that the swap acquires.
        if self.woken.fetch_or(bit, Ordering::AcqRel) != 0 {
            return;
        }
        let parent = &*self.parent;
        let mut top = parent.woken.load(Ordering::Relaxed);
        loop {
            self.below.store(top, Ordering::Relaxed);
            let me = ptr::from_ref(self).cast_mut();
            match parent.woken.compare_exchange_weak(top, me, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => break,
                Err(changed) => top = changed,
            }
        }
        if top.is_null() {
            parent.waker.wake();
        }
    }
}

/// The row of a waker's data, and the member's bit there.
///
/// # Safety
///
/// The data are those of a waker of this file, which is alive.
#[inline]
unsafe fn row_of(waker: *const ()) -> (*const Row, usize) {
    // SAFETY: the mark was written when the block was made, and never changes.
    let member = usize::from(unsafe { waker.cast::<u8>().read() });
    // SAFETY: the mark says how far behind the first mark it stands.
    let row = unsafe { waker.byte_sub(offset_of!(Row, marks) + member) };
    (row.cast(), 1 << member)
}

/// The block of a waker's data, as its `Arc` knows it.
///
/// # Safety
///
/// As [`row_of`].
unsafe fn block_of(waker: *const ()) -> *const [Row] {
    // SAFETY: as the caller says.
    let (row, _) = unsafe { row_of(waker) };
    // SAFETY: the waker keeps the row alive, which is never borrowed mutably.
    let Row { place, rows, .. } = *unsafe { &*row };
    // SAFETY: the row says how many stand before it.
    ptr::slice_from_raw_parts(unsafe { row.sub(place) }, rows)
}

static WAKER: RawWakerVTable = RawWakerVTable::new(clone_waker, wake, wake_by_ref, drop_waker);

unsafe fn clone_waker(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned is alive.
    let block = unsafe { block_of(data) };
    // SAFETY: the pointer was made from that of the block's `Arc`, which is alive as long as the waker.
    unsafe { Arc::increment_strong_count(block) };
    RawWaker::new(data, &WAKER)
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker is alive during this call.
    let (row, bit) = unsafe { row_of(data) };
    // SAFETY: the waker keeps the row alive, which is never borrowed mutably.
    unsafe { &*row }.wake(bit);
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this waker keeps the block alive until the end of the call.
    unsafe { wake_by_ref(data) };
    // SAFETY: it is consumed.
    unsafe { drop_waker(data) };
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker is alive until its reference is given up.
    let block = unsafe { block_of(data) };
    // SAFETY: the reference is this waker's, and the pointer as in `clone_waker`.
    unsafe { Arc::decrement_strong_count(block) };
}
