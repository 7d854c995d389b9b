//! [`Part`]: the body or a child of a scope, with the cleanups that it has left behind, and which of them may run.
//!
//! The rule is that of the scopes with std (`engine/order.rs`): a cleanup waits for every one that arrived before it and whose
//! guard was made later, and guards that are dropped together are cleaned one after another. Those that may run are the records
//! of the keys, which grow with the guards. They are looked for from the front, whenever something has come or gone: an arena
//! has room for a few.

use core::cell::Cell;

use onpar_core::ExitReason;

use super::node::{Link, NodeRef, Stage};

pub(super) struct Part {
    /// In the order of arrival.
    first: Cell<Link>,
    last: Cell<Link>,
    /// Whether anything has come or gone since the last look.
    changed: Cell<bool>,
    /// The smallest key that has arrived since the part was last polled or dropped: it bounds those that follow, so that
    /// each waits for the one before.
    pub(super) batch: Cell<u64>,
}

impl Part {
    pub(super) const fn new() -> Self {
        Self { first: Cell::new(None), last: Cell::new(None), changed: Cell::new(false), batch: Cell::new(u64::MAX) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.get().is_none()
    }

    /// Adds the latest arrival.
    pub(super) fn add(&self, node: NodeRef) {
        let cleanup = node.cleanup();
        let key = cleanup.key.get().min(self.batch.get());
        self.batch.set(key);
        cleanup.key.set(key);
        cleanup.later.set(None);
        match self.last.replace(Some(node)) {
            Some(last) => last.cleanup().later.set(Some(node)),
            None => self.first.set(Some(node)),
        }
        self.changed.set(true);
    }

    /// Takes one out.
    pub(super) fn remove(&self, node: NodeRef) {
        let mut before = None;
        let mut next = self.first.get();
        while let Some(other) = next.filter(|other| *other != node) {
            (before, next) = (Some(other), other.cleanup().later.get());
        }
        let later = node.cleanup().later.get();
        match before {
            Some(before) => before.cleanup().later.set(later),
            None => self.first.set(later),
        }
        if self.last.get() == Some(node) {
            self.last.set(before);
        }
        self.changed.set(true);
    }

    /// Says why to those that were not told, and calls `start` for those that may run, or have begun, and do not run yet.
    pub(super) fn settle(&self, reason: ExitReason, start: impl Fn(NodeRef)) {
        if !self.changed.take() {
            return;
        }
        let mut largest = None;
        let mut next = self.first.get();
        while let Some(node) = next {
            let cleanup = node.cleanup();
            if cleanup.reason.get().is_none() {
                cleanup.reason.set(Some(reason));
            }
            let key = cleanup.key.get();
            let record = largest.is_none_or(|largest| key > largest);
            if record {
                largest = Some(key);
            }
            match node.stage.get() {
                Stage::Idle if record => start(node),
                Stage::Begun => start(node),
                _ => {}
            }
            next = cleanup.later.get();
        }
    }
}
