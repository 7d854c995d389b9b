//! [`Node`]: what an arena's scope runs, in a piece of its arena.
//!
//! A node is one of three kinds: a cleanup, a child, or a scope, which its parent runs once its future has been dropped. Each
//! begins with a [`Node`], and what it holds of other people's types stands behind, where only the functions of its [`Table`]
//! know it. [`NodeRef`] points to all of it.
#![expect(unsafe_code, reason = "references to nodes")]

use core::alloc::Layout;
use core::cell::Cell;
use core::ops::Deref;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use super::child_node::ChildNode;
use super::cleanup_node::CleanupNode;
use super::driver::{Driver, DriverRef};
use crate::CleanupErrorKind;
use crate::label::Label;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Cleanup,
    Child,
    Scope,
}

/// What a kind of nodes is, and does, with these types in it.
pub(super) struct Table {
    pub(super) kind: Kind,
    pub(super) layout: Layout,
    /// Polls it. Not called again once it was ready.
    pub(super) run: unsafe fn(NodeRef, &mut Context<'_>) -> Poll<Result<(), CleanupErrorKind>>,
    /// Drops what it holds of other people's.
    pub(super) clear: unsafe fn(NodeRef),
}

/// What a node is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is held by its guard, or waits for others.
    Idle,
    /// It has been polled, and is polled on, whoever would be first now.
    Begun,
    /// It stands in the scope's queue.
    Queued,
    /// Its future is gone. A child may be waited for until its cleanups have ended.
    Over,
}

#[repr(C)]
pub(super) struct Node {
    table: &'static Table,
    /// The scope that runs it; of a scope, itself.
    pub(super) driver: DriverRef,
    pub(super) label: Cell<Label>,
    pub(super) stage: Cell<Stage>,
    /// The next one in a [`Queue`].
    next: Cell<Link>,
}

/// A node that is alive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeRef(NonNull<Node>);

pub(super) type Link = Option<NodeRef>;

impl Node {
    pub(super) const fn new(table: &'static Table, driver: DriverRef, label: Label) -> Self {
        Self { table, driver, label: Cell::new(label), stage: Cell::new(Stage::Idle), next: Cell::new(None) }
    }
}

impl Deref for NodeRef {
    type Target = Node;

    fn deref(&self) -> &Node {
        // SAFETY: whoever has a reference to a node has it only as long as the node is alive, and a `Node` is never borrowed
        // mutably.
        unsafe { self.0.as_ref() }
    }
}

impl NodeRef {
    /// # Safety
    ///
    /// It points to all of a node, with the table of what it holds, and is not used any more once the node has been freed.
    pub(super) unsafe fn new(node: NonNull<Node>) -> Self {
        Self(node)
    }

    /// As a pointer to what it is.
    pub(super) fn cast<T>(self) -> NonNull<T> {
        self.0.cast()
    }

    pub(super) fn kind(self) -> Kind {
        self.table.kind
    }

    /// What it has as a cleanup. A scope has that too.
    ///
    /// # Panics
    ///
    /// If it is a child.
    pub(super) fn cleanup(&self) -> &CleanupNode {
        assert!(self.kind() != Kind::Child, "a child stands in no order");
        // SAFETY: cleanups and scopes begin with a `CleanupNode`, of which all that changes is in cells.
        unsafe { self.0.cast().as_ref() }
    }

    /// What it has as a child, if it is one.
    pub(super) fn child(&self) -> Option<&ChildNode> {
        // SAFETY: a child begins with a `ChildNode`, of which all that changes is in cells.
        (self.kind() == Kind::Child).then(|| unsafe { self.0.cast().as_ref() })
    }

    /// The driver of a scope, if it is one.
    pub(super) fn scope(&self) -> Option<&Driver> {
        // SAFETY: a scope's node is a driver, of which all that changes is in cells.
        (self.kind() == Kind::Scope).then(|| unsafe { self.0.cast().as_ref() })
    }

    /// Polls it.
    ///
    /// # Safety
    ///
    /// Nobody else polls, drops or borrows what it holds meanwhile.
    pub(super) unsafe fn run(self, cx: &mut Context<'_>) -> Poll<Result<(), CleanupErrorKind>> {
        // SAFETY: the table is that of this node; the rest is for the caller.
        unsafe { (self.table.run)(self, cx) }
    }

    /// Drops what it holds of other people's.
    ///
    /// # Safety
    ///
    /// Nobody else polls, drops or borrows what it holds meanwhile.
    pub(super) unsafe fn clear(self) {
        // SAFETY: the table is that of this node; the rest is for the caller.
        unsafe { (self.table.clear)(self) };
    }

    /// Gives its memory back. What it holds has been cleared.
    ///
    /// # Safety
    ///
    /// Nobody uses it any more.
    pub(super) unsafe fn free(self) {
        if let Some(child) = self.child() {
            drop(child.waker.take());
        }
        let (driver, layout) = (self.driver, self.table.layout);
        // SAFETY: every node has been written to a piece of this layout, by its scope's arena; nobody uses it any more.
        unsafe { driver.shared().heap.give_back(self.0.cast(), layout) };
    }
}

/// Nodes, first in, first out.
#[derive(Default)]
pub(super) struct Queue {
    first: Cell<Link>,
    last: Cell<Link>,
}

impl Queue {
    pub(super) const fn new() -> Self {
        Self { first: Cell::new(None), last: Cell::new(None) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.get().is_none()
    }

    /// Adds one that is in no queue.
    pub(super) fn push(&self, node: NodeRef) {
        node.next.set(None);
        match self.last.replace(Some(node)) {
            Some(last) => last.next.set(Some(node)),
            None => self.first.set(Some(node)),
        }
    }

    pub(super) fn pop(&self) -> Link {
        let first = self.first.get()?;
        self.first.set(first.next.take());
        if self.first.get().is_none() {
            self.last.set(None);
        }
        Some(first)
    }

    /// Adds all of another one.
    pub(super) fn append(&self, other: &Self) {
        let Some(first) = other.first.take() else { return };
        match self.last.replace(other.last.take()) {
            Some(last) => last.next.set(Some(first)),
            None => self.first.set(Some(first)),
        }
    }
}
