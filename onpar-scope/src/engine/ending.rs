//! [`Ending`]: that a scope is being cancelled, and why.
//!
//! Whoever cancels a scope, on whatever thread, [begins](Ending::begin) its ending. If the driver has to act on it, it is told
//! by [`Ending::strike`]: it then drops the body and the children at the end of the poll that it is at, or of its next one.
//!
//! Never to be broken: the driver looks for a strike after it has left its waker, and a strike comes before the driver is
//! woken; so none is slept through.

use core::task::{Context, Poll};
use std::sync::OnceLock;

use onpar_core::CancelReason;

use super::waiting::Waiting;
use crate::sync::{AtomicUsize, Ordering};

/// The ending has begun.
const BEGUN: usize = 1;
/// The driver has not acted on it yet.
const STRUCK: usize = 2;

/// For every thread.
pub(crate) struct Ending {
    flags: AtomicUsize,
    /// Set before `BEGUN` is.
    reason: OnceLock<CancelReason>,
    /// Those who wait for it to begin.
    waiting: Waiting,
}

impl Ending {
    pub(super) fn new() -> Self {
        Self { flags: AtomicUsize::new(0), reason: OnceLock::new(), waiting: Waiting::new() }
    }

    /// The scope is being cancelled. The first reason counts; true if this is it.
    pub(crate) fn begin(&self, reason: CancelReason) -> bool {
        let first = self.reason.set(reason).is_ok();
        if first {
            // A read-modify-write: see `Waiting::poll`.
            self.flags.fetch_or(BEGUN, Ordering::AcqRel);
            self.waiting.wake_all();
        }
        first
    }

    /// The driver has something to act on.
    pub(super) fn strike(&self) {
        self.flags.fetch_or(STRUCK, Ordering::AcqRel);
    }

    /// Whether the driver has something to act on.
    #[inline]
    pub(super) fn is_struck(&self) -> bool {
        self.flags.load(Ordering::Acquire) & STRUCK != 0
    }

    /// The driver acts on it now.
    pub(super) fn heed(&self) {
        self.flags.fetch_and(!STRUCK, Ordering::AcqRel);
    }

    /// Why the scope is being cancelled, if it is.
    pub(crate) fn reason(&self) -> Option<CancelReason> {
        self.reason.get().copied()
    }

    /// Waits for the scope to be cancelled.
    pub(crate) fn poll_begun(&self, ticket: &mut Option<u64>, cx: &mut Context<'_>) -> Poll<CancelReason> {
        self.waiting.poll(ticket, cx, || {
            let begun = self.flags.fetch_or(0, Ordering::AcqRel) & BEGUN != 0;
            begun.then(|| self.reason()).flatten()
        })
    }

    /// The future with this ticket waits no more.
    pub(crate) fn leave(&self, ticket: u64) {
        self.waiting.leave(ticket);
    }
}
