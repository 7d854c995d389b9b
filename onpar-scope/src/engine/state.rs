//! [`State`]: the one word of a node that several threads change.
//!
//! The word is a reference count and two flags.
//!
//! * `QUEUED`: the node stands in a queue (the ready stack or the run list) or is about to. Set by whoever wants it
//!   polled; cleared by the driver just before it polls, so that a wake-up during the poll queues it again. As long as
//!   it is set, the node's `next` link belongs to that queue.
//! * `DONE`: the node has ended and its job is gone. Set once, by the driver; never cleared. A node that is `DONE` is
//!   never queued again.
//!
//! The driver owns one reference. When it sets `DONE` and finds `QUEUED`, that reference passes to the queue, and
//! whoever takes the node out of it lets the reference go: whoever clears `QUEUED` and finds `DONE`.

use crate::sync::{AtomicUsize, Ordering, fence};

const QUEUED: usize = 1;
const DONE: usize = 2;
const REFERENCE: usize = 4;

#[derive(Debug)]
pub(crate) struct State(AtomicUsize);

impl State {
    /// So many references, neither queued nor done.
    #[inline]
    pub(crate) fn new(references: usize) -> Self {
        Self(AtomicUsize::new(references * REFERENCE))
    }

    /// Counts one more reference.
    pub(crate) fn retain(&self) {
        // A new reference is made from an existing one, which keeps the node alive: no ordering is needed.
        let before = self.0.fetch_add(REFERENCE, Ordering::Relaxed);
        if before > usize::MAX / 2 {
            // Only leaking wakers some 2^61 times gets here; going on would end in a use after free.
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
            fence(Ordering::Acquire);
        }
        last
    }

    /// Whether there are no references but these, which the caller has: nobody else can make another one.
    #[inline]
    pub(crate) fn is_held(&self, references: usize) -> bool {
        // Acquire: what the other references did happens before.
        self.0.load(Ordering::Acquire) & !(QUEUED | DONE) == references * REFERENCE
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
    pub(crate) fn is_queued(&self) -> bool {
        self.0.load(Ordering::Relaxed) & QUEUED != 0
    }

    /// The node has left its queue; true if it is still to be polled.
    #[must_use]
    pub(crate) fn unqueue(&self) -> bool {
        self.0.fetch_and(!QUEUED, Ordering::AcqRel) & DONE == 0
    }

    /// The node is done; true if the driver keeps its reference, false if that has passed to the queue.
    #[must_use]
    pub(crate) fn finish(&self) -> bool {
        self.0.fetch_or(DONE, Ordering::AcqRel) & QUEUED == 0
    }
}
