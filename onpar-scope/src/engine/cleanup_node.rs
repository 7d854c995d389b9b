//! [`CleanupPtr`]: a node that is a cleanup, with what only cleanups have: a place in the order of their part, that part, and
//! a reason.
//!
//! It is the largest part of a node's bookkeeping, and children, of which there are many, do without it.

use core::cell::Cell;
use core::ops::Deref;

use onpar_core::ExitReason;

use super::node::{Head, HeadPtr, Header, Link, NodePtr};
use super::order::OrderLinks;

/// What a cleanup begins with. A driver does too: it is a cleanup of the scope that it is handed to.
#[repr(C)]
pub(crate) struct CleanupHeader {
    header: Header,
    pub(crate) order: OrderLinks,
    /// Fixed when it is handed over, or adopted.
    pub(crate) reason: Cell<Option<ExitReason>>,
    /// The part in whose order the node stands.
    pub(crate) owner: Cell<Link>,
}

pub(crate) type CleanupPtr = HeadPtr<CleanupHeader>;

pub(crate) type CleanupLink = Option<CleanupPtr>;

// SAFETY: the layout is C's, and the first field is the header.
unsafe impl Head for CleanupHeader {
    fn new(header: Header, key: u64) -> Self {
        Self { header, order: OrderLinks::new(key), reason: Cell::default(), owner: Cell::default() }
    }

    const IS_CHILD: bool = false;
}

impl Deref for CleanupHeader {
    type Target = Header;

    #[inline]
    fn deref(&self) -> &Header {
        &self.header
    }
}

impl NodePtr {
    /// The node as a cleanup, if it is one.
    #[inline]
    pub(crate) fn cleanup(self) -> CleanupLink {
        self.with_head()
    }
}

// Whoever frees a cleanup's node drops nothing.
const _: () = assert!(!core::mem::needs_drop::<CleanupHeader>());
