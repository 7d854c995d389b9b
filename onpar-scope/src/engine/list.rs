//! [`List`]: nodes one after another, linked through their `next`, touched by one thread.

use core::cell::Cell;
use core::ptr;

use super::node::{Link, NodePtr, next};
use crate::sync::Ordering;

/// A first-in, first-out list of nodes that have been claimed for it.
#[derive(Debug, Default)]
pub(crate) struct List {
    first: Cell<Link>,
    last: Cell<Link>,
}

impl List {
    /// Appends a node.
    ///
    /// # Safety
    ///
    /// The node is alive until it has been taken out again, and its `next` is the caller's to use until then.
    #[inline]
    pub(crate) unsafe fn push(&self, node: NodePtr) {
        node.next.store(ptr::null_mut(), Ordering::Relaxed);
        match self.last.replace(Some(node)) {
            Some(last) => last.next.store(node.as_ptr(), Ordering::Relaxed),
            None => self.first.set(Some(node)),
        }
    }

    /// Appends nodes that are linked already.
    ///
    /// # Safety
    ///
    /// From `first`, `next` leads to `last`, whose own is null. For each of the nodes, what [`push`](Self::push) asks for holds.
    #[inline]
    pub(crate) unsafe fn append(&self, first: NodePtr, last: NodePtr) {
        match self.last.replace(Some(last)) {
            Some(last) => last.next.store(first.as_ptr(), Ordering::Relaxed),
            None => self.first.set(Some(first)),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.get().is_none()
    }

    /// The node that will come out last.
    pub(crate) fn last(&self) -> Link {
        self.last.get()
    }

    /// Takes the first node out.
    #[inline]
    pub(crate) fn pop(&self) -> Link {
        let first = self.first.get()?;
        self.first.set(next(first));
        if self.first.get().is_none() {
            self.last.set(None);
        }
        Some(first)
    }
}
