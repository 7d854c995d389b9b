//! The children of a [`Driver`]: polled, cancelled and ended.
//!
//! A child has ended when its future has ended, or been dropped, *and* the cleanups that it left behind have ended; only then its
//! handle hears of it. Its output stays in the node for the handle, or is dropped at once where there is none.
#![expect(unsafe_code, reason = "what nodes hold, and their end")]

use core::mem;
use core::task::{Context, Poll, Waker};

use onpar_core::{CancelReason, ExitReason};

use super::child_node::PartOf;
use super::driver::{Driver, Popped};
use super::node::{Kind, NodeRef, Queue, Stage};
#[cfg(feature = "std")]
use crate::CleanupErrorKind;
use crate::panics::{Payload, discard};

impl Driver {
    /// Takes a new child.
    pub(super) fn take_in(&self, child: NodeRef) {
        child.stage.set(Stage::Queued);
        self.pending.set(self.pending.get() + 1);
        self.run.push(child);
    }

    /// A handle does not want its child any more.
    pub(super) fn ask_to_cancel(&self) {
        self.unwanted.set(true);
    }

    /// Has the children looked at that their handles do not want.
    pub(super) fn fetch_unwanted(&self) {
        let all = Queue::new();
        all.append(&self.rest);
        while let Some(node) = all.pop() {
            let unwanted = node.child().is_some_and(|child| child.is_unwanted.get());
            if unwanted { &self.run } else { &self.rest }.push(node);
        }
    }

    pub(super) fn poll_child(&self, popped: Popped<'_>, cx: &mut Context<'_>) {
        let node = popped.node;
        let part = PartOf::Child(node);
        let polled = self.within(part, None, || {
            // SAFETY: it has been taken out of the queue, and its handle waits until it is done.
            let polled = unsafe { node.run(cx) };
            // Nobody takes its output: what that leaves behind is the child's.
            if polled.is_ready() && node.child().is_some_and(|child| !child.has_handle.get()) {
                // SAFETY: as above.
                unsafe { node.clear() };
            }
            polled
        });
        match polled {
            Ok(Poll::Pending) => self.settle(part, ExitReason::Dropped),
            Ok(Poll::Ready(_)) => {
                popped.take();
                self.settle(part, ExitReason::Ended);
                self.leave(node, Some(cx.waker()));
            }
            Err(payload) => {
                // SAFETY: as above.
                discard(self.within(part, None, || unsafe { node.clear() }));
                self.settle(part, ExitReason::Panicking);
                popped.take();
                self.report_child(node, &payload);
                self.keep_first(payload);
                self.leave(node, Some(cx.waker()));
            }
        }
    }

    /// A child has panicked: the first panic passes on, and each has been told by the panic hook.
    fn keep_first(&self, payload: Payload) {
        match self.panic.take() {
            None => self.panic.set(Some(payload)),
            first => {
                self.panic.set(first);
                discard::<()>(Err(payload));
            }
        }
    }

    /// Drops a child where it stands.
    pub(super) fn cancel_child(&self, popped: Popped<'_>, reason: CancelReason, waker: Option<&Waker>) {
        let node = popped.node;
        let part = PartOf::Child(node);
        // SAFETY: it has been taken out of the queue, and its handle waits until it is done.
        discard(self.within(part, Some(reason), || unsafe { node.clear() }));
        popped.take();
        self.settle(part, ExitReason::Cancelled(reason));
        self.leave(node, waker);
    }

    /// Drops all children, the latest first, and whatever they spawn as they are dropped.
    pub(super) fn cancel_children(&self, reason: CancelReason, waker: Option<&Waker>) {
        loop {
            let (children, first, then) = (Queue::new(), Queue::new(), Queue::new());
            for (queue, cleanups) in [(&self.rest, &then), (&self.run, &first)] {
                while let Some(node) = queue.pop() {
                    match node.kind() {
                        Kind::Child => children.push(node),
                        Kind::Cleanup | Kind::Scope => cleanups.push(node),
                    }
                }
            }
            self.run.append(&first);
            self.run.append(&then);
            if children.is_empty() {
                return;
            }
            while let Some(node) = latest(&children) {
                self.cancel_child(Popped { driver: self, node }, reason, waker);
            }
        }
    }

    /// A child's future is gone. It is finished when what it has left behind has ended.
    fn leave(&self, child: NodeRef, waker: Option<&Waker>) {
        child.stage.set(Stage::Over);
        self.finish_child_if_over(child, waker);
    }

    pub(super) fn finish_child_if_over(&self, node: NodeRef, waker: Option<&Waker>) {
        let Some(child) = node.child().filter(|child| child.part.is_empty() && node.stage.get() == Stage::Over) else {
            return;
        };
        self.pending.set(self.pending.get() - 1);
        child.is_done.set(true);
        if child.has_handle.get() {
            let Some(awaiting) = child.waker.take() else { return };
            // The body is polled again in this very poll: it needs no turn of the executor.
            if child.awaited_by_body.get() && waker.is_some_and(|waker| waker.will_wake(&awaiting)) {
                self.heard.set(true);
            } else {
                awaiting.wake();
            }
            return;
        }
        // Nobody takes its output any more. What that leaves behind is the body's.
        // SAFETY: it has ended, and has no handle.
        discard(self.within(PartOf::Body, None, || unsafe { node.clear() }));
        // SAFETY: as above, and it is empty.
        unsafe { node.free() };
        self.settle(PartOf::Body, ExitReason::Dropped);
    }

    #[cfg(feature = "std")]
    fn report_child(&self, node: NodeRef, payload: &Payload) {
        self.report(node, CleanupErrorKind::ChildPanicked(crate::panics::words_of(payload)));
    }

    #[cfg(not(feature = "std"))]
    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "with std it reports")]
    fn report_child(&self, _: NodeRef, payload: &Payload) {
        match *payload {}
    }
}

/// Takes the child out that was spawned last.
fn latest(children: &Queue) -> Option<NodeRef> {
    let spawned = |node: NodeRef| node.child().map(|child| child.spawned);
    let others = Queue::new();
    let mut latest = children.pop()?;
    while let Some(node) = children.pop() {
        let earlier = if spawned(node) > spawned(latest) { mem::replace(&mut latest, node) } else { node };
        others.push(earlier);
    }
    children.append(&others);
    Some(latest)
}
