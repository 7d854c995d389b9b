//! [`Frame`]: what a thread is polling or dropping right now, so that a guard that is dropped finds its scope.
//!
//! Each driver has one frame, since it polls or drops one thing at a time; a thread-local points at the one that was entered
//! last, and each entered frame at the one before. That the frame is not on the stack keeps deeply nested scopes shallow.
//! The thread-local is a plain pointer without a destructor, so it works in the destructors of other thread-locals too, when
//! everything else is gone.
//!
//! What is dropped within a frame is only *collected* here. The scope adopts it when the call has returned, because only
//! then it is known whether the part ended in that poll, which is the reason that the cleanups are told.

use core::cell::Cell;
use core::ptr;
use core::task::{Context, Poll, Waker};
use std::thread;

use onpar_core::{CancelReason, ExitReason};

use super::driver::Driver;
use super::driver_ref::DriverRef;
use super::list::List;
use super::node::{Kind, Link, NodePtr};

/// How many awaits of onpar that are ready at once a part passes in one poll, before it lets its scope, and whoever polls that,
/// have a look at their deadlines. The order of tokio's 128; half of it, since what is passed here is a whole scope at times.
const STEPS: u32 = 64;

#[cfg(not(loom))]
thread_local! {
    static INNERMOST: Cell<*const Frame> = const { Cell::new(ptr::null()) };
}

#[cfg(loom)]
loom::thread_local! {
    static INNERMOST: Cell<*const Frame> = Cell::new(ptr::null());
}

/// The poll or drop that a scope is at.
pub(crate) struct Frame {
    /// The driver's own node.
    driver: NodePtr,
    /// The part that is polled or dropped, if it is not the driver's own. For those who observe.
    part: Cell<Link>,
    /// The waker with which the body is being polled, while it is.
    body: Cell<*const Waker>,
    cancel: Cell<Option<CancelReason>>,
    dropped: List,
    verdict: Cell<Verdict>,
    /// How many awaits that are ready at once the part may still pass in this poll.
    steps: Cell<u32>,
    outer: Cell<*const Self>,
}

/// What a part has said of itself while it was polled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing.
    #[default]
    None,
    /// It has ended with an error, and leaves no output.
    Failed,
    /// It has ended with what all raced for, and leaves no output.
    Won,
    /// It awaits what will never come, the output of a child that has failed.
    Lost,
}

impl Frame {
    pub(crate) fn new(driver: NodePtr) -> Self {
        Self {
            driver,
            part: Cell::default(),
            body: Cell::new(ptr::null()),
            cancel: Cell::default(),
            dropped: List::default(),
            verdict: Cell::default(),
            steps: Cell::default(),
            outer: Cell::new(ptr::null()),
        }
    }

    /// Enters the frame: a part is polled or dropped from here on, and is being cancelled if there is a reason.
    ///
    /// # Safety
    ///
    /// The frame is that of its driver, and not entered; the driver stays alive until it is left, and the caller's thread,
    /// which leaves it before it returns, is the one that may touch it.
    #[inline]
    pub(crate) unsafe fn enter(&self, cancel: Option<CancelReason>) {
        self.cancel.set(cancel);
        self.verdict.set(Verdict::None);
        self.steps.set(STEPS);
        self.outer.set(INNERMOST.with(|innermost| innermost.replace(self)));
    }

    /// Leaves the frame, which is the innermost one.
    #[inline]
    pub(crate) fn leave(&self) {
        INNERMOST.with(|innermost| innermost.set(self.outer.get()));
    }

    /// Passes one await that is ready; false once when there have been enough in this poll. Once, since code that polls in a
    /// loop of its own, and so never leaves this poll, must get on too.
    #[inline]
    fn step(&self) -> bool {
        let left = self.steps.get().checked_sub(1);
        self.steps.set(left.unwrap_or(STEPS));
        left.is_some()
    }

    /// Says which part is polled or dropped from here on.
    #[inline]
    pub(super) fn set_part(&self, part: Link) {
        self.part.set(part);
    }

    /// The body is polled from here on, with this waker.
    #[inline]
    pub(super) fn set_body(&self, waker: &Waker) {
        self.body.set(waker);
    }

    /// The poll of the body has returned.
    #[inline]
    pub(super) fn forget_body(&self) {
        self.body.set(ptr::null());
    }

    /// Whether this is the frame of the scope with this node, whose body is being polled with this waker.
    #[inline]
    fn is_body_of(&self, node: Link, waker: &Waker) -> bool {
        // SAFETY: a waker stands here during the poll that it is lent to, and we are found by what that poll calls.
        Some(self.driver) == node && unsafe { self.body.get().as_ref() }.is_some_and(|body| body.will_wake(waker))
    }

    /// The part that is being polled or dropped.
    pub(super) fn part(&self) -> NodePtr {
        self.part.get().unwrap_or(self.driver)
    }

    /// Says something of the part that is being polled.
    pub(crate) fn judge(&self, verdict: Verdict) {
        self.verdict.set(verdict);
    }

    /// What was said of the part that has been polled.
    #[inline]
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict.get()
    }

    /// What was dropped while the frame was entered, in order.
    pub(crate) fn dropped(&self) -> &List {
        &self.dropped
    }

    /// The scope that is at work in this frame.
    #[inline]
    pub(crate) fn driver(&self) -> &Driver {
        // SAFETY: `enter` was promised that the driver is alive while the frame is entered; only then it is found.
        unsafe { DriverRef::peek(self.driver) }
    }

    /// Counts a reference to the scope that is at work in this frame.
    #[inline]
    pub(crate) fn retain_driver(&self) -> DriverRef {
        self.driver().take_reference(self.driver)
    }

    /// Whether this is the frame of the scope with this node.
    #[inline]
    pub(crate) fn is_of(&self, node: NodePtr) -> bool {
        self.driver == node
    }

    /// Why this frame's part is being cancelled, if it is.
    pub(crate) fn cancel(&self) -> Option<CancelReason> {
        self.cancel.get()
    }

    /// Says why the frame's part is being cancelled from here on; gives what was said before.
    pub(super) fn set_cancel(&self, reason: Option<CancelReason>) -> Option<CancelReason> {
        self.cancel.replace(reason)
    }

    /// The reason for what is dropped here, as far as it is known before the poll returns.
    pub(crate) fn reason(&self) -> Option<ExitReason> {
        if thread::panicking() { Some(ExitReason::Panicking) } else { self.cancel.get().map(ExitReason::Cancelled) }
    }
}

/// Why the part that this thread is at is being cancelled, if it is.
pub(crate) fn cancelled_here() -> Option<CancelReason> {
    with_nearest(Kind::Send, |frame| frame.and_then(Frame::cancel))
}

/// Calls `f` with the innermost frame of this thread that may run work of this kind.
#[inline]
pub(crate) fn with_nearest<R>(kind: Kind, f: impl FnOnce(Option<&Frame>) -> R) -> R {
    let mut frame = INNERMOST.with(Cell::get);
    loop {
        // SAFETY: the innermost frame and all those outside of it are entered, so their drivers are alive.
        let Some(here) = (unsafe { frame.as_ref() }) else { return f(None) };
        if kind == Kind::Send || here.driver().shared().is_local() {
            return f(Some(here));
        }
        frame = here.outer.get();
    }
}

/// Says of the part of the scope `of` that is being polled on this thread that it is lost.
#[cold]
pub(crate) fn lose(of: NodePtr) {
    let mut frame = INNERMOST.with(Cell::get);
    // SAFETY: the innermost frame and all those outside of it are entered, so their drivers are alive.
    while let Some(here) = unsafe { frame.as_ref() } {
        if here.is_of(of) {
            here.judge(Verdict::Lost);
            return;
        }
        frame = here.outer.get();
    }
}

/// Whether an await may pass now, though it need not wait; ready at once, unless the part that is being polled here has
/// passed enough of them in this poll. It then asks to be polled again.
#[inline]
pub(crate) fn poll_step(cx: &Context<'_>) -> Poll<()> {
    if with_nearest(Kind::Send, |frame| frame.is_none_or(Frame::step)) {
        return Poll::Ready(());
    }
    cx.waker().wake_by_ref();
    Poll::Pending
}

/// The await that has just [passed](poll_step) has to wait after all. It does not count: else a part that polls more awaits
/// than that one by one, all of which wait, would be asked to be polled again for ever.
#[inline]
pub(crate) fn give_step_back() {
    with_nearest(Kind::Send, |frame| {
        if let Some(frame) = frame {
            frame.steps.set((frame.steps.get() + 1).min(STEPS));
        }
    });
}

/// Whether it is the body of the scope with this node that this thread is polling, and whoever asks was polled with its waker.
/// To wake them is to poll the body again.
#[inline]
pub(crate) fn is_body_of(node: Link, waker: &Waker) -> bool {
    with_nearest(Kind::Send, |frame| frame.is_some_and(|frame| frame.is_body_of(node, waker)))
}

/// Whether this thread is polling or dropping anything of a scope.
pub(crate) fn is_in_scope() -> bool {
    with_nearest(Kind::Send, |frame| frame.is_some())
}
