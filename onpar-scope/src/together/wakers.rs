//! [`Wakers`]: one waker for each of many members, in a single allocation, and which of them have been woken.
//!
//! The block is a header and rows. A row has a word with a bit for each of its members, and a byte for each, whose address
//! is the data of that member's waker and whose value says how far it stands from the first: so a waker finds its row
//! without a word of its own. The first rows are summaries: their bits stand for rows, so that looking for one woken member
//! among a million does not read sixteen thousand words.
//!
//! To wake is to set the member's bit. Whoever finds the row empty then sets the row's bit in the summary, and whoever finds
//! that empty wakes the parent: once for however many. A sweep takes the words out, summary first, and polls the members in
//! order of position.
//!
//! What must never be broken:
//!
//! * A bit that is set in a row which is not empty needs no more: whoever made it so has not been swept over yet, and wakes
//!   the parent when it has set the summary's. The same holds for the summary.
//! * A sweep leaves the parent's waker *before* it takes anything out, so that what is set behind its back finds that waker.
//! * A row's bit in the summary is set after the row's own, and taken out before.
#![expect(unsafe_code, reason = "wakers are pointers into a counted block")]

use core::alloc::Layout;
use core::mem::{ManuallyDrop, offset_of};
use core::ops::ControlFlow;
use core::ptr::NonNull;
use core::task::{Context, RawWaker, RawWakerVTable, Waker};

use crate::engine::memory::{self, Form, Place};
use crate::sync::{AtomicUsize, AtomicWaker, Ordering, acquire};

/// How many members a row has, and how many rows a summary.
const BITS: usize = usize::BITS as usize;

/// How far each byte of a row stands from the first.
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

struct Header {
    references: AtomicUsize,
    parent: AtomicWaker,
    /// How many of the rows are summaries: they stand first.
    summaries: usize,
    rows: usize,
    /// Where the block stands.
    place: Place,
}

struct Row {
    woken: AtomicUsize,
    /// Which row this is.
    place: usize,
    marks: [u8; BITS],
}

/// The block's owner. Wakers may outlive it; they then wake nobody.
pub(crate) struct Wakers(Block);

// SAFETY: what several threads touch in a block is atomic, or never changes; its memory may be freed on any thread.
unsafe impl Send for Wakers {}
// SAFETY: as above.
unsafe impl Sync for Wakers {}

impl Wakers {
    /// So many members, all of them woken.
    pub(crate) fn new(members: usize) -> Self {
        let leaves = members.div_ceil(BITS);
        let summaries = leaves.div_ceil(BITS);
        let rows = summaries + leaves;
        let (memory, place) = memory::allocate(Form::new(layout(rows)));
        let header = Header { references: AtomicUsize::new(1), parent: AtomicWaker::new(), summaries, rows, place };
        // SAFETY: the memory is of this layout, which begins with a header.
        unsafe { memory.cast::<Header>().write(header) };
        let block = Block(memory.cast());
        for place in 0..rows {
            let full = if place < summaries { full(leaves, place) } else { full(members, place - summaries) };
            let row = Row { woken: AtomicUsize::new(full), place, marks: MARKS };
            // SAFETY: the row is one of the block's, and nobody else knows the block.
            unsafe { block.row(place).write(row) };
        }
        Self(block)
    }

    /// Calls `poll` for each woken member, once, in order of position, with that member's waker; `parent` is woken for what
    /// is woken from now on.
    ///
    /// After a break, or a panic, it is not known any more who was woken: the members must be dropped.
    pub(crate) fn sweep(&self, parent: &Waker, mut poll: impl FnMut(usize, &mut Context<'_>) -> ControlFlow<()>) {
        let header = self.0.header();
        #[cfg(not(loom))]
        header.parent.register(parent);
        #[cfg(loom)]
        header.parent.register_by_ref(parent);
        for summary in 0..header.summaries {
            for leaf in self.0.take(summary) {
                let leaf = summary * BITS + leaf;
                let place = header.summaries + leaf;
                for member in self.0.take(place) {
                    let waker = self.0.waker(place, member);
                    if poll(leaf * BITS + member, &mut Context::from_waker(&waker)).is_break() {
                        return;
                    }
                }
            }
        }
    }
}

impl Drop for Wakers {
    fn drop(&mut self) {
        // A late wake-up wakes nobody, and wakers that are kept do not keep the task.
        #[cfg(not(loom))]
        drop(self.0.header().parent.take());
        #[cfg(loom)]
        drop(self.0.header().parent.take_waker());
        // SAFETY: the reference is ours, and the block is not used any more.
        unsafe { self.0.release() };
    }
}

/// All bits of the row of this number, if so many things are spread over rows.
fn full(things: usize, number: usize) -> usize {
    let here = (things - number * BITS).min(BITS);
    usize::MAX >> (BITS - here)
}

/// The layout of a block.
fn layout(rows: usize) -> Layout {
    let rows = Layout::array::<Row>(rows).ok().and_then(|rows| Layout::new::<Header>().extend(rows).ok());
    rows.expect("the members are in memory themselves, and take more of it").0
}

/// Where the rows begin. A header is as aligned as a row, and its size a multiple of that.
const ROWS: usize = {
    assert!(align_of::<Header>() >= align_of::<Row>(), "the rows begin where the header ends");
    size_of::<Header>()
};

/// A pointer to a live block, which reaches all of it.
///
/// Whoever has one counts a reference, or is called by somebody who does.
#[derive(Clone, Copy)]
struct Block(NonNull<Header>);

impl Block {
    fn header(&self) -> &Header {
        // SAFETY: the block is alive; a header is never borrowed mutably.
        unsafe { self.0.as_ref() }
    }

    /// Where the row of this place is.
    fn row(self, place: usize) -> NonNull<Row> {
        // SAFETY: the rows begin there.
        let rows = unsafe { self.0.byte_add(ROWS) }.cast::<Row>();
        // SAFETY: there are as many as the header says, and whoever asks keeps to it.
        unsafe { rows.add(place) }
    }

    fn woken(&self, place: usize) -> &AtomicUsize {
        // SAFETY: the row was written when the block was made, and is never borrowed mutably.
        &unsafe { self.row(place).as_ref() }.woken
    }

    /// Takes all bits out of a row.
    #[inline]
    fn take(self, place: usize) -> Taken {
        let woken = self.woken(place);
        // Looking first spares the exchange where nothing has come. What comes later finds the parent's waker.
        if woken.load(Ordering::Relaxed) == 0 {
            return Taken(0);
        }
        // Acquire: what the wakers did before is seen by the polls.
        Taken(woken.swap(0, Ordering::AcqRel))
    }

    /// The waker of a member, which lives as long as the block, and counts no reference until it is cloned.
    #[inline]
    fn waker(self, place: usize, member: usize) -> ManuallyDrop<Waker> {
        // SAFETY: a row has so many bytes for its members.
        let mark = unsafe { self.row(place).byte_add(offset_of!(Row, marks) + member) };
        // SAFETY: the functions of the vtable keep the contract of `RawWaker`: they touch what is atomic or never changes,
        // which any thread may; clones count references.
        ManuallyDrop::new(unsafe { Waker::new(mark.as_ptr().cast(), &WAKER) })
    }

    /// The block of a waker's data, the place of its row, and the member's bit there.
    ///
    /// # Safety
    ///
    /// The data are those of a waker of this file, which is alive as long as the block is used.
    #[inline]
    unsafe fn of(waker: *const ()) -> (Self, usize, usize) {
        // SAFETY: the data of such a waker is the address of its mark, which is not null.
        let mark = unsafe { NonNull::new_unchecked(waker.cast_mut()) };
        // SAFETY: the mark was written when the block was made, and never changes.
        let member = usize::from(unsafe { mark.cast::<u8>().read() });
        // SAFETY: the mark says how far behind the first mark it stands.
        let row = unsafe { mark.byte_sub(offset_of!(Row, marks) + member) };
        // SAFETY: the row was written when the block was made, and is never borrowed mutably.
        let place = unsafe { row.cast::<Row>().as_ref() }.place;
        // SAFETY: the header and so many rows stand before this one.
        let header = unsafe { row.byte_sub(ROWS + place * size_of::<Row>()) };
        (Self(header.cast()), place, 1 << member)
    }

    /// Sets a member's bit, and wakes the parent if nobody else is about to.
    fn wake(self, place: usize, bit: usize) {
        // Release: what happened before is seen by the poll. Also where the bit is not the first: the read-modify-write
        // takes part in the chain that the sweep acquires.
        if self.woken(place).fetch_or(bit, Ordering::AcqRel) != 0 {
            return;
        }
        let header = self.header();
        let leaf = place - header.summaries;
        if self.woken(leaf / BITS).fetch_or(1 << (leaf % BITS), Ordering::AcqRel) == 0 {
            header.parent.wake();
        }
    }

    fn retain(self) {
        // A new reference is made from an existing one, which keeps the block alive: no ordering is needed.
        let before = self.header().references.fetch_add(1, Ordering::Relaxed);
        if before > usize::MAX / 2 {
            // Only leaking wakers some 2^63 times gets here; going on would end in a use after free.
            std::process::abort();
        }
    }

    /// Gives a reference up, and the memory with the last one.
    ///
    /// # Safety
    ///
    /// The reference is the caller's, who does not use the block any more.
    unsafe fn release(self) {
        let references = &self.header().references;
        if references.fetch_sub(1, Ordering::Release) != 1 {
            return;
        }
        // What the other references did happens before the block is freed.
        acquire(references);
        let Header { rows, place, .. } = *self.header();
        for row in 0..rows {
            // SAFETY: the row was written when the block was made, and nobody has the block any more.
            unsafe { self.row(row).drop_in_place() };
        }
        // SAFETY: as above.
        unsafe { self.0.drop_in_place() };
        // SAFETY: the memory came from `allocate` with this layout and place.
        unsafe { memory::free(self.0.cast(), Form::new(layout(rows)), place) };
    }
}

/// The bits of a word, the lowest first.
struct Taken(usize);

impl Iterator for Taken {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        (self.0 != 0).then(|| {
            self.0 &= self.0 - 1;
            bit
        })
    }
}

static WAKER: RawWakerVTable = RawWakerVTable::new(clone_waker, wake, wake_by_ref, drop_waker);

unsafe fn clone_waker(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned is alive.
    unsafe { Block::of(data) }.0.retain();
    RawWaker::new(data, &WAKER)
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker is alive during this call.
    let (block, place, bit) = unsafe { Block::of(data) };
    block.wake(place, bit);
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this waker keeps the block alive until the end of the call.
    unsafe { wake_by_ref(data) };
    // SAFETY: it is consumed.
    unsafe { drop_waker(data) };
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker is alive until its reference is given up.
    let (block, ..) = unsafe { Block::of(data) };
    // SAFETY: the reference is this waker's.
    unsafe { block.release() };
}
