//! `Slot`: the way of an item from the body of a generator to whoever reads it.
//!
//! `emit(item)` writes its item here at once, so that it moves no more than it must; but that is an offer, which is its
//! future's until the first poll of that makes it count, and which a future that is dropped before takes back. The generator
//! takes what counts as soon as the poll of its body has returned.
//!
//! The body's own polls go on by themselves when the next item is asked for. A sub-executor within the body (a join, a
//! `FuturesUnordered`) polls what was woken and nothing else, and is known by its context, which is not the generator's: its
//! waker is kept, and woken when the item has gone.
//!
//! An item counts when its future has been dropped, too. Should the body emit another one in the same poll, that is kept
//! beside it, on behalf of its future, until the first one has gone; and if that future is dropped as well, it stands in line
//! behind the first one, on the heap. (Without `alloc` there is no line: an item that is kept is dropped with its future.)
//!
//! Never to be broken: `item` is initialised while `content` is `Item` or `Busy`, and while the future of an offer has not been
//! polled; and what is rare is `Busy` or `Kept`, and out of the way.
#![expect(unsafe_code, reason = "a place whose content is told by a flag beside it")]

use core::mem::MaybeUninit;
use core::ptr;
use core::task::{Context, Waker};

#[cfg(feature = "alloc")]
use alloc::collections::VecDeque;

pub(super) struct Slot<T> {
    content: Content,
    /// Where the context of the poll that runs stands, or has stood.
    own: usize,
    item: MaybeUninit<T>,
    /// Items that count, and come after the one in the slot: they were kept, and their futures have been dropped.
    #[cfg(feature = "alloc")]
    line: VecDeque<T>,
    /// What an emit that waits for room has for the slot. That emit is alive, or was forgotten.
    kept: Option<Kept<T>>,
    /// A sub-executor that waits for the item to go.
    other: Option<Waker>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    /// Nothing, or what has been offered.
    Empty,
    /// An item that counts.
    Item,
    /// An item that counts, and somebody who waits for it to go: `line`, `kept`, `other`, or several of them.
    Busy,
    /// Nothing; what is `kept` may come in when its future is polled.
    Kept,
}

struct Kept<T> {
    item: T,
    /// Whether its future has been polled.
    counts: bool,
}

impl<T> Slot<T> {
    pub(super) const fn new() -> Self {
        Self {
            content: Content::Empty,
            own: 0,
            item: MaybeUninit::uninit(),
            #[cfg(feature = "alloc")]
            line: VecDeque::new(),
            kept: None,
            other: None,
        }
    }

    /// A poll of the body begins.
    #[inline]
    pub(super) fn begin(&mut self, own: &Context<'_>) {
        self.own = ptr::from_ref(own).addr();
    }

    /// Puts an item in that does not count. Whether it stands in the slot, and is the caller's; else it is kept until there is
    /// room.
    #[inline]
    pub(super) fn offer(&mut self, item: T) -> bool {
        if self.content == Content::Empty {
            self.item.write(item);
            return true;
        }
        self.keep(item)
    }

    #[cold]
    #[inline(never)]
    fn keep(&mut self, item: T) -> bool {
        // Whoever had an item kept before has been forgotten.
        self.leave();
        if self.content == Content::Empty {
            self.item.write(item);
            return true;
        }
        self.kept = Some(Kept { item, counts: false });
        self.content = Content::Busy;
        false
    }

    /// Takes back what was offered.
    ///
    /// # Safety
    ///
    /// It stands in the slot: `offer` has said so, and it was not counted nor taken back since.
    pub(super) unsafe fn take_back(&mut self) {
        // SAFETY: as the caller says.
        unsafe { self.item.assume_init_drop() };
    }

    /// Makes what was offered count. Whoever polls in this context is polled again when it has gone.
    ///
    /// # Safety
    ///
    /// As [`take_back`](Self::take_back).
    #[inline]
    pub(super) unsafe fn count(&mut self, cx: &Context<'_>) {
        self.content = Content::Item;
        if ptr::from_ref(cx).addr() != self.own {
            self.wait(cx);
        }
    }

    /// Whether the item of one that has been polled has gone; makes what was kept count. Whoever polls in this context is polled
    /// again when it has gone.
    #[inline]
    pub(super) fn has_gone(&mut self, cx: &Context<'_>) -> bool {
        if self.content == Content::Empty {
            return true;
        }
        self.wait(cx);
        false
    }

    /// Where an item stays for longer, or a sub-executor waits.
    #[cold]
    #[inline(never)]
    fn wait(&mut self, cx: &Context<'_>) {
        if let Some(kept) = &mut self.kept {
            kept.counts = true;
        }
        if self.content == Content::Kept {
            self.let_in();
        }
        if ptr::from_ref(cx).addr() != self.own {
            let before = self.other.replace(cx.waker().clone());
            self.content = Content::Busy;
            drop(before);
        }
    }

    /// Moves what is kept into the slot, which is empty, if it counts.
    fn let_in(&mut self) {
        self.content = match self.kept.take() {
            Some(Kept { item, counts: true }) => {
                self.item.write(item);
                Content::Item
            }
            None => Content::Empty,
            waiting => {
                self.kept = waiting;
                Content::Kept
            }
        };
    }

    /// The future of an item that does not stand here as an offer is dropped.
    #[inline]
    pub(super) fn leave(&mut self) {
        if matches!(self.content, Content::Busy | Content::Kept) {
            self.leave_kept();
        }
    }

    #[cold]
    #[inline(never)]
    fn leave_kept(&mut self) {
        if self.content == Content::Kept {
            self.content = Content::Empty;
        }
        let kept = self.kept.take();
        #[cfg(feature = "alloc")]
        if let Some(Kept { item, counts: true }) = kept {
            self.line.push_back(item);
        }
        #[cfg(not(feature = "alloc"))]
        drop(kept);
    }

    /// The one after that in the slot, if it counts and nobody waits with it.
    #[cfg_attr(not(feature = "alloc"), expect(clippy::unused_self, reason = "without a heap there is no line"))]
    fn next_in_line(&mut self) -> Option<T> {
        #[cfg(feature = "alloc")]
        return self.line.pop_front();
        #[cfg(not(feature = "alloc"))]
        return None;
    }

    /// A poll of the body, in this context, has ended. What it has emitted, if anything.
    #[inline]
    pub(super) fn take(&mut self, own: &Context<'_>) -> Option<T> {
        if self.content == Content::Item {
            Some(self.empty())
        } else if self.content == Content::Busy {
            Some(self.take_busy(own))
        } else {
            None
        }
    }

    #[cold]
    #[inline(never)]
    fn take_busy(&mut self, own: &Context<'_>) -> T {
        // Should the waker panic, the item is there for the next poll.
        if let Some(other) = self.other.take()
            && !other.will_wake(own.waker())
        {
            other.wake();
        }
        let item = self.empty();
        if let Some(next) = self.next_in_line() {
            self.item.write(next);
            self.content = Content::Busy;
        } else {
            self.let_in();
        }
        item
    }

    /// Takes the item, which is there.
    #[inline]
    fn empty(&mut self) -> T {
        debug_assert!(self.has_item(), "there is an item");
        self.content = Content::Empty;
        // SAFETY: it was initialised, as `content` said, and is never looked at again.
        unsafe { self.item.assume_init_read() }
    }

    const fn has_item(&self) -> bool {
        matches!(self.content, Content::Item | Content::Busy)
    }
}

impl<T> Drop for Slot<T> {
    #[inline]
    fn drop(&mut self) {
        if self.has_item() {
            drop(self.empty());
        }
    }
}
