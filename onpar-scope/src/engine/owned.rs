//! [`Owned`]: the node of a cleanup, with its job, that nobody else knows yet.

use core::mem::ManuallyDrop;
use core::task::{Context, Poll};

use onpar_core::ExitReason;

use super::cleanup_node::{CleanupHeader, CleanupPtr};
use super::node::{self, ChildJob, Job, Node};
use super::state::State;
use crate::label::Label;

/// A cleanup with its job that nobody else knows yet.
pub(crate) struct Owned(CleanupPtr);

impl Owned {
    /// A node that any scope may run.
    pub(crate) fn new<J: Job + Send + 'static>(job: J, label: Label, key: u64) -> Self {
        Self(Node::allocate(|_| job, &Node::<CleanupHeader, J>::SEND, State::new(1), label, key))
    }

    /// A node that only the local scopes of this thread may run.
    pub(crate) fn new_local<J: Job + 'static>(job: J, label: Label, key: u64) -> Self {
        Self(Node::allocate(|_| job, &Node::<CleanupHeader, J>::LOCAL, State::new(1), label, key))
    }

    /// A node that any scope may run, with an output as long as it is its maker's.
    pub(crate) fn new_with_output<J: ChildJob + Send + 'static>(job: J, label: Label, key: u64) -> Self {
        Self(Node::allocate(|_| job, &Node::<CleanupHeader, J>::SEND_WITH_OUTPUT, State::new(1), label, key))
    }

    /// A node that only the local scopes of this thread may run, with an output as long as it is its maker's.
    pub(crate) fn new_local_with_output<J: ChildJob + 'static>(job: J, label: Label, key: u64) -> Self {
        Self(Node::allocate(|_| job, &Node::<CleanupHeader, J>::LOCAL_WITH_OUTPUT, State::new(1), label, key))
    }

    /// The node of a branch.
    pub(crate) fn new_branch(label: Label) -> Self {
        // It stands in no order.
        Self(Node::allocate(|_| (), &Node::<CleanupHeader, ()>::BRANCH, State::new(1), label, 0))
    }

    /// Takes the output.
    ///
    /// # Safety
    ///
    /// The job has been ready, and its output is a `T`.
    pub(crate) unsafe fn take_output<T>(&mut self) -> Option<T> {
        // SAFETY: the node is owned, so the job is ours; the caller promises the type.
        unsafe { node::take_output(self.0.node()) }
    }

    pub(crate) fn header(&self) -> &CleanupHeader {
        &self.0
    }

    /// Its node, which lives as long as it does.
    #[cfg(all(test, not(loom)))]
    pub(crate) fn node(&self) -> CleanupPtr {
        self.0
    }

    /// Polls the job where it stands, with the result's own type.
    ///
    /// # Safety
    ///
    /// The job's error is `E`, and the job has not been ready before.
    pub(crate) unsafe fn poll<E>(&mut self, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        // SAFETY: the node is owned, so the job is ours; the caller promises the type.
        unsafe { node::poll_as(self.0.node(), reason, cx) }
    }

    /// Drops the job, and frees the memory.
    #[inline]
    pub(crate) fn end(self) {
        let node = self.erase().node();
        // SAFETY: the node was owned, and the job with it.
        unsafe { node::drop_job(node) };
        // SAFETY: the reference was ours, and nobody else has one.
        unsafe { node::release(node) };
    }

    /// Passes the only reference on.
    #[inline]
    pub(crate) fn erase(self) -> CleanupPtr {
        ManuallyDrop::new(self).0
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        Self(self.0).end();
    }
}
