//! The waker of a node: the way back to its home from wherever its job is waiting, on any thread.
//!
//! It is made of the node's address. The driver's own, for the time of one poll, counts no reference; each clone counts one,
//! so that a waker may outlive the job, the scope, and all else. To wake is to claim the node's place in its home's ready
//! stack and push it there.
//!
//! Never to be broken: a waker touches what is for every thread, and nothing else: the node's state, its `next` once claimed,
//! and the shared part of its home.

use core::mem::ManuallyDrop;
use core::task::{RawWaker, RawWakerVTable, Waker};

use super::node::{self, NodePtr};

/// A node's waker, for the time of one poll. It counts no reference: a clone of it does.
pub(crate) fn waker(node: NodePtr) -> ManuallyDrop<Waker> {
    // SAFETY: the functions of the vtable keep the contract of `RawWaker`: they touch the node's state, its `next` (once
    // claimed) and its home's ready stack, all of which any thread may; clones count references.
    ManuallyDrop::new(unsafe { Waker::new(node.as_ptr().cast(), &WAKER) })
}

static WAKER: RawWakerVTable = RawWakerVTable::new(clone_waker, wake, wake_by_ref, drop_waker);

/// The node of a waker's data.
///
/// # Safety
///
/// The data are those of a waker of this file, which is alive as long as the pointer is used.
unsafe fn node_of(waker: *const ()) -> NodePtr {
    // SAFETY: such a waker is made of a node, see `waker`, and keeps it alive.
    let node = unsafe { NodePtr::from_raw(waker.cast_mut().cast()) };
    // SAFETY: a node's address is not null.
    unsafe { node.unwrap_unchecked() }
}

unsafe fn clone_waker(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned is alive.
    unsafe { node_of(data) }.state.retain(1);
    RawWaker::new(data, &WAKER)
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker is alive during this call.
    let node = unsafe { node_of(data) };
    if !node.state.queue() {
        return;
    }
    let Some(home) = node.home() else { return };
    // SAFETY: the node has been claimed; it stays alive until it has been taken, by the driver's reference or by the one
    // that `State::finish` passed to the queue.
    let pushed = unsafe { home.ready().push(node) };
    if pushed.is_err() && !node.state.unqueue() {
        // SAFETY: the node was done while we had claimed it for the queue, so its reference passed to us.
        unsafe { node::release(node) };
    }
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this waker keeps the node alive until the end of the call.
    unsafe { wake_by_ref(data) };
    // SAFETY: it is consumed.
    unsafe { drop_waker(data) };
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker is alive so far.
    let node = unsafe { node_of(data) };
    // SAFETY: the waker's reference is consumed. A waker is made when the job is polled by a driver, which drops the job
    // before it lets its own reference go; so if this is the last one, the job is gone.
    unsafe { node::release(node) };
}
