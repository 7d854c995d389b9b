//! [`Shared`]: what any thread may use of a driver.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::OnceLock;

use onpar_core::CancelReason;

use super::ending::Ending;
use super::frame::with_nearest;
use super::node::{Header, Kind, NodePtr};
use super::observer::Observer;
use super::pending::Pending;
use super::ready::Ready;

/// What any thread may use of a driver: it is atomic, locked, or does not change.
pub(crate) struct Shared {
    ready: Ready,
    pending: Pending,
    ending: Ending,
    /// Whether it may hold local work. Changed, once, by the thread that hands its scope over.
    local: AtomicBool,
    /// The driver's own node.
    node: NodePtr,
    /// Who observes the scope, if anybody does.
    observer: OnceLock<Arc<Observer>>,
}

// SAFETY: the fields are atomic, locked, or do not change.
unsafe impl Sync for Shared {}

impl Shared {
    pub(super) fn new(node: NodePtr, local: bool) -> Self {
        Self {
            ready: Ready::new(),
            pending: Pending::new(),
            ending: Ending::new(),
            local: AtomicBool::new(local),
            node,
            observer: OnceLock::new(),
        }
    }

    /// The driver's own node.
    #[inline]
    pub(crate) fn node(&self) -> NodePtr {
        self.node
    }

    /// What the driver's own node begins with.
    #[inline]
    pub(super) fn header(&self) -> &Header {
        &self.node
    }

    /// Whether it may hold local work: it then stays on its thread, and that thread is the one that asks.
    pub(crate) fn is_local(&self) -> bool {
        self.local.load(Ordering::Relaxed)
    }

    /// The driver will hold no local work any more, and may leave its thread.
    pub(super) fn set_not_local(&self) {
        self.local.store(false, Ordering::Relaxed);
    }

    pub(crate) fn ready(&self) -> &Ready {
        &self.ready
    }

    pub(crate) fn pending(&self) -> &Pending {
        &self.pending
    }

    pub(crate) fn ending(&self) -> &Ending {
        &self.ending
    }

    /// Cancels the body and all children, unless they are being cancelled already.
    pub(crate) fn cancel(&self, reason: CancelReason) {
        if !self.ending.begin(reason) {
            return;
        }
        self.ending.strike();
        // A driver that is at work here looks by itself.
        if !with_nearest(Kind::Send, |frame| frame.is_some_and(|frame| frame.is_of(self.node()))) {
            self.ready.wake_driver();
        }
    }

    /// Who observes the scope.
    #[inline]
    pub(crate) fn observer(&self) -> Option<&Arc<Observer>> {
        self.observer.get()
    }

    /// Has the scope observed, unless it is.
    pub(super) fn set_observer(&self, observer: &Arc<Observer>) -> &Arc<Observer> {
        self.observer.get_or_init(|| Arc::clone(observer))
    }
}
