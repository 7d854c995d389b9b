//! The children of a [`Driver`]: spawned, polled, cancelled and ended.
//!
//! A child is a node that stands in no order: it runs from the moment the scope knows of it. It ends when its future has
//! ended or been dropped *and* the cleanups that it left behind have ended; only then its handle hears of it. Its output
//! stays in the node for the handle, or is dropped at once where there is none.
//!
//! A child borrows from outside of its scope, so it must be gone when the scope's future is: [`Driver::cancel_children`]
//! drops all of them, and from then on whatever is spawned is dropped unpolled.

use core::task::{Context, Poll};

use onpar_core::{CancelReason, ExitReason};

use super::child_node::ChildPtr;
use super::driver::Driver;
use super::frame::{Payload, Verdict, discard, with_nearest, words_of};
use super::node::{self, ChildJob, Flags, Kind, Label, NodePtr};
use super::shared::Shared;
use super::waker::waker;
use crate::{CleanupErrorKind, NodeKind};

/// Spawns a child, and gives the node with the handle's reference.
///
/// # Safety
///
/// The scope ends before anything ends that the job borrows, and stays on this thread unless the job and its output are
/// `Send`.
pub(crate) unsafe fn spawn<J: ChildJob>(scope: &Shared, job: J, label: Label) -> ChildPtr {
    scope.pending().one_more_child();
    // SAFETY: as the caller promises; the child has been counted.
    unsafe { spawn_counted(scope, job, label) }
}

/// As [`spawn`], for a child that the scope has counted already.
///
/// # Safety
///
/// As [`spawn`].
pub(crate) unsafe fn spawn_counted<J: ChildJob>(scope: &Shared, job: J, label: Label) -> ChildPtr {
    let me = scope.node();
    // SAFETY: as the caller promises; a handle does not leave its scope.
    let child = unsafe { node::new_child(job, label, me) };
    let node = child.node();
    node.trace.begin(NodeKind::Child, &node.label);
    with_nearest(Kind::Send, |frame| match frame.filter(|frame| frame.is_of(me)) {
        Some(frame) => {
            if me.is(Flags::WATCHED) {
                scope.watch_child(&node);
            }
            frame.driver().take_in(node);
        }
        None => push_child(scope, node),
    });
    child
}

/// Spawned from outside of the scope's own polls.
#[cold]
fn push_child(scope: &Shared, node: NodePtr) {
    scope.watch_child(&node);
    // SAFETY: the node was claimed when it was made; the scope's reference passes to the queue.
    let pushed = unsafe { scope.ready().push(node) }.is_ok();
    debug_assert!(pushed, "a scope whose handle is alive is open");
}

/// For the thread that polls or drops the scope. `me` is the driver's own node.
impl Driver {
    /// Takes a new child that was spawned within the scope's own polls, with its claim.
    fn take_in(&self, node: NodePtr) {
        let queue = if self.is_childless() {
            // It is dropped when the poll at hand has returned.
            self.frame.dropped()
        } else {
            self.enlist(node);
            &self.run
        };
        // SAFETY: the scope's reference passes to the list, and the claim with it.
        unsafe { queue.push(node) };
    }

    /// Takes a new child that was spawned from outside, or too late, and lets it run or drops it.
    pub(super) fn link_child(&self, me: NodePtr, node: NodePtr) {
        self.enlist(node);
        if self.is_childless() {
            self.cancel_child(me, node, CancelReason::Dropped);
        } else {
            self.enqueue(node);
        }
    }

    /// Polls a child. True if it was woken meanwhile.
    #[inline]
    pub(super) fn poll_child(&self, me: NodePtr, node: NodePtr) -> bool {
        let header = &*node;
        if header.state.is_asked_to_cancel() {
            self.cancel_child_by_handle(me, node);
            return false;
        }
        let waker = waker(node);
        // SAFETY: the job is there, since the node is not empty; it is polled by one driver at a time, which is this one.
        let poll = || unsafe { node::poll_child(node, &mut Context::from_waker(&waker)) };
        let polled = self.within_part(node, None, poll);
        if header.owes_its_home() {
            header.count_home(self.take_reference(me));
        }
        match polled {
            Ok(Poll::Pending) if !self.is_lost() => {
                self.adopt(node, ExitReason::Dropped);
                return header.state.is_queued();
            }
            Ok(Poll::Ready(())) if !matches!(self.frame.verdict(), Verdict::Failed | Verdict::Won) => {
                header.set(Flags::EMPTY);
                self.adopt(node, ExitReason::Ended);
                self.leave_family(me, node);
            }
            polled => self.end_child(me, node, polled),
        }
        false
    }

    /// A child ends without an output.
    #[cold]
    fn end_child(&self, me: NodePtr, node: NodePtr, polled: Result<Poll<()>, Payload>) {
        match polled {
            Ok(Poll::Pending) => return self.cancel_child(me, node, CancelReason::SiblingFailed),
            Ok(Poll::Ready(())) => {
                let reason = self.how_it_ended();
                self.drop_child(node, None);
                self.adopt(node, reason);
            }
            Err(payload) => {
                self.drop_child(node, None);
                self.adopt(node, ExitReason::Panicking);
                self.report(&node, CleanupErrorKind::ChildPanicked(words_of(&payload)));
                self.panicked(payload);
            }
        }
        self.leave_family(me, node);
    }

    /// A child has ended or been dropped, and is finished when what it left behind has ended.
    #[inline]
    fn leave_family(&self, me: NodePtr, node: NodePtr) {
        // From here on its cleanups count, and not the child: the budget bounds them.
        self.shared().pending().one_child_less();
        if node.active.get() == 0 {
            self.finish_child(me, node);
        } else {
            self.watch_close(&node);
        }
    }

    #[cold]
    fn cancel_child_by_handle(&self, me: NodePtr, node: NodePtr) {
        self.cancel_child(me, node, CancelReason::Requested("its handle cancelled it"));
    }

    /// Drops a child where it stands.
    fn cancel_child(&self, me: NodePtr, node: NodePtr, reason: CancelReason) {
        self.drop_child(node, Some(reason));
        self.adopt(node, ExitReason::Cancelled(reason));
        self.leave_family(me, node);
    }

    /// Drops the child's future: it leaves no output.
    fn drop_child(&self, node: NodePtr, cancel: Option<CancelReason>) {
        node.state.set_gone();
        self.empty(node, cancel);
    }

    /// Drops all children, and whatever will be spawned from now on.
    #[inline]
    pub(crate) fn cancel_children(&self, me: NodePtr, reason: CancelReason) {
        if !self.shared().pending().is_childless() {
            self.cancel_all_children(me, reason);
        }
    }

    fn cancel_all_children(&self, me: NodePtr, reason: CancelReason) {
        self.set_childless();
        self.link_waiting(me);
        let mut next = self.all.get();
        while let Some(node) = next {
            let header = &*node;
            // What a child leaves behind goes to the front of the list, and the child itself may leave it.
            next = header.after.get();
            if header.kind() == Kind::Child && !header.is(Flags::EMPTY) {
                self.cancel_child(me, node, reason);
            }
        }
        // Children that were spawned by the drops.
        self.link_waiting(me);
    }

    /// A child has ended, with its cleanups: its output goes to the handle, or away.
    #[inline]
    pub(super) fn finish_child(&self, me: NodePtr, node: NodePtr) {
        self.unwatch_ended(node);
        self.delist(node);
        let finished = node.state.finish();
        if finished.keeps_output && node::leaves_something(node) {
            // SAFETY: the flags say that the job is there, and the driver's to drop.
            unsafe { self.drop_output(me, node) };
        }
        if finished.is_waited_for
            && let Some(waker) = node.child().and_then(|child| child.take_waiter())
        {
            waker.wake();
        }
        self.shared().pending().room_is_free();
        if finished.keeps_reference {
            self.let_child_go(node);
        }
    }

    /// As [`let_go`](Self::let_go), of a child.
    #[inline]
    fn let_child_go(&self, node: NodePtr) {
        if !node.state.is_held(1) {
            // SAFETY: the reference is the driver's; the job is gone, or the handle's.
            return unsafe { node::release(node) };
        }
        self.take_back_home(node);
        if let Some(child) = node.child() {
            drop(child.take_waiter());
        }
        // SAFETY: nobody else has a reference, and the job is gone: there is no handle either. Home and waiter are gone too.
        unsafe { node::free_memory(node) };
    }

    /// Drops the output of a child that has no handle.
    ///
    /// # Safety
    ///
    /// The child is done, and its job is there and the driver's to drop.
    #[inline(never)]
    unsafe fn drop_output(&self, me: NodePtr, node: NodePtr) {
        // SAFETY: as the caller promises.
        if let Err(payload) = self.within(me, None, || unsafe { node::drop_job(node) }) {
            self.panicked(payload);
        }
        self.adopt(me, ExitReason::Ended);
    }

    /// A child panicked, which ends the whole scope. The first one passes on; a later one has been told by the panic hook.
    fn panicked(&self, payload: Payload) {
        match self.panic.take() {
            None => self.panic.set(Some(payload)),
            first => {
                self.panic.set(first);
                discard::<()>(Err(payload));
            }
        }
        self.shared().ending().begin(CancelReason::SiblingPanicked);
        self.shared().ending().strike();
    }
}
