//! [`State`]: the one word of a node that several threads change.
//!
//! The word is a reference count and flags. All nodes have the first two:
//!
//! * `QUEUED`: the node stands in a queue (the ready stack or the run list) or is about to. Set by whoever wants it
//!   polled; cleared by the driver just before it polls, so that a wake-up during the poll queues it again. As long as
//!   it is set, the node's `next` link belongs to that queue.
//! * `DONE`: the node has ended and its job is gone. Set once, by the driver; never cleared. A node that is `DONE` is
//!   never queued again.
//!
//! A child has five more, since its handle may be on another thread:
//!
//! * `HANDLE`: the handle is there, and has a reference. Cleared by its drop, with that reference, unless the child is
//!   `DONE` by then. Whoever comes second, that or `DONE`, drops the child's output. It stands next to the count, so that one
//!   look tells whether there are references beside the driver's and the handle's.
//! * `GONE`: there is no output: it has been dropped, or the child was cancelled. Set before `DONE`, never cleared.
//! * `WAITING`: the handle has left a waker. Never cleared. The waker is the handle's to touch until the child is `DONE`, and
//!   the driver's from then on.
//! * `LOCKED`: the handle is touching the waker. The driver then leaves it alone: the handle looks for `DONE` afterwards.
//! * `CANCEL`: the handle asks for the child to be cancelled. Never cleared.
//!
//! The driver owns one reference. When it sets `DONE` and finds `QUEUED`, that reference passes to the queue, and
//! whoever takes the node out of it lets the reference go: whoever clears `QUEUED` and finds `DONE`. Of a child that has a
//! handle the driver sets `DONE` and lets its reference go in one step, where nobody waits: the handle then owns what is left.

use crate::sync::{AtomicUsize, Ordering, acquire};

const QUEUED: usize = 1;
const DONE: usize = 2;
const GONE: usize = 4;
const LOCKED: usize = 8;
const CANCEL: usize = 16;
const WAITING: usize = 32;
const HANDLE: usize = 64;
const REFERENCE: usize = 128;
const FLAGS: usize = REFERENCE - 1;

#[derive(Debug)]
pub(crate) struct State(AtomicUsize);

impl State {
    /// So many references, neither queued nor done.
    #[inline]
    pub(crate) fn new(references: usize) -> Self {
        Self(AtomicUsize::new(references * REFERENCE))
    }

    /// Counts so many more references.
    #[inline]
    pub(crate) fn retain(&self, references: usize) {
        // A new reference is made from an existing one, which keeps the node alive: no ordering is needed.
        let before = self.0.fetch_add(references * REFERENCE, Ordering::Relaxed);
        if before > usize::MAX / 2 {
            // Only leaking wakers some 2^56 times gets here; going on would end in a use after free.
            std::process::abort();
        }
    }

    /// Counts one reference less; true if it was the last one, and the node must be freed.
    #[must_use]
    #[inline]
    pub(crate) fn release(&self) -> bool {
        if self.is_held(1) {
            return true;
        }
        let last = self.0.fetch_sub(REFERENCE, Ordering::Release) < 2 * REFERENCE;
        if last {
            // What the other references did happens before the node is freed.
            acquire(&self.0);
        }
        last
    }

    /// Whether there are no references but these, which the caller has: nobody else can make another one.
    #[inline]
    pub(crate) fn is_held(&self, references: usize) -> bool {
        // Acquire: what the other references did happens before.
        self.0.load(Ordering::Acquire) & !FLAGS == references * REFERENCE
    }

    /// Counts so many references less, of which none is the last one.
    #[inline]
    pub(crate) fn give_back(&self, references: usize) {
        self.0.fetch_sub(references * REFERENCE, Ordering::Release);
    }

    /// Claims the right, and the duty, to queue the node: true for one caller between two polls, and never once done.
    #[must_use]
    pub(crate) fn queue(&self) -> bool {
        // Release: what the waker did before is seen by the poll. Also when the node is queued already: the
        // read-modify-write takes part in the chain that `unqueue` acquires.
        self.0.fetch_or(QUEUED, Ordering::AcqRel) & (QUEUED | DONE) == 0
    }

    /// Whether somebody wants the node polled.
    #[inline]
    pub(crate) fn is_queued(&self) -> bool {
        self.0.load(Ordering::Relaxed) & QUEUED != 0
    }

    /// The node, which was queued, has left its queue; true if it is still to be polled. The caller has a reference.
    #[must_use]
    #[inline]
    pub(crate) fn unqueue(&self) -> bool {
        // Only whoever has taken the node out of its queue clears the flag, so a subtraction does: one instruction, where an
        // `and` that gives the word takes a loop.
        let before = self.change(|word| word - QUEUED, |word| word.fetch_sub(QUEUED, Ordering::AcqRel));
        debug_assert!(before & QUEUED != 0, "a node leaves the queue in which it stands");
        before & DONE == 0
    }

    /// The node is done. The caller has a reference.
    #[inline]
    pub(crate) fn finish(&self) -> Finished {
        // Set once, so an addition does; as in `unqueue`.
        let before = self.change(|word| word + DONE, |word| word.fetch_add(DONE, Ordering::AcqRel));
        debug_assert!(before & DONE == 0, "a node ends once");
        Finished {
            keeps_reference: before & QUEUED == 0,
            keeps_output: before & (HANDLE | GONE) == 0,
            is_waited_for: before & (WAITING | LOCKED) == WAITING,
        }
    }

    /// A child is done, and nothing is left to the driver, whose reference goes with that: true where a handle is there, and
    /// nobody waits. Else nothing has changed, and the child is still to be [finished](Self::finish).
    #[must_use]
    #[inline]
    pub(crate) fn finish_for_handle(&self) -> bool {
        let word = self.0.load(Ordering::Relaxed);
        // The handle has a reference too, so ours is not the last one.
        word & (QUEUED | LOCKED | WAITING | HANDLE) == HANDLE
            && self.0.compare_exchange(word, word + DONE - REFERENCE, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Whether the handle has ever left a waker.
    #[inline]
    pub(crate) fn was_waited_for(&self) -> bool {
        self.0.load(Ordering::Acquire) & WAITING != 0
    }

    /// Changes the word, and gives what it was before. The caller has a reference; if it is the only one, nobody else can touch
    /// the word, and it takes no atomic read-modify-write.
    #[inline]
    fn change(&self, alone: impl FnOnce(usize) -> usize, shared: impl FnOnce(&AtomicUsize) -> usize) -> usize {
        // Acquire: what the other references did happens before.
        let before = self.0.load(Ordering::Acquire);
        if before & !FLAGS == REFERENCE {
            self.0.store(alone(before), Ordering::Relaxed);
            before
        } else {
            shared(&self.0)
        }
    }

    /// A child's: one reference is the handle's. It is queued from its birth, so that a handle that wakes it does not put it
    /// into a second queue beside that of its spawner.
    #[inline]
    pub(crate) fn with_handle() -> Self {
        Self(AtomicUsize::new((2 * REFERENCE) | HANDLE | QUEUED))
    }

    /// Whether there are references beside the driver's and the handle's. It may say so for a moment too long.
    #[inline]
    pub(crate) fn has_wakers(&self) -> bool {
        // Acquire: what the wakers that are gone did happens before.
        let counted = self.0.load(Ordering::Acquire) / HANDLE * HANDLE;
        counted != REFERENCE && counted != 2 * REFERENCE + HANDLE
    }

    /// Whether the node is done.
    #[inline]
    pub(crate) fn is_done(&self) -> bool {
        // Acquire: the output is seen by whoever takes it.
        self.0.load(Ordering::Acquire) & DONE != 0
    }

    /// Whether there is no output.
    #[inline]
    pub(crate) fn is_gone(&self) -> bool {
        self.0.load(Ordering::Acquire) & GONE != 0
    }

    /// The child leaves no output.
    #[inline]
    pub(crate) fn set_gone(&self) {
        self.0.fetch_or(GONE, Ordering::Release);
    }

    /// The handle is dropped, and its reference with it; false if the child is done, so that both are the caller's to end.
    #[must_use]
    pub(crate) fn drop_handle(&self) -> bool {
        let mut word = self.0.load(Ordering::Acquire);
        while word & DONE == 0 {
            // Release: what the handle did happens before the node is freed. The driver has a reference, so this is not the
            // last one.
            match self.0.compare_exchange_weak(word, word - REFERENCE - HANDLE, Ordering::Release, Ordering::Acquire) {
                Ok(_) => return true,
                Err(now) => word = now,
            }
        }
        false
    }

    /// The handle asks for the child to be cancelled.
    pub(crate) fn ask_to_cancel(&self) {
        self.0.fetch_or(CANCEL, Ordering::Release);
    }

    #[inline]
    pub(crate) fn is_asked_to_cancel(&self) -> bool {
        self.0.load(Ordering::Acquire) & CANCEL != 0
    }

    /// The handle leaves a waker, by `leave`, unless the child is done. It has to look for that afterwards.
    pub(crate) fn wait(&self, leave: impl FnOnce()) {
        let before = self.0.fetch_or(LOCKED, Ordering::AcqRel);
        if before & DONE == 0 {
            leave();
        }
        // Nobody else sets it. Release: the waker is seen by the driver that finds it.
        let waiting = if before & (WAITING | DONE) == 0 { WAITING } else { 0 };
        self.0.fetch_add(waiting.wrapping_sub(LOCKED), Ordering::AcqRel);
    }
}

/// What falls to the driver when a node is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finished {
    /// Its reference, unless that has passed to the queue.
    pub(crate) keeps_reference: bool,
    /// A child's output, which no handle will take.
    pub(crate) keeps_output: bool,
    /// The waker that a handle has left.
    pub(crate) is_waited_for: bool,
}
