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
use super::frame::{Verdict, with_nearest};
use super::node::{self, ChildJob, Flags, Kind, NodePtr};
use super::shared::Shared;
use super::waker::waker;
use crate::label::Label;
use crate::panics::{Payload, discard, words_of};
use crate::{CleanupErrorKind, NodeKind};

/// Spawns a child, and gives the node with the handle's reference.
///
/// # Safety
///
/// The scope ends before anything ends that the job borrows, and stays on this thread unless the job and its output are
/// `Send`.
pub(crate) unsafe fn spawn<J: ChildJob>(scope: &Shared, job: J, label: Label) -> ChildPtr {
    // SAFETY: as the caller promises.
    unsafe { spawn_child(scope, job, label, false) }
}

/// As [`spawn`], for a child that the scope has counted already.
///
/// # Safety
///
/// As [`spawn`].
pub(crate) unsafe fn spawn_counted<J: ChildJob>(scope: &Shared, job: J, label: Label) -> ChildPtr {
    // SAFETY: as the caller promises.
    unsafe { spawn_child(scope, job, label, true) }
}

/// As [`spawn`], for a child that may have been counted already.
///
/// # Safety
///
/// As [`spawn`].
#[inline]
unsafe fn spawn_child<J: ChildJob>(scope: &Shared, job: J, label: Label, counted: bool) -> ChildPtr {
    let me = scope.node();
    // SAFETY: as the caller promises; a handle does not leave its scope.
    let child = unsafe { node::new_child(job, label, me) };
    let node = child.node();
    node.trace.begin(NodeKind::Child, &node.label);
    with_nearest(Kind::Send, |frame| {
        if let Some(frame) = frame.filter(|frame| frame.is_of(me)) {
            if me.is(Flags::WATCHED) {
                scope.watch_child(&node);
            }
            if !counted {
                scope.pending().one_more_child_here();
            }
            frame.driver().take_in(node);
        } else {
            if !counted {
                scope.pending().one_more_child();
            }
            push_child(scope, node);
        }
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
    #[inline]
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
    pub(super) fn link_child(&self, me: NodePtr, child: ChildPtr) {
        self.enlist(child.node());
        if self.is_childless() {
            self.cancel_child(me, child, CancelReason::Dropped);
        } else {
            self.enqueue(child.node());
        }
    }

    /// Polls a child. True if it was woken meanwhile.
    #[inline]
    pub(super) fn poll_child(&self, me: NodePtr, child: ChildPtr) -> bool {
        let (node, header) = (child.node(), &**child);
        if header.state.is_asked_to_cancel() {
            self.cancel_child_by_handle(me, child);
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
                self.leave_family(me, child);
            }
            polled => self.end_child(me, child, polled),
        }
        false
    }

    /// As [`leave_family`](Self::leave_family), where that is not to be a part of the caller.
    #[inline(never)]
    fn leave_family_early(&self, me: NodePtr, child: ChildPtr) {
        self.leave_family(me, child);
    }

    /// A child ends without an output.
    #[cold]
    fn end_child(&self, me: NodePtr, child: ChildPtr, polled: Result<Poll<()>, Payload>) {
        let node = child.node();
        match polled {
            Ok(Poll::Pending) => return self.cancel_child(me, child, CancelReason::SiblingFailed),
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
        self.leave_family_early(me, child);
    }

    /// A child has ended or been dropped, and is finished when what it left behind has ended.
    #[expect(
        clippy::inline_always,
        reason = "a call takes a tenth of what a child does; measured by `children_in_turn`"
    )]
    #[inline(always)]
    fn leave_family(&self, me: NodePtr, child: ChildPtr) {
        // From here on its cleanups count, and not the child: the budget bounds them.
        self.shared().pending().one_child_less();
        if child.active.get() == 0 {
            self.finish_child(me, child);
        } else {
            self.watch_close(&child);
        }
    }

    #[cold]
    fn cancel_child_by_handle(&self, me: NodePtr, child: ChildPtr) {
        self.cancel_child(me, child, CancelReason::Requested("its handle cancelled it"));
    }

    /// Drops a child where it stands.
    fn cancel_child(&self, me: NodePtr, child: ChildPtr, reason: CancelReason) {
        self.drop_child(child.node(), Some(reason));
        self.adopt(child.node(), ExitReason::Cancelled(reason));
        self.leave_family_early(me, child);
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
            // What a child leaves behind goes to the front of the list, and the child itself may leave it.
            next = node.after.get();
            if let Some(child) = node.child().filter(|child| !child.is(Flags::EMPTY)) {
                self.cancel_child(me, child, reason);
            }
        }
        // Children that were spawned by the drops.
        self.link_waiting(me);
    }

    /// A child has ended, with its cleanups: its output goes to the handle, or away.
    #[expect(
        clippy::inline_always,
        reason = "a call takes a tenth of what a child does; measured by `children_in_turn`"
    )]
    #[inline(always)]
    pub(super) fn finish_child(&self, me: NodePtr, child: ChildPtr) {
        let node = child.node();
        self.unwatch_ended(node);
        self.delist(node);
        if child.awaited.get() {
            self.hear();
        }
        if !child.state.finish_for_handle() {
            self.finish_kept(me, child);
        }
        self.shared().pending().room_is_free();
    }

    /// As [`finish_child`](Self::finish_child), where there is more to do than to leave the node to the handle.
    // A function of its own, so that the rest of what ends a child is small enough to be a part of the driver's loop.
    #[inline(never)]
    fn finish_kept(&self, me: NodePtr, child: ChildPtr) {
        let finished = child.state.finish();
        if finished.keeps_output && node::leaves_something(child.node()) {
            // SAFETY: the flags say that the job is there, and the driver's to drop.
            unsafe { self.drop_output(me, child.node()) };
        }
        if finished.is_waited_for
            && let Some(waker) = child.take_waiter()
        {
            waker.wake();
        }
        if finished.keeps_reference {
            self.let_child_go(child);
        }
    }

    /// As [`let_go`](Self::let_go), of a child.
    #[inline]
    fn let_child_go(&self, child: ChildPtr) {
        if !child.state.is_held(1) {
            // SAFETY: the reference is the driver's; the job is gone, or the handle's.
            return unsafe { node::release_child(child) };
        }
        self.take_back_home(child.node());
        // SAFETY: nobody else has a reference, and the job is gone: there is no handle either.
        unsafe { node::free_child(child) };
    }

    /// Drops the output of a child that has no handle.
    ///
    /// # Safety
    ///
    /// The child is done, and its job is there and the driver's to drop.
    #[inline(never)]
    unsafe fn drop_output(&self, me: NodePtr, node: NodePtr) {
        // SAFETY: as the caller promises.
        if let Err(payload) = self.within(None, || unsafe { node::drop_job(node) }) {
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
