//! [`Pending`]: how many children and cleanups of one scope have not ended, and who waits for there to be no cleanup.

use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::sync::{AtomicUsize, Ordering};

/// For every thread.
pub(crate) struct Pending {
    /// Children, until they have ended or been dropped; then the cleanups that they left behind count.
    children: AtomicUsize,
    /// Cleanups.
    count: AtomicUsize,
    /// Made by the first who waits: most scopes are never waited for in this way.
    waiting: OnceLock<Mutex<Waiting>>,
}

/// The wakers of those who wait, each with the ticket of its future.
#[derive(Default)]
struct Waiting {
    last: u64,
    wakers: Vec<(u64, Waker)>,
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self { children: AtomicUsize::new(0), count: AtomicUsize::new(0), waiting: OnceLock::new() }
    }

    /// A cleanup is about to be handed over. Called before the cleanup is seen anywhere.
    pub(crate) fn one_more(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// A cleanup has ended, or could not be handed over.
    pub(crate) fn one_less(&self) {
        // Release: what the cleanup did is seen by whoever sees that it has ended.
        if self.count.fetch_sub(1, Ordering::AcqRel) == 1
            && let Some(waiting) = self.waiting.get()
        {
            let woken = core::mem::take(&mut waiting.lock().unwrap_or_else(PoisonError::into_inner).wakers);
            for (_, waker) in woken {
                waker.wake();
            }
        }
    }

    /// A child is about to be spawned. Called before it is seen anywhere.
    pub(crate) fn one_more_child(&self) {
        self.children.fetch_add(1, Ordering::Relaxed);
    }

    /// A child has ended or been dropped.
    pub(crate) fn one_child_less(&self) {
        self.children.fetch_sub(1, Ordering::Release);
    }

    /// Whether no child is left.
    #[inline]
    pub(crate) fn is_childless(&self) -> bool {
        self.children.load(Ordering::Acquire) == 0
    }

    /// How many children have not ended, and how many cleanups.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.children.load(Ordering::Relaxed), self.count.load(Ordering::Relaxed))
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
        let mut waiting = self.waiting.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        // A read-modify-write, so that it has a place in the order of the count's changes: either the last `one_less` comes
        // after it, and sees the list, or it came before, and is seen here.
        if self.count.fetch_add(0, Ordering::AcqRel) == 0 {
            return Poll::Ready(());
        }
        let Waiting { last, wakers } = &mut *waiting;
        let ticket = *ticket.get_or_insert_with(|| {
            *last += 1;
            *last
        });
        match wakers.iter_mut().find(|(other, _)| *other == ticket) {
            Some((_, waker)) => waker.clone_from(cx.waker()),
            None => wakers.push((ticket, cx.waker().clone())),
        }
        Poll::Pending
    }

    /// The future with this ticket waits no more.
    pub(crate) fn leave(&self, ticket: u64) {
        if let Some(waiting) = self.waiting.get() {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let left = waiting.wakers.iter().position(|(other, _)| *other == ticket);
            let waker = left.map(|left| waiting.wakers.swap_remove(left));
            // Not under the lock: it is other people's code.
            drop(waiting);
            drop(waker);
        }
    }
}
