//! `Slot`: the way of an item from the body of a generator to whoever reads it.
//!
//! `emit(item)` writes its item here at once, so that it moves no more than it must; but that is an offer, until the first
//! poll of its future makes it count, and a future that is dropped before takes it back. The generator takes what counts as
//! soon as the poll of its body has returned.
//!
//! The body's own polls go on by themselves when the next item is asked for. A sub-executor within the body (a join, a
//! `FuturesUnordered`) polls what was woken and nothing else, and is known by its context, which is not the generator's: its
//! waker is kept, and woken when the item has gone.
//!
//! An item counts when its future has been dropped, too. Should the body emit another one in the same poll, that is kept
//! beside it, on behalf of its future; and when that is polled, the first one goes into a line, on the heap. (Without `alloc`
//! there is no line: an item that is kept is dropped with its future.)
//!
//! There is one future of an `emit` at a time: those before it have been dropped or forgotten. So what it stands at is told
//! here and not in the future, which is a pointer, and need not even be dropped if its item need not.
//!
//! All this is made for the item that meets nothing out of the ordinary: then `content` is one of three values, and each step
//! compares it with one of them, and writes one. The rest is `Busy`; is told by flags; is where a call leads that comes back to
//! a `Pending`; and is kept away from the usual polls by hiding their context from them. Thus the poll of a generator saves one
//! register, which is most of the difference between 52 instructions and 66 (`cargo xtask callgrind generator`).
//!
//! Never to be broken: a place is initialised exactly while the content, or its flag, says so; and the content is `Busy` while
//! the flags say anything else than `ONE`.
#![expect(unsafe_code, reason = "places whose content is told by flags beside them")]

use core::hint::cold_path;
use core::mem::{self, MaybeUninit};
use core::ptr;
use core::task::{Context, Waker};

#[cfg(feature = "alloc")]
use alloc::collections::VecDeque;

pub(super) struct Slot<T> {
    content: Content,
    /// What there is while the content is `Busy` or `New`; else `ONE`.
    flags: u8,
    own: Own,
    item: MaybeUninit<T>,
    kept: MaybeUninit<T>,
    /// Items that count, and come before the one in the slot.
    #[cfg(feature = "alloc")]
    line: VecDeque<T>,
    other: Option<Waker>,
}

/// What there is: all that the usual way of an item has to know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum Content {
    /// Nothing, and nobody waits.
    Empty,
    /// The `item` of the latest future, which has not been polled. It does not count.
    Offer,
    /// The `item` of the latest future. It counts.
    Item,
    /// What the flags say. The context of the poll that runs is hidden then.
    Busy,
    /// The same, and in `kept` what has been offered since.
    New,
}

/// `item` is there. Without [`KEPT`] it is of the latest future.
const ITEM: u8 = 1;
/// The latest future has been polled: its item counts. Those that came before it do anyway.
const POLLED: u8 = 1 << 1;
/// `kept` is there, and of the latest future; `item` was there before it, and counts. Never between two polls of the body; and
/// where there is a heap, never together with [`POLLED`].
const KEPT: u8 = 1 << 2;
/// `line` is not empty.
#[cfg(feature = "alloc")]
const LINE: u8 = 1 << 3;
/// The waker of a sub-executor that waits for an item to go.
const OTHER: u8 = 1 << 4;
/// What [`Content::Item`] says.
const ONE: u8 = ITEM | POLLED;

impl<T> Slot<T> {
    pub(super) const fn new() -> Self {
        Self {
            content: Content::Empty,
            flags: ONE,
            own: Own(ptr::null_mut()),
            item: MaybeUninit::uninit(),
            kept: MaybeUninit::uninit(),
            #[cfg(feature = "alloc")]
            line: VecDeque::new(),
            other: None,
        }
    }

    /// A poll of the body begins.
    #[inline]
    pub(super) const fn begin(&mut self, own: *mut Context<'_>) {
        self.own = Own(own.cast());
    }

    /// What `begin` has been given.
    pub(super) fn own<'a>(&self) -> *mut Context<'a> {
        self.own.found().cast()
    }

    /// Whether there is more than an item. Then `look_after` has to be called when the next poll has begun.
    pub(super) const fn is_busy(&self) -> bool {
        matches!(self.content, Content::Busy | Content::New)
    }

    /// Whoever polls an emit in this poll of the body is sent to where what is rare is looked after.
    pub(super) fn look_after(&mut self) {
        self.own.hide();
    }

    /// Puts an item in for a new future. It does not count yet. One that is there and does not count has been forgotten.
    #[inline]
    pub(super) fn offer(&mut self, item: T) {
        if self.content <= Content::Offer {
            self.content = Content::Offer;
            self.item.write(item);
            return;
        }
        cold_path();
        self.content = Content::New;
        self.kept.write(item);
        self.look_after();
    }

    /// Says by flags that something new is kept. It stays there if what is in the slot counts.
    fn keep_new(&mut self) {
        if self.content != Content::New {
            return;
        }
        self.content = Content::Busy;
        if self.flags & (POLLED | KEPT) == 0 {
            self.flags |= ITEM;
            // SAFETY: it was written when the content became `New`, which is no longer so.
            self.item.write(unsafe { self.kept.assume_init_read() });
        } else {
            self.flags = self.flags & !POLLED | KEPT;
        }
    }

    /// A poll of the latest future: whether its item has gone. From now on it counts. Whoever polls in this context is polled
    /// again when it has gone.
    #[inline]
    pub(super) fn has_gone(&mut self, cx: &Context<'_>) -> bool {
        if self.content == Content::Empty {
            return true;
        }
        if self.own.is(cx) {
            self.content = Content::Item;
        } else {
            self.wait(cx);
        }
        false
    }

    /// A sub-executor waits, or there is more than one item.
    #[cold]
    #[inline(never)]
    fn wait(&mut self, cx: &Context<'_>) {
        let mut before = None;
        if !ptr::addr_eq(self.own.found(), cx) {
            before = self.other.replace(cx.waker().clone());
            self.flags |= OTHER;
        }
        self.keep_new();
        self.content = Content::Busy;
        self.flags |= POLLED;
        self.look_after();
        if cfg!(feature = "alloc") && self.flags & KEPT != 0 {
            self.let_in();
        }
        drop(before);
    }

    /// What is kept comes into the slot. If something is there, that goes into the line.
    fn let_in(&mut self) {
        #[cfg(feature = "alloc")]
        if self.flags & ITEM != 0 {
            // First: whatever comes of it, the item is in one place.
            self.line.reserve(1);
            self.flags |= LINE;
            // SAFETY: it is initialised, as the flag says, and overwritten below.
            self.line.push_back(unsafe { self.item.assume_init_read() });
        }
        self.flags = self.flags & !KEPT | ITEM;
        // SAFETY: it was initialised, as the flag said, which is gone.
        self.item.write(unsafe { self.kept.assume_init_read() });
    }

    /// The latest future is dropped, and with it its item, unless that counts.
    #[inline]
    pub(super) fn leave(&mut self) {
        // What needs no dropping is left lying, as if the future had been forgotten.
        if const { mem::needs_drop::<T>() } && self.content != Content::Empty {
            self.take_back();
        }
    }

    #[cold]
    #[inline(never)]
    fn take_back(&mut self) {
        self.keep_new();
        match self.content {
            Content::Offer => self.content = Content::Empty,
            Content::Busy if self.flags & KEPT != 0 => {
                self.flags = self.flags & !KEPT | POLLED;
                // SAFETY: it was initialised, as the flag said, which is gone.
                return unsafe { self.kept.assume_init_drop() };
            }
            Content::Busy if self.flags & ONE == ITEM => self.flags &= !ITEM,
            _ => return,
        }
        // SAFETY: it was initialised, as the content or the flag said, which is gone.
        unsafe { self.item.assume_init_drop() };
    }

    /// A poll of the body has ended. Its item, if that counts and there is nothing else.
    #[inline]
    pub(super) const fn take_only(&mut self) -> Option<T> {
        if !matches!(self.content, Content::Item) {
            return None;
        }
        self.content = Content::Empty;
        // SAFETY: it was initialised, as the content said, which is no longer so.
        Some(unsafe { self.item.assume_init_read() })
    }

    /// The first item that counts, of those that `take_only` leaves.
    ///
    /// # Safety
    ///
    /// The context of the poll is still there.
    pub(super) unsafe fn take_first(&mut self) -> Option<T> {
        if !self.is_busy() {
            return None;
        }
        self.keep_new();
        self.flags &= !OTHER;
        // Should the waker panic, the item is there for the next poll.
        if let Some(other) = self.other.take() {
            // SAFETY: as the caller says.
            let own = unsafe { &*self.own.found() };
            if !other.will_wake(own.waker()) {
                other.wake();
            }
        }
        let first = self.next();
        self.content = match self.flags {
            0 => Content::Empty,
            ITEM => Content::Offer,
            ONE => Content::Item,
            _ => return first,
        };
        self.flags = ONE;
        first
    }

    fn next(&mut self) -> Option<T> {
        #[cfg(feature = "alloc")]
        {
            if self.flags & KEPT != 0 {
                self.let_in();
            }
            if let Some(first) = self.line.pop_front() {
                if self.line.is_empty() {
                    self.flags &= !LINE;
                }
                return Some(first);
            }
        }
        if self.flags & (POLLED | KEPT) == 0 {
            return None;
        }
        self.flags &= !ITEM;
        // SAFETY: it was initialised, as `KEPT` or `POLLED` implies.
        let first = unsafe { self.item.assume_init_read() };
        if self.flags & KEPT == 0 {
            self.flags &= !POLLED;
        } else {
            self.let_in();
        }
        Some(first)
    }
}

impl<T> Drop for Slot<T> {
    #[inline]
    fn drop(&mut self) {
        if self.content != Content::Empty {
            self.drop_items();
        }
    }
}

impl<T> Slot<T> {
    #[cold]
    #[inline(never)]
    fn drop_items(&mut self) {
        self.keep_new();
        let (item, kept) = match mem::replace(&mut self.content, Content::Empty) {
            Content::Empty => return,
            Content::Offer | Content::Item => (true, false),
            Content::Busy | Content::New => (self.flags & ITEM != 0, self.flags & KEPT != 0),
        };
        let _kept = kept.then(|| {
            // SAFETY: it is initialised, as the flag says, and never looked at again.
            unsafe { self.kept.assume_init_read() }
        });
        if item {
            // SAFETY: as above.
            unsafe { self.item.assume_init_drop() };
        }
    }
}

/// Where a context stands, or has stood. Hidden, it has the lowest bit set, and is the place of none that anybody polls in.
struct Own(*mut Context<'static>);

const _: () = assert!(align_of::<Context<'_>>() > 1, "the lowest bit is free");

impl Own {
    #[inline]
    fn is(&self, cx: &Context<'_>) -> bool {
        ptr::addr_eq(self.0, cx)
    }

    fn hide(&mut self) {
        self.0 = self.0.map_addr(|address| address | 1);
    }

    fn found(&self) -> *mut Context<'static> {
        self.0.map_addr(|address| address & !1)
    }
}

// SAFETY: it is looked at while that context's poll runs, on its thread; else its address is compared.
unsafe impl Send for Own {}
// SAFETY: as above.
unsafe impl Sync for Own {}
