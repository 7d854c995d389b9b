//! How a [`Driver`] takes nodes in, and which of them may run.

use onpar_core::ExitReason;

use super::driver::Driver;
use super::driver_ref::DriverRef;
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
        let mut key = u64::MAX;
        while let Some(node) = self.frame.dropped().pop() {
            let header = &*node;
            if header.kind() == Kind::Child {
                // The claim that kept wake-ups by its handle away from the list's link.
                let _ = header.state.unqueue();
                self.link_child(self.node(), node);
                continue;
            }
            if header.reason.get().is_none() {
                header.reason.set(Some(otherwise));
            }
            key = key.min(header.order.key.get());
            header.order.key.set(key);
            self.link(node, part);
        }
    }

    /// Takes one node into the list of all, as one that belongs to the part.
    pub(super) fn enlist(&self, node: NodePtr, part: NodePtr) {
        let header = &*node;
        let owner = part;
        header.owner.set(Some(part));
        owner.active.set(owner.active.get() + 1);
        header.after.set(self.all.replace(Some(node)));
        if let Some(after) = header.after.get() {
            after.before.set(Some(node));
        }
        header.set(Flags::ADOPTED);
    }

    /// Takes one cleanup into the part's order, and starts it if it need not wait, or has begun already.
    #[expect(clippy::inline_always, reason = "one of two callers is the hot one; measured by `guards_together_10k`")]
    #[inline(always)]
    pub(super) fn link(&self, node: NodePtr, part: NodePtr) {
        self.enlist(node, part);
        let header = &*node;
        let owner = part;
        header.set(Flags::ORDERED);
        // SAFETY: the node is alive until it is released by `finish`, which removes it first.
        let record = unsafe { owner.inner.insert(node) };
        if record {
            header.set(Flags::RECORD);
        }
        header.trace.begin_below(&owner.trace, NodeKind::Cleanup, &header.label);
        if owner.is(Flags::WATCHED) {
            self.watch_cleanup(header, &owner, record);
        }
        if record || header.is(Flags::STARTED) {
            self.start(node);
        }
    }

    pub(super) fn start(&self, node: NodePtr) {
        let header = &*node;
        header.set(Flags::STARTED);
        if let Some(owner) = header.owner.get()
            && header.kind() != Kind::Scope
        {
            header.clock.set(owner.clock.get());
        }
        self.enqueue(node);
    }

    /// Puts a node on the list of those to be polled, unless it stands in a queue already.
    pub(super) fn enqueue(&self, node: NodePtr) {
        if node.state.queue() {
            // SAFETY: the node has been claimed, and our reference keeps it alive or passes to the list.
            unsafe { self.run.push(node) };
        }
    }

    /// Takes the node out of its order, and starts those that waited for nothing else.
    #[inline]
    pub(super) fn unorder(&self, node: NodePtr) {
        let header = &*node;
        let Some(owner) = header.owner.get().filter(|_| header.is(Flags::ORDERED)) else { return };
        header.clear(Flags::ORDERED);
        // SAFETY: the flag says that the node stands in its owner's order.
        let mut next = unsafe { owner.inner.remove(node) };
        while let Some(record) = next.filter(|next| header.is(Flags::RECORD) && !next.is(Flags::RECORD)) {
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
                Kind::Send => true,
                // SAFETY: a node of this kind is a driver's, and this driver is the one that owns it now.
                Kind::Scope => !unsafe { DriverRef::peek(node) }.shared().is_local(),
                // A cancelled child is only waited for until its cleanups have ended; another may have left an output.
                Kind::Child => node.is(Flags::EMPTY) && node.state.is_gone(),
                Kind::Local => false,
            })
    }

    /// Takes one node that another thread pushed.
    #[cold]
    pub(super) fn link_foreign(&self, me: NodePtr, node: NodePtr) {
        if node.kind() == Kind::Child {
            self.link_child(me, node);
        } else {
            self.link(node, me);
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
