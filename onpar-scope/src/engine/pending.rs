//! [`Pending`]: how many children and cleanups of one scope have not ended, and who waits for there to be no cleanup.

use core::num::NonZero;
use core::task::{Context, Poll};
use std::sync::OnceLock;

use super::waiting::Waiting;
use crate::sync::{AtomicUsize, Ordering};

/// For every thread.
pub(crate) struct Pending {
    /// Children, until the cleanups that they leave behind have ended.
    children: AtomicUsize,
    /// Cleanups.
    count: AtomicUsize,
    /// Those who wait for there to be no cleanup.
    settling: Waiting,
    /// Set before the scope is polled, if there is to be one.
    bound: OnceLock<Box<Bound>>,
}

/// How many children there may be at once, and those who wait for there to be fewer.
struct Bound {
    capacity: NonZero<usize>,
    full: Waiting,
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self {
            children: AtomicUsize::new(0),
            count: AtomicUsize::new(0),
            settling: Waiting::new(),
            bound: OnceLock::new(),
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
        self.children.fetch_add(1, Ordering::Relaxed);
    }

    /// A child has ended, and so have its cleanups.
    pub(crate) fn one_child_less(&self) {
        self.children.fetch_sub(1, Ordering::AcqRel);
        if let Some(bound) = self.bound.get() {
            bound.full.wake_all();
        }
    }

    /// Bounds the number of children that there are at once. Before the scope is polled.
    pub(crate) fn set_capacity(&self, capacity: NonZero<usize>) {
        drop(self.bound.set(Box::new(Bound { capacity, full: Waiting::new() })));
    }

    /// A child is about to be spawned, if there is room for it.
    #[must_use]
    pub(crate) fn one_more_child_if_free(&self) -> bool {
        let capacity = self.bound.get().map_or(usize::MAX, |bound| bound.capacity.get());
        // A read-modify-write also where it fails: see `Waiting::poll`.
        let mut children = self.children.fetch_add(0, Ordering::AcqRel);
        while children < capacity {
            match self.children.compare_exchange_weak(children, children + 1, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return true,
                Err(now) => children = now,
            }
        }
        false
    }

    /// Waits until there is room for one more child, which is about to be spawned then.
    pub(crate) fn poll_free(&self, ticket: &mut Option<u64>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(bound) = self.bound.get() else {
            self.one_more_child();
            return Poll::Ready(());
        };
        bound.full.poll(ticket, cx, || self.one_more_child_if_free().then_some(()))
    }

    /// The future with this ticket waits for room no more.
    pub(crate) fn leave_full(&self, ticket: u64) {
        if let Some(bound) = self.bound.get() {
            bound.full.leave(ticket);
        }
    }

    /// Whether no child is left.
    #[inline]
    pub(crate) fn is_childless(&self) -> bool {
        self.children.load(Ordering::Acquire) == 0
    }

    /// Whether all have ended.
    #[inline]
    pub(crate) fn is_none(&self) -> bool {
        // In this order: a child's cleanups are counted while the child is.
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
