//! [`ChildPtr`]: a node that is a child, with what only children have: somebody who waits for their end.

use core::cell::Cell;
use core::ops::Deref;
use core::task::Waker;

use super::node::{Head, HeadPtr, Header, NodePtr};

/// What a child begins with.
#[repr(C)]
pub(crate) struct ChildHeader {
    header: Header,
    /// Who waits for the output; see `State::wait`.
    waiter: Cell<Option<Waker>>,
}

pub(crate) type ChildPtr = HeadPtr<ChildHeader>;

// SAFETY: the layout is C's, and the first field is the header.
unsafe impl Head for ChildHeader {
    fn new(header: Header, _key: u64) -> Self {
        Self { header, waiter: Cell::default() }
    }

    const IS_CHILD: bool = true;
}

impl Deref for ChildHeader {
    type Target = Header;

    #[inline]
    fn deref(&self) -> &Header {
        &self.header
    }
}

impl NodePtr {
    /// The node as a child, if it is one.
    #[inline]
    pub(crate) fn child(self) -> Option<ChildPtr> {
        self.with_head()
    }
}

impl ChildHeader {
    /// Leaves a waker for the end of the child, for its handle, which looks for that end afterwards.
    pub(crate) fn leave_waker(&self, waker: &Waker) {
        // Cloned before, and the old one dropped after: that is other people's code.
        let mut waker = Some(waker.clone());
        self.state.wait(|| waker = self.waiter.replace(waker.take()));
    }

    /// Takes the waker that the handle has left, when the child is done and [is waited for](super::state::Finished), or when
    /// nobody else has a reference to the node.
    pub(super) fn take_waiter(&self) -> Option<Waker> {
        self.waiter.take()
    }
}

// Whoever frees a child's node takes the waiter out, and drops nothing else.
const _: () = assert!(!core::mem::needs_drop::<Header>());
