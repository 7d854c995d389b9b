//! `Slot`: the way of an item from the body of a generator to whoever reads it.
//!
//! `emit(item)` writes its item here at once, so that it moves no more than it must; but that is an offer, which counts from
//! the first poll of its future on, and which a future that is dropped before takes back. The generator takes what counts as
//! soon as the poll of its body has returned.
//!
//! The body's own polls go on by themselves when the next item is asked for. A sub-executor within the body (a join, a
//! `FuturesUnordered`) polls what was woken and nothing else, and is known by its context, which is not the generator's: its
//! waker is kept, and woken when the item has gone.
//!
//! An item counts when its future has been dropped, too. Should the body emit another one in the same poll, that is kept
//! beside it, on behalf of its future, until the first one has gone; and if that future is dropped as well, it stands in line
//! behind the first one, on the heap. (Without `alloc` there is no line: an item that is kept is dropped with its future.)
//!
//! Never to be broken: `item` is initialised while `content` is not `Empty`; and what is rare is `Busy`, and out of the way.
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
    Empty,
    /// An item that counts.
    Item,
    /// An item that does not count yet.
    Offer,
    /// An item that counts, and somebody who waits for it to go: `line`, `kept`, `other`, or several of them.
    Busy,
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

    /// Puts an item in that does not count.
    #[inline]
    pub(super) fn offer(&mut self, item: T) {
        if self.content == Content::Empty {
            self.item.write(item);
            self.content = Content::Offer;
        } else {
            self.keep(item);
        }
    }

    #[cold]
    #[inline(never)]
    fn keep(&mut self, item: T) {
        // Whoever made an offer before, or had an item kept, has been forgotten.
        self.take_back();
        if self.content == Content::Empty {
            self.offer(item);
        } else {
            self.kept = Some(Kept { item, counts: false });
            self.content = Content::Busy;
        }
    }

    /// Takes back what was offered, if it does not count.
    #[inline]
    pub(super) fn take_back(&mut self) {
        if self.content == Content::Offer {
            drop(self.empty());
        } else if self.content == Content::Busy {
            self.leave_kept();
        }
    }

    #[cold]
    #[inline(never)]
    fn leave_kept(&mut self) {
        let kept = self.kept.take();
        #[cfg(feature = "alloc")]
        if let Some(Kept { item, counts: true }) = kept {
            self.line.push_back(item);
        }
        #[cfg(not(feature = "alloc"))]
        drop(kept);
    }

    /// The one after that in the slot, if it counts and nobody waits with it.
    fn next_in_line(&mut self) -> Option<T> {
        #[cfg(feature = "alloc")]
        return self.line.pop_front();
        #[cfg(not(feature = "alloc"))]
        return None;
    }

    /// Makes the item that was offered count. Whether it has gone: if not, whoever polls in this context is polled again then.
    #[inline]
    pub(super) fn emit(&mut self, cx: &Context<'_>) -> bool {
        if self.content == Content::Empty {
            return true;
        }
        if self.content == Content::Offer && ptr::from_ref(cx).addr() == self.own {
            self.content = Content::Item;
        } else {
            self.wait(cx);
        }
        false
    }

    /// The same, where an item stays for longer, or a sub-executor waits.
    #[cold]
    #[inline(never)]
    fn wait(&mut self, cx: &Context<'_>) {
        if self.content == Content::Offer {
            self.content = Content::Item;
        }
        if let Some(kept) = &mut self.kept {
            kept.counts = true;
        }
        if ptr::from_ref(cx).addr() != self.own {
            let before = self.other.replace(cx.waker().clone());
            self.content = Content::Busy;
            drop(before);
        }
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
        } else if let Some(Kept { item, counts }) = self.kept.take() {
            self.item.write(item);
            self.content = if counts { Content::Item } else { Content::Offer };
        }
        item
    }

    /// Takes the item, which is there.
    #[inline]
    fn empty(&mut self) -> T {
        debug_assert!(self.content != Content::Empty, "there is an item");
        self.content = Content::Empty;
        // SAFETY: it was initialised, as `content` said, and is never looked at again.
        unsafe { self.item.assume_init_read() }
    }
}

impl<T> Drop for Slot<T> {
    #[inline]
    fn drop(&mut self) {
        if self.content != Content::Empty {
            drop(self.empty());
        }
    }
}
