//! [`Frame`]: what a thread is polling or dropping right now, so that a guard that is dropped finds its scope.
//!
//! Each frame lives on the stack of the call that polls or drops something on behalf of a scope; a thread-local points at
//! the innermost one. The thread-local is a plain pointer without a destructor, so it works in the destructors of other
//! thread-locals too, when everything else is gone.
//!
//! What is dropped within a frame is only *collected* here. The scope adopts it when the call has returned, because only
//! then it is known whether the part ended in that poll, which is the reason that the cleanups are told.

use core::any::Any;
use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use core::ptr;
use std::panic::catch_unwind;
use std::thread;

use onpar_core::{CancelReason, ExitReason};

use super::driver::Driver;
use super::driver_ref::DriverRef;
use super::list::List;
use super::node::{Header, Kind, NodePtr};

/// A panic's payload.
pub(crate) type Payload = Box<dyn Any + Send>;

thread_local! {
    static INNERMOST: Cell<*const Frame> = const { Cell::new(ptr::null()) };
}

/// One poll or drop of one part of one scope.
pub(crate) struct Frame {
    driver: NodePtr,
    part: NodePtr,
    cancel: Option<CancelReason>,
    dropped: List,
    outer: Cell<*const Self>,
}

impl Frame {
    /// A frame for polling or dropping `part`, which is being cancelled if there is a reason.
    ///
    /// # Safety
    ///
    /// The driver's and the part's nodes stay alive as long as the frame, and the caller's thread is the one that may touch
    /// them.
    pub(crate) unsafe fn new(driver: NodePtr, part: NodePtr, cancel: Option<CancelReason>) -> Self {
        Self { driver, part, cancel, dropped: List::default(), outer: Cell::new(ptr::null()) }
    }

    /// Calls `work` within this frame, and catches its panic.
    #[inline]
    pub(crate) fn run<R>(&self, work: impl FnOnce() -> R) -> Result<R, Payload> {
        self.outer.set(INNERMOST.replace(self));
        // The future that panicked is never polled again, and dropped at once.
        let result = catch_unwind(AssertUnwindSafe(work));
        INNERMOST.set(self.outer.get());
        result
    }

    /// What was dropped within this frame, in order.
    pub(crate) fn dropped(&self) -> &List {
        &self.dropped
    }

    /// The scope that is at work in this frame.
    pub(crate) fn driver(&self) -> &Driver {
        // SAFETY: `new` was promised that the driver outlives the frame.
        unsafe { DriverRef::peek(self.driver) }
    }

    /// The part that is being polled or dropped.
    pub(crate) fn part(&self) -> &Header {
        // SAFETY: `new` was promised that the part outlives the frame.
        unsafe { self.part.as_ref() }
    }

    /// Counts a reference to the scope that is at work in this frame.
    pub(crate) fn retain_driver(&self) -> DriverRef {
        // SAFETY: `new` was promised that the driver outlives the frame.
        unsafe { DriverRef::retain(self.driver) }
    }

    /// Why this frame's part is being cancelled, if it is.
    pub(crate) fn cancel(&self) -> Option<CancelReason> {
        self.cancel
    }

    /// The reason for what is dropped here, as far as it is known before the poll returns.
    pub(crate) fn reason(&self) -> Option<ExitReason> {
        if thread::panicking() { Some(ExitReason::Panicking) } else { self.cancel.map(ExitReason::Cancelled) }
    }
}

/// Calls `f` with the innermost frame of this thread that may run work of this kind.
pub(crate) fn with_nearest<R>(kind: Kind, f: impl FnOnce(Option<&Frame>) -> R) -> R {
    let mut frame = INNERMOST.get();
    loop {
        // SAFETY: the innermost frame and all those outside of it stand on this thread's stack, below this call.
        let Some(here) = (unsafe { frame.as_ref() }) else { return f(None) };
        if kind == Kind::Send || here.driver().is_local() {
            return f(Some(here));
        }
        frame = here.outer.get();
    }
}
