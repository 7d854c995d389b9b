//! [`Pending`]: how many children and cleanups of one scope have not ended, and who waits for there to be no cleanup.

use core::num::NonZero;
use core::task::{Context, Poll};

use super::once_box::OnceBox;
use super::waiting::Waiting;
use crate::sync::{AtomicUsize, Ordering};

/// For every thread.
pub(crate) struct Pending {
    /// Children, until they have ended or been dropped; then the cleanups that they left behind count. Those that were spawned
    /// by the thread that polls or drops the scope, less all that have ended: no other thread changes it, so it takes no atomic
    /// read-modify-write.
    children: AtomicUsize,
    /// Children that were spawned in any other way. The sum of the two is how many there are.
    foreign: AtomicUsize,
    /// Cleanups.
    count: AtomicUsize,
    /// Those who wait for there to be no cleanup.
    settling: Waiting,
    /// Set before the scope is polled, if there is to be one.
    bound: OnceBox<Bound>,
}

/// How many children there is room for, how many take it, and those who wait for some.
struct Bound {
    room: NonZero<usize>,
    taken: AtomicUsize,
    full: Waiting,
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self {
            children: AtomicUsize::new(0),
            foreign: AtomicUsize::new(0),
            count: AtomicUsize::new(0),
            settling: Waiting::new(),
            bound: OnceBox::new(),
        }
    }

    /// A cleanup is about to be handed over. Called before the cleanup is seen anywhere.
    pub(crate) fn one_more(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// A cleanup has ended, or could not be handed over.
    pub(crate) fn one_less(&self) {
        // Release: what the cleanup did is seen by whoever sees that it has ended.
        if self.count.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.settling.wake_all();
        }
    }

    /// A child is about to be spawned. Called before it is seen anywhere.
    pub(crate) fn one_more_child(&self) {
        self.foreign.fetch_add(1, Ordering::Relaxed);
    }

    /// The same, on the thread that polls or drops the scope, within its frame.
    #[inline]
    pub(super) fn one_more_child_here(&self) {
        self.children.store(self.children.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }

    /// A child has ended or been dropped. For the thread that polls or drops the scope.
    #[inline]
    pub(super) fn one_child_less(&self) {
        // Release: whoever sees it less sees that there was one more, wherever that was counted.
        self.children.store(self.children.load(Ordering::Relaxed).wrapping_sub(1), Ordering::Release);
    }

    /// The cleanups of a child have ended too, or it had none.
    #[inline]
    pub(crate) fn room_is_free(&self) {
        if let Some(bound) = self.bound.get() {
            bound.taken.fetch_sub(1, Ordering::AcqRel);
            bound.full.wake_all();
        }
    }

    /// Bounds the number of children that there are at once. Before the scope is polled.
    pub(crate) fn set_room(&self, room: NonZero<usize>) {
        self.bound.get_or_init(|| Bound { room, taken: AtomicUsize::new(0), full: Waiting::new() });
    }

    /// A child is about to be spawned, if there is room for it.
    #[must_use]
    pub(crate) fn one_more_child_if_free(&self) -> bool {
        let free = self.bound.get().is_none_or(Bound::take);
        if free {
            self.one_more_child();
        }
        free
    }

    /// Waits until there is room for one more child, which is about to be spawned then.
    pub(crate) fn poll_free(&self, ticket: &mut Option<u64>, cx: &mut Context<'_>) -> Poll<()> {
        let bound = self.bound.get();
        let waited = bound.map_or(Poll::Ready(()), |bound| bound.full.poll(ticket, cx, || bound.take().then_some(())));
        waited.map(|()| self.one_more_child())
    }

    /// The future with this ticket waits for room no more.
    pub(crate) fn leave_full(&self, ticket: u64) {
        if let Some(bound) = self.bound.get() {
            bound.full.leave(ticket);
        }
    }

    /// How many children have not ended.
    #[inline]
    fn children(&self) -> usize {
        self.children.load(Ordering::Acquire).wrapping_add(self.foreign.load(Ordering::Acquire))
    }

    /// Whether no child is left.
    #[inline]
    pub(crate) fn is_childless(&self) -> bool {
        self.children() == 0
    }

    /// How many children have not ended, and how many cleanups.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.children(), self.count.load(Ordering::Relaxed))
    }

    /// Whether all have ended.
    #[inline]
    pub(crate) fn is_none(&self) -> bool {
        // In this order: a child's cleanups are counted before the child no longer is.
        self.is_childless() && self.count.load(Ordering::Acquire) == 0
    }

    /// Waits until all cleanups have ended. The ticket is the waiting future's, and none at first.
    pub(crate) fn poll_none(&self, ticket: &mut Option<u64>, cx: &mut Context<'_>) -> Poll<()> {
        if self.count.load(Ordering::Acquire) == 0 {
            return Poll::Ready(());
        }
        // A read-modify-write: see `Waiting::poll`.
        self.settling.poll(ticket, cx, || (self.count.fetch_add(0, Ordering::AcqRel) == 0).then_some(()))
    }

    /// The future with this ticket waits no more.
    pub(crate) fn leave(&self, ticket: u64) {
        self.settling.leave(ticket);
    }
}

impl Bound {
    /// Takes room for one child, if there is some.
    fn take(&self) -> bool {
        // A read-modify-write also where it fails: see `Waiting::poll`.
        let mut taken = self.taken.fetch_add(0, Ordering::AcqRel);
        while taken < self.room.get() {
            match self.taken.compare_exchange_weak(taken, taken + 1, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return true,
                Err(now) => taken = now,
            }
        }
        false
    }
}
