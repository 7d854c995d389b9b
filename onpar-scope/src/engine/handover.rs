//! Where a cleanup goes when its guard is dropped.
//!
//! To the first of these that there is:
//!
//! 1. the nearest scope that is being polled or dropped on this thread;
//! 2. the scope in which the guard was made, if that is still open;
//! 3. the registered reaper;
//! 4. the hook, as a leak; the value is then dropped as any other.
//!
//! A scope that is dropped goes the same way, as *one* cleanup: with what it had left to do and what is left of its budget.
//! A local cleanup takes a road of its own: the nearest *local* scope, the local scope in which it was made, this thread's
//! local reaper, the hook. So does a dropped local scope, unless nothing that it has left is local.

use core::cell::Cell;
use core::panic::Location;
use std::sync::{Mutex, PoisonError};
use std::thread;

use onpar_core::ExitReason;

use super::cleanup_node::CleanupPtr;
use super::driver::Driver;
use super::driver_ref::DriverRef;
use super::frame::with_nearest;
use super::node::{self, Kind, NodePtr};
use super::owned::Owned;
use crate::label::Label;
use crate::panics::{caught, discard};
use crate::{CleanupError, CleanupErrorKind, hook};

/// What a guard or a scope remembers of the place where it was made.
#[derive(Clone)]
pub(crate) struct Origin {
    /// The scope in which it was made.
    pub(crate) driver: Option<DriverRef>,
    /// When, in the time of that scope. Zero, and so older than everything, outside of scopes.
    pub(crate) key: u64,
    pub(crate) label: Label,
}

impl Origin {
    /// Here and now, for work of this kind.
    #[inline]
    pub(crate) fn here(kind: Kind, name: &'static str, location: &'static Location<'static>) -> Self {
        let label = Label { name, location };
        with_nearest(kind, |frame| match frame {
            Some(frame) => Self { driver: Some(frame.retain_driver()), key: frame.driver().tick(), label },
            None => Self { driver: None, key: 0, label },
        })
    }
}

/// The reaper of the process, and the local reaper of each thread.
static REAPER: Mutex<Option<DriverRef>> = Mutex::new(None);

thread_local! {
    /// A counted reference, without a destructor, so that it can be read in those of other thread-locals.
    static LOCAL_REAPER: Cell<Option<NodePtr>> = const { Cell::new(None) };
}

/// Registers the driver of a reaper in place of any other.
pub(crate) fn register(reaper: DriverRef) {
    let before = REAPER.lock().unwrap_or_else(PoisonError::into_inner).replace(reaper);
    // Not under the lock: it may be the last reference.
    drop(before);
}

/// Takes the driver out, if it is the registered one.
pub(crate) fn unregister(reaper: &DriverRef) {
    let mut registered = REAPER.lock().unwrap_or_else(PoisonError::into_inner);
    let ours = registered.take_if(|registered| registered.node() == reaper.node());
    drop(registered);
    drop(ours);
}

/// Registers the driver of this thread's local reaper in place of any other.
pub(crate) fn register_local(reaper: DriverRef) {
    // SAFETY: what is registered carries its reference.
    drop(LOCAL_REAPER.replace(Some(reaper.into_node())).map(|node| unsafe { DriverRef::from_node(node) }));
}

/// Takes the driver out, if it is the one registered on this thread.
pub(crate) fn unregister_local(reaper: &DriverRef) {
    if LOCAL_REAPER.get() == Some(reaper.node()) {
        // SAFETY: what is registered carries its reference.
        drop(LOCAL_REAPER.take().map(|node| unsafe { DriverRef::from_node(node) }));
    }
}

/// Hands a cleanup over. It stays there if it has begun.
pub(crate) fn hand_over(node: Owned, origin: Option<&DriverRef>) {
    let kind = node.header().kind();
    pass_on(node.erase(), kind, origin);
}

/// Hands a dropped scope over, with all that it has left.
pub(crate) fn hand_over_scope(scope: DriverRef) {
    // SAFETY: the scope's future is being dropped by this thread.
    let driver = unsafe { scope.owned() };
    if scope.is_local() && driver.holds_nothing_local() {
        scope.set_not_local();
    }
    let kind = if scope.is_local() { Kind::Local } else { Kind::Send };
    let origin = driver.take_origin();
    if let Some(cleanup) = scope.into_node().cleanup() {
        pass_on(cleanup, kind, origin.as_ref());
    }
}

/// Gives a cleanup error to the scope that is at work here, else to the hook.
pub(crate) fn tell_here(error: CleanupError) {
    with_nearest(Kind::Send, |frame| match frame {
        Some(frame) => frame.driver().tell(error),
        None => hook::report(&error),
    });
}

fn pass_on(cleanup: CleanupPtr, kind: Kind, origin: Option<&DriverRef>) {
    let alone = with_nearest(kind, |frame| {
        let Some(frame) = frame else { return true };
        if cleanup.reason.get().is_none() {
            cleanup.reason.set(frame.reason());
        }
        cleanup.settle_in(Some(frame.retain_driver()));
        frame.driver().shared().pending().one_more();
        // SAFETY: the reference that keeps the node alive passes to the list, which nobody else links yet.
        unsafe { frame.dropped().push(cleanup.node()) };
        false
    });
    if alone {
        pass_on_alone(cleanup, kind, origin);
    }
}

/// As `pass_on`, outside of every scope.
#[cold]
fn pass_on_alone(cleanup: CleanupPtr, kind: Kind, origin: Option<&DriverRef>) {
    if cleanup.reason.get().is_none() {
        let reason = if thread::panicking() { ExitReason::Panicking } else { ExitReason::Dropped };
        cleanup.reason.set(Some(reason));
    }
    let node = cleanup.node();
    if origin.is_some_and(|scope| push(node, kind, scope)) {
        return;
    }
    let reaper = match kind {
        Kind::Local => LOCAL_REAPER.get().map(|node| {
            // SAFETY: what is registered on this thread is counted, and only this thread unregisters it.
            unsafe { DriverRef::retain(node) }
        }),
        Kind::Send | Kind::Scope | Kind::Child | Kind::Branch => {
            REAPER.lock().unwrap_or_else(PoisonError::into_inner).clone()
        }
    };
    if reaper.is_some_and(|reaper| push(node, kind, &reaper)) {
        return;
    }
    leak(node);
}

/// Gives the node to a scope that is not being polled here; false if that has ended, or is the node itself.
fn push(node: NodePtr, kind: Kind, scope: &DriverRef) -> bool {
    // A local cleanup whose scope has left its thread goes elsewhere too.
    let too_late = kind == Kind::Local && !scope.is_local();
    if scope.node() == node || too_late {
        return false;
    }
    let header = &*node;
    scope.pending().one_more();
    header.settle_in(Some(scope.clone()));
    let claimed = header.state.queue();
    // SAFETY: nobody else knows the node, so it has been claimed; its reference passes to the queue.
    let pushed = claimed && unsafe { scope.ready().push(node) }.is_ok();
    if !pushed {
        let _ = header.state.unqueue();
        header.settle_in(None);
        scope.pending().one_less();
    }
    pushed
}

/// Nobody runs it: says so, and drops what there is.
fn leak(node: NodePtr) {
    let header = &*node;
    if header.kind() == Kind::Scope {
        // SAFETY: a node of this kind is a driver's; its future was dropped by this thread, so the driver is ours.
        let scope: &Driver = unsafe { DriverRef::peek(node) };
        scope.abandon_all(node, || CleanupErrorKind::Leaked);
    } else {
        let Label { name, location } = header.label.get();
        hook::report(&CleanupError::new(name, location, CleanupErrorKind::Leaked));
        // A panic of a value that is dropped here has been told by the panic hook, and must not end the process.
        // SAFETY: nobody else knows the node, so the job is there and ours.
        discard(caught(|| unsafe { node::drop_job(node) }));
    }
    // SAFETY: the reference is ours, and the job is gone (a shared one goes with the last reference).
    unsafe { node::release(node) };
}
