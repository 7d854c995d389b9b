//! [`Supervised`]: one future together with the cleanups of what it drops. Scopes, timeouts and reapers are made of it.

use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use onpar_core::{CancelReason, ExitReason};
use pin_project_lite::pin_project;

use super::driver_ref::DriverRef;
use super::frame::{Frame, Payload, with_nearest};
use super::handover::{Origin, hand_over_scope};
use super::node::{Kind, Label};

/// How the future ended. Its cleanups have ended too.
pub(crate) enum End<T> {
    Value(T),
    Panic(Payload),
    Cancelled,
}

/// Where the future stands.
enum Progress<T> {
    Running,
    /// The future is gone; its cleanups may not be.
    Closing(End<T>),
    Over,
}

pin_project! {
    /// One future, and the driver that runs the cleanups of what it drops.
    ///
    /// Dropped before its end, it drops the future and hands the driver over.
    pub(crate) struct Supervised<Fut: Future> {
        #[pin]
        future: Option<Fut>,
        progress: Progress<Fut::Output>,
        driver: DriverRef,
    }

    impl<Fut: Future> PinnedDrop for Supervised<Fut> {
        fn drop(mut this: Pin<&mut Self>) {
            if !matches!(this.progress, Progress::Over) {
                this.as_mut().abandon();
            }
        }
    }
}

/// A driver for a scope that is made here.
pub(crate) fn driver_here(kind: Kind, name: &'static str, location: &'static Location<'static>) -> DriverRef {
    let Origin { driver, key, label } = Origin::here(kind, name, location);
    with_nearest(Kind::Send, |frame| {
        DriverRef::new(kind == Kind::Local, label, key, driver, frame.map(|frame| frame.driver().spare()))
    })
}

impl<Fut: Future> Supervised<Fut> {
    /// Has `driver` look after `future`.
    ///
    /// A driver that is not local must not come to hold local work: `future` is what decides, since it makes the guards.
    /// A `Send` future holds none over a poll's end, and those it drops within one go to a local driver.
    pub(crate) fn new(driver: DriverRef, future: Fut) -> Self {
        Self { future: Some(future), progress: Progress::Running, driver }
    }

    pub(crate) fn driver(&self) -> &DriverRef {
        &self.driver
    }

    /// Names the scope in reports.
    pub(crate) fn rename(&self, name: &'static str) {
        let label = &self.driver.header().label;
        label.set(Label { name, ..label.get() });
    }

    /// Whether the future has neither ended nor been cancelled.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.progress, Progress::Running)
    }

    /// Polls the future, if it is still there, and its cleanups.
    pub(crate) fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<End<Fut::Output>> {
        if self.is_running() {
            self.as_mut().poll_future(cx);
        }
        let this = self.project();
        let me = this.driver.node();
        match this.progress {
            Progress::Running => {
                // Ready only for a closing scope.
                let _ = this.driver.drive(me, false, cx);
                return Poll::Pending;
            }
            Progress::Closing(_) => ready!(this.driver.drive_to_end(me, cx)),
            Progress::Over => {}
        }
        match core::mem::replace(this.progress, Progress::Over) {
            Progress::Closing(end) => Poll::Ready(end),
            Progress::Running | Progress::Over => panic!("a scope's future was polled after it had given its result"),
        }
    }

    fn poll_future(self: Pin<&mut Self>, cx: &mut Context<'_>) {
        let mut this = self.project();
        let me = this.driver.node();
        // SAFETY: our reference keeps the driver alive, and whoever polls us is the one that may touch it.
        let frame = unsafe { Frame::new(me, me, None) };
        let polled = frame.run(|| match this.future.as_mut().as_pin_mut() {
            Some(future) => future.poll(cx),
            None => Poll::Pending,
        });
        let (end, reason) = match polled {
            Ok(Poll::Pending) => return this.driver.adopt(frame.dropped(), me, ExitReason::Dropped),
            Ok(Poll::Ready(value)) => (End::Value(value), ExitReason::Ended),
            Err(payload) => (End::Panic(payload), ExitReason::Panicking),
        };
        *this.progress = Progress::Closing(end);
        if let Err(payload) = frame.run(|| this.future.set(None)) {
            *this.progress = Progress::Closing(End::Panic(payload));
        }
        this.driver.adopt(frame.dropped(), me, reason);
        this.driver.arm();
    }

    /// Drops the future. The cleanups begin, and are told the reason.
    pub(crate) fn cancel(self: Pin<&mut Self>, reason: CancelReason) {
        let mut this = self.project();
        let me = this.driver.node();
        // SAFETY: our reference keeps the driver alive, and whoever has us mutably is the one that may touch it.
        let frame = unsafe { Frame::new(me, me, Some(reason)) };
        if let Err(payload) = frame.run(|| this.future.set(None)) {
            *this.progress = Progress::Closing(End::Panic(payload));
        } else if matches!(this.progress, Progress::Running) {
            *this.progress = Progress::Closing(End::Cancelled);
        }
        this.driver.adopt(frame.dropped(), me, ExitReason::Cancelled(reason));
        this.driver.arm();
    }

    /// Nobody waits any more: drops the future and its value, and hands over what is left to do.
    fn abandon(mut self: Pin<&mut Self>) {
        let reason = with_nearest(Kind::Send, |frame| frame.and_then(Frame::cancel)).unwrap_or(CancelReason::Dropped);
        self.as_mut().cancel(reason);
        let this = self.project();
        let me = this.driver.node();
        // SAFETY: as in `cancel`.
        let frame = unsafe { Frame::new(me, me, Some(reason)) };
        // What a value's drop panics with has been told by the panic hook; we may be unwinding already.
        drop(frame.run(|| *this.progress = Progress::Over));
        this.driver.adopt(frame.dropped(), me, ExitReason::Cancelled(reason));
        this.driver.stop_collecting();
        if !this.driver.close_if_settled() {
            hand_over_scope(this.driver.clone());
        }
    }
}
