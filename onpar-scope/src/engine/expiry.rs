//! The end of a [`Driver`] that does not wait for its cleanups: the budget's marks, its end, and nobody being left.

use onpar_core::{CancelReason, ExitReason};

use super::driver::Driver;
use super::driver_ref::DriverRef;
use super::node::{self, Flags, Kind, NodePtr};
use crate::CleanupErrorKind;

/// How often cleanups may leave further ones behind after the budget has been spent, before those are dropped unpolled.
const ROUNDS: usize = 8;

/// For the thread that polls or drops the scope. `me` is the driver's own node.
impl Driver {
    /// A mark of the budget has been passed: who has been running since the one before holds back nobody any more.
    pub(super) fn mark(&self) {
        let mut next = self.all.get();
        while let Some(node) = next {
            if let Some(cleanup) = node.cleanup() {
                if cleanup.is(Flags::MARKED) {
                    self.unorder(cleanup);
                } else if cleanup.is(Flags::STARTED) {
                    cleanup.set(Flags::MARKED);
                }
            }
            next = node.after.get();
        }
    }

    /// The budget has been spent: what has not started is polled once, and what then has not ended is dropped.
    pub(super) fn expire(&self, me: NodePtr) {
        for _ in 0..ROUNDS {
            let mut next = self.all.get();
            while let Some(node) = next {
                if let Some(waiting) = node.cleanup().filter(|cleanup| !cleanup.is(Flags::STARTED)) {
                    self.start(waiting);
                }
                next = node.after.get();
            }
            let Some(mut node) = self.run.pop() else { break };
            let last = self.run.last().unwrap_or(node);
            loop {
                self.poll_other(me, node);
                if node == last {
                    break;
                }
                let Some(following) = self.run.pop() else { break };
                node = following;
            }
        }
        let mut next = self.all.get();
        while let Some(node) = next {
            next = node.after.get();
            if node.kind() == Kind::Scope {
                // SAFETY: a node of this kind is a driver's, and this driver is the one that owns it now.
                unsafe { DriverRef::peek(node) }.expire(node);
            }
        }
        self.abandon(me, || CleanupErrorKind::TimedOut);
    }

    /// Drops everything that has not ended, and reports it.
    fn abandon(&self, me: NodePtr, why: fn() -> CleanupErrorKind) {
        let reason =
            if matches!(why(), CleanupErrorKind::TimedOut) { CancelReason::Deadline } else { CancelReason::Dropped };
        // Nested cleanups stand before those that made them, so no part is dropped before what it waits for.
        while let Some(node) = self.all.get() {
            let header = &*node;
            if header.kind() == Kind::Scope {
                // SAFETY: a node of this kind is a driver's, and this driver is the one that owns it now.
                unsafe { DriverRef::peek(node) }.abandon_all(node, why);
            } else if !header.is(Flags::EMPTY) {
                self.report(header, why());
                self.empty(node, Some(reason));
                self.adopt(me, ExitReason::Dropped);
            }
            header.set(Flags::EMPTY);
            self.finish(me, node);
        }
    }

    /// Closes the scope, and drops and reports everything that has not ended, wherever it stands.
    pub(crate) fn abandon_all(&self, me: NodePtr, why: fn() -> CleanupErrorKind) {
        for node in self.shared().ready().close_now() {
            self.put_away(me, node);
        }
        while let Some(node) = self.run.pop() {
            self.put_away(me, node);
        }
        self.abandon(me, why);
        while let Some(node) = self.run.pop() {
            self.put_away(me, node);
        }
        self.forget(me);
    }

    /// A node leaves a queue without being polled.
    fn put_away(&self, me: NodePtr, node: NodePtr) {
        if !node.state.unqueue() {
            // SAFETY: it is done, and its reference passed to the queue that it has just left.
            unsafe { node::release(node) };
        } else if !node.is(Flags::ADOPTED) {
            self.link_foreign(me, node);
        }
    }
}
