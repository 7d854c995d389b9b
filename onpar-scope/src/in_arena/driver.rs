//! [`Driver`]: runs the children and the cleanups of one scope.
//!
//! All of it is on one thread, in one task: what is polled is polled with the task's own waker, whenever the scope is. So there
//! is no waker to make, and nothing that another thread could reach. Everything is in cells, and nothing is borrowed while other
//! people's code runs, which may make guards, spawn children and drop them.
//!
//! # Where things are
//!
//! A child, and a cleanup that may run, stands in one of two queues: `run`, to be polled in this poll of the scope, or `rest`,
//! which has been. A cleanup stands in the order of its [`Part`] too, from its guard's end to its own. While a node is polled it
//! is in no queue.
//!
//! # What must never be broken
//!
//! * Other people's code runs inside of [`caught`], and what it leaves behind is in order where nothing
//!   can be caught: [`Entered`] and [`Popped`] see to that.
//! * `pending` counts the children and the cleanups that have not ended. At zero there is no node but those held by guards.
#![expect(unsafe_code, reason = "references to drivers, and the end of nodes")]

use core::alloc::Layout;
use core::cell::Cell;
use core::mem;
use core::ops::Deref;
use core::ptr::NonNull;
use core::task::{Context, Poll, Waker};

use onpar_core::{CancelReason, ExitReason};

use super::child_node::PartOf;
use super::cleanup_node::CleanupNode;
use super::node::{Kind, NodeRef, Queue, Stage, Table};
use super::order::Part;
use super::shared::Shared;
use crate::label::Label;
use crate::panics::{Payload, caught, is_panicking};
use crate::{CleanupError, CleanupErrorKind, hook};

/// How much is polled before the executor gets its thread back.
const POLLS: u32 = 64;

/// A driver that is alive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct DriverRef(NonNull<Driver>);

impl DriverRef {
    /// # Safety
    ///
    /// It points to a driver in an arena, and is not used any more once that has been freed.
    pub(super) const unsafe fn new(driver: NonNull<Driver>) -> Self {
        Self(driver)
    }

    /// Its own node.
    fn node(self) -> NodeRef {
        // SAFETY: a driver is a node, which is alive as long as the driver is.
        unsafe { NodeRef::new(self.0.cast()) }
    }

    /// As a pointer.
    pub(super) fn as_ptr(self) -> NonNull<Driver> {
        self.0
    }

    /// The scope's future has been dropped, with its body and children: hands over what is left, or gives it up.
    ///
    /// It takes no `&self`, nor does [`end`](Self::end): what a reference that is an argument points to must not go before the
    /// function returns.
    pub(super) fn abandon(self) {
        if self.pending.get() == 0 {
            self.end();
        } else if let Some(parent) = self.parent {
            let node = self.node();
            node.stage.set(Stage::Begun);
            parent.hand_over(node);
            if parent.current.get().is_none() {
                parent.settle(PartOf::Body, ExitReason::Dropped);
            }
        } else {
            self.leak();
        }
    }

    /// The scope has ended.
    pub(super) fn end(self) {
        if self.parent.is_some() {
            // SAFETY: nothing is pending, the body is gone, and with it whatever knew of the scope.
            unsafe { self.node().free() };
        }
    }
}

impl Deref for DriverRef {
    type Target = Driver;

    fn deref(&self) -> &Driver {
        // SAFETY: whoever has a reference to a driver has it only as long as the driver is alive, and a driver is never borrowed
        // mutably while there is one.
        unsafe { self.0.as_ref() }
    }
}

#[repr(C)]
pub(super) struct Driver {
    /// Its own node: the scope, as one cleanup of the scope around it.
    cleanup: CleanupNode,
    shared: NonNull<Shared>,
    /// The scope around it.
    parent: Option<DriverRef>,
    body: Part,
    pub(super) run: Queue,
    pub(super) rest: Queue,
    /// How many children and cleanups have not ended.
    pub(super) pending: Cell<usize>,
    /// The part that is being polled or dropped, and why it is dropped.
    current: Cell<Option<PartOf>>,
    cancel: Cell<Option<CancelReason>>,
    /// Whether a child is to be cancelled that its handle does not want.
    pub(super) unwanted: Cell<bool>,
    /// Whether a child has ended that the body awaits.
    pub(super) heard: Cell<bool>,
    /// The panic of a child, which ends the scope.
    pub(super) panic: Cell<Option<Payload>>,
    /// How much may still be polled in this poll, and whether that has only begun.
    left: Cell<u32>,
    fresh: Cell<bool>,
}

static TABLE: Table = Table { kind: Kind::Scope, layout: Driver::LAYOUT, run: |_, _| Poll::Pending, clear: |_| {} };

impl Driver {
    pub(super) const LAYOUT: Layout = Layout::new::<Self>();

    /// A driver that will stand at `me`.
    pub(super) const fn new(
        me: DriverRef,
        shared: NonNull<Shared>,
        parent: Option<DriverRef>,
        label: Label,
        key: u64,
    ) -> Self {
        Self {
            cleanup: CleanupNode::new(&TABLE, me, label, key),
            shared,
            parent,
            body: Part::new(),
            run: Queue::new(),
            rest: Queue::new(),
            pending: Cell::new(0),
            current: Cell::new(None),
            cancel: Cell::new(None),
            unwanted: Cell::new(false),
            heard: Cell::new(false),
            panic: Cell::new(None),
            left: Cell::new(0),
            fresh: Cell::new(false),
        }
    }

    /// Makes a driver within this one, in a piece of the arena; `None` if there is no room.
    pub(super) fn nest(&self, label: Label) -> Option<DriverRef> {
        let at = self.shared().heap.take(Self::LAYOUT)?.cast::<Self>();
        // SAFETY: a driver is written there next, before anything is asked of it.
        let nested = unsafe { DriverRef::new(at) };
        let driver = Self::new(nested, self.shared, Some(self.me()), label, self.shared().tick());
        // SAFETY: the piece is ours, and of this layout.
        unsafe { at.write(driver) };
        Some(nested)
    }

    /// What the scopes of one arena share.
    pub(super) fn shared(&self) -> &Shared {
        // SAFETY: the arena outlives every scope in it, and what is shared is never borrowed mutably meanwhile.
        unsafe { self.shared.as_ref() }
    }

    pub(super) fn me(&self) -> DriverRef {
        self.cleanup.node.driver
    }

    pub(super) fn rename(&self, name: &'static str) {
        let label = &self.cleanup.node.label;
        label.set(Label { name, ..label.get() });
    }

    /// What a new node of this size needs, and there is.
    pub(super) fn no_room<T>(&self, value: T, layout: Layout) -> crate::NoRoom<T> {
        self.shared().no_room(value, layout)
    }

    /// Why the part of the scope around is being dropped that this one is in, if it is.
    pub(super) fn cancelled_outside(&self) -> Option<CancelReason> {
        self.parent.and_then(|parent| parent.cancel.get())
    }

    /// Whether it is the body that is being polled, or something within it.
    pub(super) fn is_at_body(&self) -> bool {
        self.current.get() == Some(PartOf::Body)
    }

    /// Whether a child has panicked.
    pub(super) fn take_panic(&self) -> Option<Payload> {
        self.panic.take()
    }

    /// Whether a child has ended that the body awaits, since the last look.
    pub(super) fn take_heard(&self) -> bool {
        self.heard.take()
    }

    fn part(&self, of: PartOf, with: impl FnOnce(&Part)) {
        match of {
            PartOf::Body => with(&self.body),
            PartOf::Child(node) => {
                if let Some(child) = node.child() {
                    with(&child.part);
                }
            }
        }
    }

    /// Calls `work`, which polls or drops a part.
    pub(super) fn within<R>(
        &self,
        part: PartOf,
        cancel: Option<CancelReason>,
        work: impl FnOnce() -> R,
    ) -> Result<R, Payload> {
        let _entered = Entered::new(self, part, cancel);
        caught(work)
    }

    /// Takes the cleanup of a guard that has been dropped, or of a scope.
    pub(super) fn hand_over(&self, node: NodeRef) {
        let part = self.current.get().unwrap_or(PartOf::Body);
        let cleanup = node.cleanup();
        if cleanup.reason.get().is_none() {
            let panicking = is_panicking().then_some(ExitReason::Panicking);
            cleanup.reason.set(panicking.or_else(|| self.cancel.get().map(ExitReason::Cancelled)));
        }
        cleanup.part.set(part);
        self.part(part, |part| part.add(node));
        self.pending.set(self.pending.get() + 1);
    }

    /// Lets those run that a part has left behind, and may. `reason` is for those that were told none.
    pub(super) fn settle(&self, part: PartOf, reason: ExitReason) {
        self.part(part, |part| {
            part.settle(reason, |node| {
                node.stage.set(Stage::Queued);
                self.run.push(node);
            });
        });
    }

    /// A poll of the scope begins.
    pub(super) fn begin_poll(&self) {
        self.left.set(POLLS);
        self.fresh.set(true);
    }

    /// Polls what is to be polled. Ready when no child and no cleanup is pending; if not, the body is to be polled again if it has
    /// [heard](Self::take_heard), and else the task has been woken, or will be.
    pub(super) fn drive(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.settle(PartOf::Body, ExitReason::Dropped);
        // Behind what the body has just left.
        if self.fresh.take() {
            self.run.append(&self.rest);
        }
        loop {
            while let Some(node) = self.run.pop() {
                let popped = Popped { driver: self, node };
                if self.left.get() == 0 {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                self.left.set(self.left.get() - 1);
                self.poll_node(popped, cx);
            }
            if !self.unwanted.take() {
                break;
            }
            self.fetch_unwanted();
        }
        // Those that are polled together are, before a panic ends them all.
        if self.pending.get() == 0 && !self.has_panicked() { Poll::Ready(()) } else { Poll::Pending }
    }

    fn has_panicked(&self) -> bool {
        let panic = self.panic.take();
        let has = panic.is_some();
        self.panic.set(panic);
        has
    }

    fn poll_node(&self, popped: Popped<'_>, cx: &mut Context<'_>) {
        let node = popped.node;
        if let Some(scope) = node.scope() {
            scope.begin_poll();
            if scope.drive(cx).is_ready() {
                popped.take();
                self.end_cleanup(node, Some(cx.waker()));
            }
        } else if let Some(child) = node.child() {
            if child.is_unwanted.get() {
                let reason = CancelReason::Requested("its handle cancelled it");
                self.cancel_child(popped, reason, Some(cx.waker()));
            } else {
                self.poll_child(popped, cx);
            }
        } else {
            // SAFETY: it has just been taken out of the queue, so nobody else has it.
            let kind = match caught(|| unsafe { node.run(cx) }) {
                Ok(Poll::Pending) => return,
                Ok(Poll::Ready(result)) => result.err(),
                Err(payload) => Some(panicked(payload)),
            };
            self.clear_cleanup(popped, kind, Some(cx.waker()));
        }
    }

    /// A cleanup has ended, or nobody will run it: tells of what came of it, and drops what there is.
    fn clear_cleanup(&self, popped: Popped<'_>, kind: Option<CleanupErrorKind>, waker: Option<&Waker>) {
        let node = popped.node;
        if let Some(kind) = kind {
            self.report(node, kind);
        }
        // SAFETY: it is in no queue, and has no guard.
        if let Err(payload) = caught(|| unsafe { node.clear() }) {
            self.report(node, panicked(payload));
        }
        popped.take();
        self.end_cleanup(node, waker);
    }

    /// A cleanup has ended: frees it, and lets those run that waited for it.
    fn end_cleanup(&self, node: NodeRef, waker: Option<&Waker>) {
        let of = node.cleanup().part.get();
        self.part(of, |part| part.remove(node));
        self.pending.set(self.pending.get() - 1);
        // SAFETY: it is in no queue and no order, has no guard, and what it held has been cleared.
        unsafe { node.free() };
        self.settle(of, ExitReason::Dropped);
        if let PartOf::Child(child) = of {
            self.finish_child_if_over(child, waker);
        }
    }

    /// Nobody runs what is left: says so, and drops it.
    fn leak(&self) {
        self.settle(PartOf::Body, ExitReason::Dropped);
        self.run.append(&self.rest);
        while let Some(node) = self.run.pop() {
            if let Some(scope) = node.scope() {
                scope.leak();
                self.end_cleanup(node, None);
            } else {
                self.clear_cleanup(Popped { driver: self, node }, Some(CleanupErrorKind::Leaked), None);
            }
        }
    }

    pub(super) fn report(&self, node: NodeRef, kind: CleanupErrorKind) {
        let Label { name, location } = node.label.get();
        let scope = self.cleanup.node.label.get();
        hook::report(&CleanupError::new(name, location, kind).in_scope(scope.name, scope.location));
    }
}

/// What is reported of a cleanup's panic.
#[cfg(feature = "std")]
fn panicked(payload: Payload) -> CleanupErrorKind {
    CleanupErrorKind::Panicked(crate::panics::words(payload))
}

#[cfg(not(feature = "std"))]
fn panicked(payload: Payload) -> CleanupErrorKind {
    match payload {}
}

/// While a part is polled or dropped: leaves it, by a panic too.
struct Entered<'a> {
    driver: &'a Driver,
    before: (Option<PartOf>, Option<CancelReason>),
}

impl<'a> Entered<'a> {
    fn new(driver: &'a Driver, part: PartOf, cancel: Option<CancelReason>) -> Self {
        driver.part(part, |part| part.batch.set(u64::MAX));
        Self { driver, before: (driver.current.replace(Some(part)), driver.cancel.replace(cancel)) }
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.driver.current.set(self.before.0);
        self.driver.cancel.set(self.before.1);
    }
}

/// A node that is taken out of the queue: it goes back, by a panic too, if it is not [taken](Self::take).
pub(super) struct Popped<'a> {
    pub(super) driver: &'a Driver,
    pub(super) node: NodeRef,
}

impl Popped<'_> {
    pub(super) fn take(self) {
        mem::forget(self);
    }
}

impl Drop for Popped<'_> {
    fn drop(&mut self) {
        self.driver.rest.push(self.node);
    }
}

const _: () = assert!(mem::offset_of!(Driver, cleanup) == 0, "a driver is a node");
const _: () = assert!(mem::offset_of!(CleanupNode, node) == 0, "a cleanup is a node");
