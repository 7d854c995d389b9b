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

use super::driver::{Driver, words};
use super::driver_ref::DriverRef;
use super::frame::{Payload, with_nearest};
use super::node::{self, ChildJob, Flags, Kind, Label, NodePtr, Owned};
use super::shared::Shared;
use crate::NodeKind;

/// Why all that a scope has must be cancelled.
pub(crate) enum Doom {
    /// A child panicked.
    Panic(Payload),
}

/// Spawns a child, and gives the node with the handle's reference.
///
/// # Safety
///
/// The scope ends before anything ends that the job borrows, and stays on this thread unless the job and its output are
/// `Send`.
#[inline(never)]
pub(crate) unsafe fn spawn<J: ChildJob>(scope: &Shared, job: J, label: Label) -> NodePtr {
    let me = scope.node();
    scope.pending().one_more_child();
    with_nearest(Kind::Send, |frame| {
        let here = frame.filter(|frame| frame.is_of(me));
        let key = here.map_or(0, |frame| frame.part().tick());
        // SAFETY: as the caller promises.
        let node = unsafe { Owned::new_child(job, label, key) }.erase();
        node.trace.begin(NodeKind::Child, &node.label);
        let home = match here {
            Some(frame) => frame.retain_driver(),
            // SAFETY: the scope is open, so its driver is alive.
            None => unsafe { DriverRef::retain(me) },
        };
        node.settle_in(Some(home));
        match here {
            Some(frame) => {
                if me.is(Flags::WATCHED) {
                    scope.watch_child(&node);
                }
                // The handle may wake the child before the scope knows of it: claimed, it is in nobody else's queue.
                let _ = node.state.queue();
                // SAFETY: the scope's reference passes to the list, and the node has just been claimed for it.
                unsafe { frame.dropped().push(node) };
            }
            None => push_child(scope, node),
        }
        node
    })
}

/// Spawned from outside of the scope's own polls.
#[cold]
fn push_child(scope: &Shared, node: NodePtr) {
    scope.watch_child(&node);
    let claimed = node.state.queue();
    // SAFETY: nobody else knows the node, so it has been claimed; the scope's reference passes to the queue.
    let pushed = claimed && unsafe { scope.ready().push(node) }.is_ok();
    debug_assert!(pushed, "a scope whose handle is alive is open");
}

/// For the thread that polls or drops the scope. `me` is the driver's own node.
impl Driver {
    /// Takes a new child into the list, and lets it run.
    pub(super) fn link_child(&self, me: NodePtr, node: NodePtr) {
        self.enlist(node, me);
        if self.is_childless() {
            self.cancel_child(me, node, CancelReason::Dropped);
        } else {
            self.start(node);
        }
    }

    /// Polls a child. True if it was woken meanwhile.
    pub(super) fn poll_child(&self, me: NodePtr, node: NodePtr) -> bool {
        let header = &*node;
        if header.state.is_asked_to_cancel() {
            self.cancel_child(me, node, CancelReason::Requested("its handle cancelled it"));
            return false;
        }
        let waker = node::waker(node);
        // SAFETY: the job is there, since the node is not empty; it is polled by one driver at a time, which is this one.
        let poll = || unsafe { node::poll(node, ExitReason::Ended, &mut Context::from_waker(&waker)) };
        match self.within(me, node, None, poll) {
            Ok(Poll::Pending) => {
                self.adopt(node, ExitReason::Dropped);
                return header.state.is_queued();
            }
            Ok(Poll::Ready(_)) => {
                header.set(Flags::EMPTY);
                self.adopt(node, ExitReason::Ended);
            }
            Err(payload) => {
                self.drop_child(me, node, None);
                self.adopt(node, ExitReason::Panicking);
                self.doom(Doom::Panic(payload));
            }
        }
        self.leave_family(me, node);
        false
    }

    /// A child has ended or been dropped, and is finished when what it left behind has ended.
    #[inline]
    fn leave_family(&self, me: NodePtr, node: NodePtr) {
        // From here on its cleanups count, and not the child: the budget bounds them.
        self.shared().pending().one_child_less();
        if node.active.get() == 0 {
            self.finish(me, node);
        } else {
            self.watch_close(&node);
        }
    }

    /// Drops a child where it stands.
    fn cancel_child(&self, me: NodePtr, node: NodePtr, reason: CancelReason) {
        self.drop_child(me, node, Some(reason));
        self.adopt(node, ExitReason::Cancelled(reason));
        self.leave_family(me, node);
    }

    /// Drops the child's future: it leaves no output.
    fn drop_child(&self, me: NodePtr, node: NodePtr, cancel: Option<CancelReason>) {
        node.state.set_gone();
        self.empty(me, node, cancel);
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

    /// A child is done: its output goes to the handle, or away.
    pub(super) fn end_child(&self, me: NodePtr, node: NodePtr, keeps_output: bool, has_handle: bool) {
        if keeps_output {
            // SAFETY: the flags say that the job is there, and the driver's to drop.
            if let Err(payload) = self.within(me, me, None, || unsafe { node::drop_job(node) }) {
                self.doom(Doom::Panic(payload));
            }
            self.adopt(me, ExitReason::Ended);
        }
        if has_handle {
            node.wake_waiter();
        }
    }

    /// Something happened that ends the whole scope. The first one counts.
    fn doom(&self, doom: Doom) {
        self.doomed.set(true);
        match self.doom.take() {
            None => self.doom.set(Some(doom)),
            // A later panic has been told by the panic hook.
            Some(first) => {
                self.doom.set(Some(first));
                let Doom::Panic(payload) = doom;
                drop(words(payload));
            }
        }
    }
}
