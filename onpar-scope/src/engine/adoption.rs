//! How a [`Driver`] takes nodes in, and which of them may run.

use onpar_core::ExitReason;

use super::cleanup_node::CleanupPtr;
use super::driver::Driver;
use super::driver_ref::DriverRef;
use super::list::List;
use super::node::{Flags, Kind, NodePtr};
use super::order;
use crate::NodeKind;

/// For the thread that polls or drops the scope. `me` is the driver's own node.
impl Driver {
    /// Takes what was dropped while `part` was [polled or dropped](Self::within). `otherwise` is the reason for what did not
    /// know one.
    ///
    /// Guards dropped together are cleaned one after another: within the batch no key exceeds the one before, so each
    /// waits for it. That makes nobody wait for more than that, since the one before waits for everything in between.
    #[inline]
    pub(crate) fn adopt(&self, part: NodePtr, otherwise: ExitReason) {
        if !self.frame.dropped().is_empty() {
            self.adopt_batch(part, otherwise);
        }
    }

    fn adopt_batch(&self, part: NodePtr, otherwise: ExitReason) {
        let (mut key, children) = (u64::MAX, List::default());
        while let Some(node) = self.frame.dropped().pop() {
            let Some(cleanup) = node.cleanup() else {
                // SAFETY: it has just been taken out of a list, with its claim.
                unsafe { children.push(node) };
                continue;
            };
            if cleanup.reason.get().is_none() {
                cleanup.reason.set(Some(otherwise));
            }
            key = key.min(cleanup.order.key.get());
            cleanup.order.key.set(key);
            self.link(cleanup, part);
        }
        // Not among them: a child that is dropped here is a part of its own, and takes what is dropped then.
        while let Some(node) = children.pop() {
            // The claim that kept wake-ups by its handle away from the list's link.
            let _ = node.state.unqueue();
            self.link_foreign(self.node(), node);
        }
    }

    /// Takes one node into the list of all.
    pub(super) fn enlist(&self, node: NodePtr) {
        let header = &*node;
        header.after.set(self.all.replace(Some(node)));
        if let Some(after) = header.after.get() {
            after.before.set(Some(node));
        }
        header.set(Flags::ADOPTED);
    }

    /// Takes one node out of the list of all.
    #[inline]
    pub(super) fn delist(&self, node: NodePtr) {
        let (before, after) = (node.before.get(), node.after.get());
        match before {
            Some(before) => before.after.set(after),
            None => self.all.set(after),
        }
        if let Some(after) = after {
            after.before.set(before);
        }
    }

    /// Takes one cleanup into the list and the part's order, and starts it if it need not wait, or has begun already.
    pub(super) fn link(&self, cleanup: CleanupPtr, part: NodePtr) {
        self.enlist(cleanup.node());
        cleanup.owner.set(Some(part));
        part.active.set(part.active.get() + 1);
        cleanup.set(Flags::ORDERED);
        // SAFETY: the node is alive until it is released by `finish`, which removes it first.
        let record = unsafe { part.inner.insert(cleanup) };
        if record {
            cleanup.set(Flags::RECORD);
        }
        // A branch is nothing to be seen: what it has left belongs to the future of which it is one.
        let seen = if part.kind() == Kind::Branch { self.node() } else { part };
        cleanup.trace.begin_below(&seen.trace, NodeKind::Cleanup, &cleanup.label);
        if seen.is(Flags::WATCHED) {
            self.watch_cleanup(&cleanup, &seen, record);
        }
        if record || cleanup.is(Flags::STARTED) {
            self.start(cleanup);
        }
    }

    /// Lets a cleanup run.
    pub(super) fn start(&self, cleanup: CleanupPtr) {
        cleanup.set(Flags::STARTED);
        self.enqueue(cleanup.node());
    }

    /// Puts a node on the list of those to be polled, unless it stands in a queue already.
    pub(super) fn enqueue(&self, node: NodePtr) {
        if node.state.queue() {
            // SAFETY: the node has been claimed, and our reference keeps it alive or passes to the list.
            unsafe { self.run.push(node) };
        }
    }

    /// Takes the cleanup out of its order, and starts those that waited for nothing else.
    #[inline]
    pub(super) fn unorder(&self, cleanup: CleanupPtr) {
        let Some(owner) = cleanup.owner.get().filter(|_| cleanup.is(Flags::ORDERED)) else { return };
        cleanup.clear(Flags::ORDERED);
        // SAFETY: the flag says that the node stands in its owner's order.
        let mut next = unsafe { owner.inner.remove(cleanup) };
        while let Some(record) = next.filter(|next| cleanup.is(Flags::RECORD) && !next.is(Flags::RECORD)) {
            record.set(Flags::RECORD);
            if !record.is(Flags::STARTED) {
                self.start(record);
                if record.is(Flags::WATCHED) {
                    self.watch_start(&record);
                }
            }
            // SAFETY: the node stands in the order.
            next = unsafe { order::left_of(record) };
        }
    }

    /// Whether a local scope has only such things left as may leave its thread: no local cleanup, and no clock.
    pub(super) fn holds_nothing_local(&self) -> bool {
        self.link_waiting(self.node());
        let mut nodes = core::iter::successors(self.all.get(), |node| node.after.get());
        !self.is_bounded()
            && nodes.all(|node| match node.kind() {
                Kind::Send | Kind::Branch => true,
                // SAFETY: a node of this kind is a driver's, and this driver is the one that owns it now.
                Kind::Scope => !unsafe { DriverRef::peek(node) }.shared().is_local(),
                // A cancelled child is only waited for until its cleanups have ended; another may have left an output.
                Kind::Child => node.is(Flags::EMPTY) && node.state.is_gone(),
                Kind::Local => false,
            })
    }

    /// Takes one node that another thread pushed, or one that came too late.
    #[cold]
    pub(super) fn link_foreign(&self, me: NodePtr, node: NodePtr) {
        if let Some(cleanup) = node.cleanup() {
            self.link(cleanup, me);
        } else if let Some(child) = node.child() {
            self.link_child(me, child);
        }
    }

    /// Takes all nodes that other threads have pushed.
    pub(super) fn link_waiting(&self, me: NodePtr) {
        self.take_ready();
        let last = self.run.last();
        while let Some(node) = self.run.pop() {
            if node.is(Flags::ADOPTED) {
                // SAFETY: it has just been taken out of this list, with its claim.
                unsafe { self.run.push(node) };
            } else if node.state.unqueue() {
                self.link_foreign(me, node);
            }
            if last == Some(node) {
                break;
            }
        }
    }
}
