//! [`Driver`]: runs the cleanups of one scope.
//!
//! # Parts
//!
//! The scope's body is a *part*, and so is every cleanup that runs: a part can drop guards, whose cleanups then stand in
//! that part's [`Order`](super::order::Order). A cleanup has ended when its job is done *and* everything in its own order
//! has ended, so that what waits for it waits for the whole of it. The header of the driver's own node stands for the body.
//!
//! # Who touches what
//!
//! [`Shared`] is for every thread. The rest belongs to the thread that polls or drops the scope's future, of which there is
//! one at a time: the future is behind `&mut`; after a [handover](super::handover) the driver is
//! polled by the driver that took it. Other code on that thread gets here through the [`Frame`] alone, which it finds only
//! while that poll or drop is below it on the stack. The fields are cells: nothing is borrowed while users' code runs.
//!
//! # What must never be broken
//!
//! * The scope's list of all nodes has nested cleanups before those that made them (new ones go to the front).
//! * Users' futures, values and closures are polled and dropped inside a [`Frame`], and their panics caught. Clocks and wakers
//!   are called outside: a clock that panics ends the poll, and the budget with it.

use core::cell::Cell;
use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::{CancelReason, ExitReason};

use super::budget::Budget;
use super::cleanup_node::CleanupPtr;
use super::driver_ref::DriverRef;
use super::frame::{Frame, Verdict};
use super::list::List;
use super::node::{self, Flags, Header, Kind, Link, NodePtr};
use super::shared::Shared;
use super::waker::waker;
use crate::label::Label;
use crate::panics::{Payload, caught, discard, words};
use crate::{CleanupError, CleanupErrorKind, hook};

/// How many cleanups are polled before the executor gets its thread back. Large enough that the extra wake-up costs
/// nothing beside the polls, small enough to bound the time of one.
const POLLS: u32 = 256;

/// How many references a driver begins with beyond the first one, and counts at a time when it needs more: they cost an
/// atomic operation for all of them.
pub(super) const PURSE: usize = 64;

/// Which cleanup errors are kept, instead of being told to the hook.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Keeps {
    #[default]
    None,
    /// Those that happen once the scope is being cancelled: a scope that lives long does not pile up others.
    OnceCancelled,
    All,
}

pub(crate) struct Driver {
    pub(super) shared: Shared,
    /// The scope in which this one was made.
    pub(super) origin: Cell<Option<DriverRef>>,
    /// Started nodes that are to be polled next; all of them are claimed by their state.
    pub(super) run: List,
    /// Whether a waker has been left with `ready`.
    pub(super) slept: Cell<bool>,
    /// The latest node that was adopted and has not ended.
    pub(super) all: Cell<Link>,
    /// Cleanup errors that are kept for the scope's outcome, and which are.
    errors: Cell<Vec<CleanupError>>,
    keeps: Cell<Keeps>,
    pub(super) budget: Cell<Option<Pin<Box<dyn Budget>>>>,
    /// Whether there is a budget: a look at one byte.
    pub(super) bounded: Cell<bool>,
    /// References to this driver that are counted and that nobody has: guards which are made and end under its polls take
    /// theirs from here and put them back, so that they cost no atomic operation.
    pub(super) purse: Cell<usize>,
    pub(super) frame: Frame,
    /// The panic of a child, which ends the whole scope.
    pub(super) panic: Cell<Option<Payload>>,
    /// The scope's time: it begins with that of the scope that made it.
    clock: Cell<u64>,
    /// Whether children have been cancelled, and whatever is spawned is dropped.
    childless: Cell<bool>,
    /// Whether a child has ended whose handle the body awaits: it wants to be polled again, in this very poll.
    heard: Cell<bool>,
    /// How much may still be polled in this poll.
    left: Cell<u32>,
}

/// For the thread that polls or drops the scope. `me` is the driver's own node.
impl Driver {
    /// A driver with nothing to do, in this node, which was made at the time `key` in the scope `origin`.
    #[inline]
    pub(crate) fn new(node: NodePtr, local: bool, key: u64, origin: Option<DriverRef>) -> Self {
        Self {
            shared: Shared::new(node, local),
            origin: Cell::new(origin),
            run: List::default(),
            slept: Cell::default(),
            all: Cell::default(),
            errors: Cell::default(),
            keeps: Cell::default(),
            budget: Cell::default(),
            bounded: Cell::default(),
            purse: Cell::new(PURSE),
            frame: Frame::new(node),
            panic: Cell::default(),
            clock: Cell::new(key),
            childless: Cell::default(),
            heard: Cell::default(),
            left: Cell::default(),
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The scope in which this one was made, if it has not been taken.
    pub(crate) fn take_origin(&self) -> Option<DriverRef> {
        self.origin.take()
    }

    /// This driver's own node.
    #[inline]
    pub(crate) fn node(&self) -> NodePtr {
        self.shared.node()
    }

    /// This driver's own node, as long as it is borrowed.
    #[inline]
    pub(super) fn header(&self) -> &Header {
        self.shared.header()
    }

    /// A later time of this scope than any before: the key of what is made now, by which cleanups are ordered. It only ever
    /// grows, and a nested scope begins with the time of the one that made it, so that their keys compare (Lamport's clock,
    /// without messages).
    #[inline]
    pub(crate) fn tick(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    /// Whether the body and all children are to be cancelled.
    #[inline]
    pub(crate) fn is_doomed(&self) -> bool {
        self.shared.ending().is_struck()
    }

    pub(super) fn is_bounded(&self) -> bool {
        self.bounded.get()
    }

    pub(super) fn is_childless(&self) -> bool {
        self.childless.get()
    }

    pub(super) fn set_childless(&self) {
        self.childless.set(true);
    }

    /// The body and all children are about to be cancelled: gives the panic for which they are, if it is one.
    pub(crate) fn take_doom(&self) -> Option<Payload> {
        self.shared.ending().heed();
        self.panic.take()
    }

    /// Whether the part that has just been polled awaits what will never come.
    #[inline]
    pub(crate) fn is_lost(&self) -> bool {
        self.frame.verdict() == Verdict::Lost
    }

    /// What is told to the guards of the part that has just ended.
    pub(crate) fn how_it_ended(&self) -> ExitReason {
        if self.frame.verdict() == Verdict::Failed { ExitReason::Failed } else { ExitReason::Ended }
    }

    /// Takes a reference out of the purse.
    #[inline]
    pub(super) fn take_reference(&self, me: NodePtr) -> DriverRef {
        if self.purse.get() == 0 {
            me.state.retain(PURSE);
            self.purse.set(PURSE);
        }
        self.purse.set(self.purse.get() - 1);
        // SAFETY: the reference from the purse was counted, and is in it no more.
        unsafe { DriverRef::from_node(me) }
    }

    /// Puts a counted reference into the purse.
    #[inline]
    pub(super) fn put_in_purse(&self) {
        self.purse.set(self.purse.get() + 1);
    }

    /// Calls `work`, which polls or drops a part, within this scope: what it drops is collected, and its panic caught.
    ///
    /// Small on the stack, since deeply nested scopes have one below the other.
    #[inline]
    pub(crate) fn within<R>(&self, cancel: Option<CancelReason>, work: impl FnOnce() -> R) -> Result<R, Payload> {
        // SAFETY: a driver is polled or dropped by one thread at a time, which does one thing at a time and leaves the frame
        // below.
        unsafe { self.frame.enter(cancel) };
        // What panicked is never polled again, and dropped at once.
        let result = caught(work);
        self.frame.leave();
        result
    }

    /// As [`within`](Self::within), for those who observe: it is `part` that is polled or dropped.
    #[inline]
    pub(crate) fn within_part<R>(
        &self,
        part: NodePtr,
        cancel: Option<CancelReason>,
        work: impl FnOnce() -> R,
    ) -> Result<R, Payload> {
        let _entered = part.trace.enter();
        self.frame.set_part(Some(part));
        let result = self.within(cancel, work);
        self.frame.set_part(None);
        result
    }

    /// Keeps such cleanup errors for the scope's outcome instead of telling the hook.
    pub(crate) fn keep_errors(&self, keeps: Keeps) {
        self.keeps.set(keeps);
    }

    /// What has been kept. The hook is told from now on.
    pub(crate) fn take_errors(&self) -> Vec<CleanupError> {
        self.keeps.set(Keeps::None);
        self.errors.take()
    }

    /// Moves what other threads pushed, and what was woken, to the run list, in the order in which it came.
    pub(super) fn take_ready(&self) {
        // Most of the time.
        if self.shared.ready().is_empty_awake() {
            return;
        }
        let Some((first, last)) = self.shared.ready().wake().in_order() else { return };
        // SAFETY: the nodes were claimed when they were pushed; the claims are the run list's now. They are linked from the
        // first to the last, of which there are links to no other.
        unsafe { self.run.append(first, last) };
    }

    /// A poll of the scope begins.
    #[inline]
    pub(super) fn begin_poll(&self) {
        self.left.set(POLLS);
    }

    /// Polls what wants to be polled, as far as there may be any more of that in this [poll](Self::begin_poll). Ready when the
    /// scope is `closing` and everything has ended. If not, and the body [has heard](Self::take_heard) of a child, then the
    /// body is to be polled again; else the scope has been woken, or will be.
    pub(crate) fn drive(&self, me: NodePtr, closing: bool, cx: &mut Context<'_>) -> Poll<()> {
        let mut left = self.left.get();
        let mut yielded = false;
        loop {
            self.take_ready();
            while left > 0
                && let Some(node) = self.run.pop()
            {
                left -= 1;
                yielded |= self.poll_node(me, node);
            }
            self.left.set(left);
            // Not before: of those that were woken together, each may say how it failed.
            if self.is_doomed() {
                return Poll::Pending;
            }
            // One that was woken during its own poll has yielded: to the executor, not to us.
            if yielded || left == 0 {
                self.heard.set(false);
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            if !closing && self.heard.get() {
                return Poll::Pending;
            }
            if closing && self.shared.pending().is_none() {
                if self.shared.ready().close() {
                    self.forget(me);
                    return Poll::Ready(());
                }
                continue;
            }
            self.slept.set(true);
            if self.shared.ready().sleep(cx.waker()) {
                return Poll::Pending;
            }
        }
    }

    /// The body awaits the handle of a child that has ended.
    #[inline]
    pub(super) fn hear(&self) {
        self.heard.set(true);
    }

    /// Whether a child has ended whose handle the body awaits, since the last look.
    #[inline]
    pub(super) fn take_heard(&self) -> bool {
        self.heard.take()
    }

    /// A node leaves the run list: polls it, or does what else it stands there for. True if it was woken meanwhile.
    ///
    /// A child is polled from here alone, so that the compiler makes that a part of the loop: a call takes a quarter of the
    /// instructions of a poll.
    #[inline]
    fn poll_node(&self, me: NodePtr, node: NodePtr) -> bool {
        match node.child() {
            Some(child) if child.is(Flags::ADOPTED) && !child.is(Flags::EMPTY) => {
                let runs = child.state.unqueue();
                debug_assert!(runs, "a child that is done is empty");
                self.poll_child(me, child)
            }
            _ => self.poll_other(me, node),
        }
    }

    /// The same for a node that is no child, or not one that runs.
    pub(super) fn poll_other(&self, me: NodePtr, node: NodePtr) -> bool {
        let header = &*node;
        if !header.state.unqueue() {
            // SAFETY: it is done, and its reference passed to the queue that it has just left.
            unsafe { node::release(node) };
        } else if !header.is(Flags::ADOPTED) {
            self.link_foreign(me, node);
        } else if header.is(Flags::EMPTY) {
            // A late wake-up: the job has ended, and only its own cleanups are waited for.
        } else if header.kind() == Kind::Scope {
            // SAFETY: a node of this kind is a driver's, and this driver is the one that polls it now.
            let scope = unsafe { DriverRef::peek(node) };
            if scope.drive_to_end(&mut Context::from_waker(&waker(node))).is_pending() {
                return header.state.is_queued();
            }
            header.set(Flags::EMPTY);
            self.finish(me, node);
        } else if let Some(cleanup) = node.cleanup() {
            return self.poll_job(me, cleanup);
        } else {
            // Children are gone before the budget begins to count.
            debug_assert!(false, "no child runs when the budget is spent");
        }
        false
    }

    fn poll_job(&self, me: NodePtr, cleanup: CleanupPtr) -> bool {
        let (node, header) = (cleanup.node(), &**cleanup);
        let waker = waker(node);
        let reason = cleanup.reason.get().unwrap_or(ExitReason::Dropped);
        // What is told to the guards that the job leaves behind.
        let mut left_behind = ExitReason::Ended;
        // SAFETY: the job is there, since the node is not empty; it is polled by one driver at a time, which is this one.
        match self.within_part(node, None, || unsafe { node::poll(node, reason, &mut Context::from_waker(&waker)) }) {
            Ok(Poll::Pending) => {
                self.adopt(node, ExitReason::Dropped);
                return header.state.is_queued();
            }
            Ok(Poll::Ready(Ok(()))) => {}
            Ok(Poll::Ready(Err(error))) => self.report(header, CleanupErrorKind::Failed(error)),
            Err(payload) => {
                left_behind = ExitReason::Panicking;
                self.report(header, CleanupErrorKind::Panicked(words(payload)));
            }
        }
        self.empty(node, None);
        self.adopt(node, left_behind);
        if header.active.get() == 0 {
            self.finish(me, node);
        } else {
            self.watch_close(header);
        }
        false
    }

    /// Drops the job.
    #[inline]
    pub(super) fn empty(&self, node: NodePtr, cancel: Option<CancelReason>) {
        node.set(Flags::EMPTY);
        // SAFETY: the job is there, ours to touch, and the flag says that it is gone from now on.
        if let Err(payload) = self.within_part(node, cancel, || unsafe { node::drop_job(node) }) {
            self.report(&node, CleanupErrorKind::Panicked(words(payload)));
        }
    }

    /// The node has ended, and with it perhaps the part that waited for it, and so on.
    pub(super) fn finish(&self, me: NodePtr, node: NodePtr) {
        let mut node = node;
        while let Some(cleanup) = node.cleanup() {
            self.unwatch_ended(node);
            self.unorder(cleanup);
            self.delist(node);
            let owner = cleanup.owner.get();
            let finished = node.state.finish();
            self.shared.pending().one_less();
            if finished.keeps_reference {
                self.let_go(node);
            }
            let Some(part) = owner else { return };
            part.active.set(part.active.get() - 1);
            if part == me || part.active.get() > 0 || !part.is(Flags::EMPTY) {
                return;
            }
            node = part;
        }
        if let Some(child) = node.child() {
            self.finish_child(me, child);
        }
    }

    /// Lets the driver's reference to a node go that is done.
    #[inline]
    pub(super) fn let_go(&self, node: NodePtr) {
        if !node.state.is_held(1) {
            // SAFETY: the reference is the driver's; the job is gone, or the handle's.
            return unsafe { node::release(node) };
        }
        self.take_back_home(node);
        // SAFETY: nobody else has a reference, and the job is gone: there is no handle either.
        unsafe { node::free(node) };
    }

    /// What we gave a node for its wakers goes back to the purse.
    #[inline]
    pub(super) fn take_back_home(&self, node: NodePtr) {
        if let Some(home) = node.take_home() {
            let _ = home.into_node();
            self.put_in_purse();
        }
    }

    #[cold]
    pub(super) fn report(&self, header: &Header, kind: CleanupErrorKind) {
        let Label { name, location } = header.label.get();
        let scope = self.node().label.get();
        self.tell(CleanupError::new(name, location, kind).in_scope(scope.name, scope.location));
    }

    /// Keeps a cleanup error for the outcome, or tells the hook.
    pub(super) fn tell(&self, error: CleanupError) {
        let kept = match self.keeps.get() {
            Keeps::None => false,
            Keeps::OnceCancelled => self.shared.ending().reason().is_some(),
            Keeps::All => true,
        };
        if kept {
            let mut errors = self.errors.take();
            errors.push(error);
            self.errors.set(errors);
        } else {
            hook::report(&error);
            // Its own drop is users' code.
            discard(caught(|| drop(error)));
        }
    }
}
