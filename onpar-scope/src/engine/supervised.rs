//! [`Supervised`]: one future together with the cleanups of what it drops. Scopes, timeouts and reapers are made of it.

use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use onpar_core::{CancelReason, ExitReason, Instant};
use pin_project_lite::pin_project;

use super::budget::Budget;
use super::driver::{Driver, Keeps};
use super::driver_ref::DriverRef;
use super::frame::{cancelled_here, give_step_back, poll_step, with_nearest};
use super::handover::{Origin, hand_over_scope};
use super::node::Kind;
use super::observer::Ticket;
use super::shared::Shared;
use super::trace::Entered;
use crate::label::Label;
use crate::panics::{Payload, caught, discard};
use crate::progress::{End, Progress};
use crate::{CleanupError, NodeKind, hook};

pin_project! {
    /// One future, and the driver that runs the cleanups of what it drops.
    ///
    /// Dropped before its end, it drops the future and hands the driver over.
    ///
    /// The output has a parameter of its own. The compiler forgets lifetimes where it asks whether a task is `Send`, and then
    /// cannot say what the `Output` is of a future which calls a closure that it is lent to ("one type is more general than
    /// the other"). Whatever holds such a future and its output, in public, does the same.
    pub(crate) struct Supervised<Fut, R = <Fut as Future>::Output> {
        #[pin]
        future: Option<Fut>,
        progress: Progress<R>,
        driver: DriverRef,
    }

    impl<Fut, R> PinnedDrop for Supervised<Fut, R> {
        fn drop(this: Pin<&mut Self>) {
            this.end();
        }
    }
}

/// A driver for a scope that is made here.
#[inline]
pub(crate) fn driver_here(kind: Kind, name: &'static str, location: &'static Location<'static>) -> DriverRef {
    driver_with_state_here(kind, name, location, ())
}

/// As [`driver_here`], with a state beside the driver.
#[inline]
pub(crate) fn driver_with_state_here<S>(
    kind: Kind,
    name: &'static str,
    location: &'static Location<'static>,
    state: S,
) -> DriverRef {
    let Origin { driver, key, label } = Origin::here(kind, name, location);
    DriverRef::new(kind == Kind::Local, label, key, driver, state)
}

/// A driver for work of this scope that is polled elsewhere. What it has left when it is dropped goes to the scope.
pub(crate) fn driver_of(scope: &Shared, label: Label) -> (DriverRef, Option<Ticket>) {
    let me = scope.node();
    let key = with_nearest(Kind::Send, |frame| {
        frame.filter(|frame| frame.is_of(me)).map_or(0, |frame| frame.driver().tick())
    });
    // SAFETY: the scope is open, so its driver is alive.
    let origin = unsafe { DriverRef::retain(me) };
    let driver = DriverRef::new(false, label, key, Some(origin), ());
    // SAFETY: nobody else knows the driver yet.
    let ticket = unsafe { driver.owned() }.begin_for(scope);
    driver.header().trace.begin(NodeKind::Scope, &driver.header().label);
    (driver, ticket)
}

impl<Fut, R> Supervised<Fut, R> {
    /// Has `driver` look after `future`.
    ///
    /// A driver that is not local must not come to hold local work: `future` is what decides, since it makes the guards.
    /// A `Send` future holds none over a poll's end, and those it drops within one go to a local driver.
    pub(crate) fn new(driver: DriverRef, future: Fut) -> Self {
        Self { future: Some(future), progress: Progress::Running, driver }
    }

    /// As [`new`](Self::new), for a future that is [made](Self::make) next.
    ///
    /// What makes it may panic, and have spawned children by then: they are dropped and cleaned up after, as everywhere.
    pub(crate) fn unmade(driver: DriverRef) -> Self {
        Self { future: None, progress: Progress::Running, driver }
    }

    /// Has it look after this future. Once, before anything else.
    #[inline]
    pub(crate) fn make(&mut self, future: Fut) {
        self.future = Some(future);
    }

    pub(crate) fn driver(&self) -> &DriverRef {
        &self.driver
    }

    /// The whole driver.
    fn owned(&self) -> &Driver {
        // SAFETY: whoever calls our methods has us mutably, or alone before the first poll.
        unsafe { self.driver.owned() }
    }

    /// Names the scope in reports. Before the first poll, as the two below.
    pub(crate) fn rename(&self, name: &'static str) {
        let label = &self.driver.header().label;
        label.set(Label { name, ..label.get() });
    }

    /// Bounds the cleanups.
    pub(crate) fn set_budget(&self, budget: Pin<Box<dyn Budget>>) {
        self.owned().set_budget(budget);
    }

    /// Has the scope observed.
    pub(crate) fn observe(&self, now: Box<dyn Fn() -> Instant + Send + Sync>) {
        self.owned().observe(now);
    }

    /// Keeps such cleanup errors for the outcome.
    pub(crate) fn keep_errors(&self, keeps: Keeps) {
        self.owned().keep_errors(keeps);
    }

    /// The cleanup errors that have been kept.
    pub(crate) fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.owned().take_errors()
    }

    /// Whether the future has neither ended nor been cancelled.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.progress, Progress::Running)
    }

    /// Polls the future, if it is still there, and its children and cleanups.
    ///
    /// The frame of this function stands on the stack once for each nested scope, so what can be done before or after is done
    /// elsewhere: in debug builds, all that a function has takes stack.
    #[inline]
    pub(crate) fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<End<R>>
    where
        Fut: Future<Output = R>,
    {
        ready!(poll_step(cx));
        let mut this = self.project();
        // SAFETY: whoever polls us has us mutably.
        let driver = unsafe { this.driver.owned() };
        driver.begin_poll();
        loop {
            if matches!(this.progress, Progress::Running) {
                let _entered = begin(driver, cx);
                let polled = driver.within(None, || {
                    if let Some(running) = this.future.as_mut().as_pin_mut()
                        && let Poll::Ready(value) = running.poll(cx)
                    {
                        end_with(value, this.future.as_mut(), this.progress);
                    }
                });
                after_poll(this.future.as_mut(), this.progress, driver, polled);
            }
            let rest = drive_or_doom(this.future.as_mut(), this.progress, driver, cx);
            // A body that awaits one child after another needs no turn of the executor for each.
            if rest.is_ready() || !driver.take_heard() || !matches!(this.progress, Progress::Running) {
                return conclude(rest, this.progress, driver);
            }
        }
    }

    /// Drops the future. The cleanups begin, and are told the reason.
    pub(crate) fn cancel(self: Pin<&mut Self>, reason: CancelReason) {
        let mut this = self.project();
        // SAFETY: whoever cancels us has us mutably.
        let driver = unsafe { this.driver.owned() };
        let me = driver.node();
        driver.shared().ending().begin(reason);
        let dropped = driver.within(Some(reason), || this.future.set(None));
        if let Err(payload) = dropped {
            let before = core::mem::replace(this.progress, Progress::Closing(End::Panic(payload)));
            discard(driver.within(Some(reason), || drop(before)));
        } else if matches!(this.progress, Progress::Running) {
            *this.progress = Progress::Closing(End::Cancelled);
        }
        driver.adopt(me, ExitReason::Cancelled(reason));
        driver.cancel_children(me, reason);
        driver.arm();
    }

    /// Nobody waits any more, if somebody did so far.
    pub(crate) fn end(self: Pin<&mut Self>) {
        if !matches!(self.progress, Progress::Over) {
            self.abandon();
        }
    }

    /// How the future has ended, ahead of its cleanups. The end that comes after them is then `Cancelled`.
    pub(crate) fn take_end(self: Pin<&mut Self>) -> Option<End<R>> {
        match self.project().progress {
            Progress::Closing(end) => Some(core::mem::replace(end, End::Cancelled)),
            Progress::Running | Progress::Over => None,
        }
    }

    /// Nobody waits any more for the cleanups: drops and reports those that have not ended, each after one poll at least.
    pub(crate) fn expire(self: Pin<&mut Self>) {
        let driver = self.owned();
        driver.expire(driver.node());
    }

    /// Nobody waits any more: drops the future and its value, and hands over what is left to do.
    fn abandon(mut self: Pin<&mut Self>) {
        let reason = cancelled_here().unwrap_or(CancelReason::Dropped);
        // A clock or a waker may panic in there. It has been told by the panic hook, and is not asked again; so the rest is
        // done, and nothing is lost.
        while let Err(payload) = caught(|| self.as_mut().cancel(reason)) {
            discard::<()>(Err(payload));
        }
        let this = self.project();
        // SAFETY: whoever drops us has us mutably.
        let driver = unsafe { this.driver.owned() };
        let me = driver.node();
        // What a value's drop panics with has been told by the panic hook; we may be unwinding already.
        discard(driver.within(Some(reason), || *this.progress = Progress::Over));
        driver.adopt(me, ExitReason::Cancelled(reason));
        driver.cancel_children(me, reason);
        discard(driver.take_doom().map_or(Ok(()), Err));
        driver.take_errors().iter().for_each(hook::report);
        if !driver.close_if_settled(me) {
            hand_over_scope(this.driver.clone());
        }
    }
}

/// The future is about to be polled.
#[inline]
fn begin<'a>(driver: &'a Driver, cx: &Context<'_>) -> Entered<'a> {
    let me = driver.header();
    me.trace.begin(NodeKind::Scope, &me.label);
    driver.begin();
    let entered = me.trace.enter();
    // Last: whatever panics above must not leave the waker behind, which is lent to this poll.
    driver.frame.set_body(cx.waker());
    entered
}

/// The future has ended with this value, within its own frame.
#[inline]
fn end_with<Fut: Future>(value: Fut::Output, mut future: Pin<&mut Option<Fut>>, progress: &mut Progress<Fut::Output>) {
    *progress = Progress::Closing(End::Value(value));
    future.set(None);
}

/// Takes what a poll has left behind.
#[inline]
fn after_poll<Fut: Future>(
    future: Pin<&mut Option<Fut>>,
    progress: &mut Progress<Fut::Output>,
    driver: &Driver,
    polled: Result<(), Payload>,
) {
    driver.frame.forget_body();
    if polled.is_ok() && matches!(progress, Progress::Running) && !driver.is_lost() {
        driver.adopt(driver.node(), ExitReason::Dropped);
    } else {
        after_end(future, progress, driver, polled);
    }
}

/// Takes what the last poll has left behind.
fn after_end<Fut: Future>(
    mut future: Pin<&mut Option<Fut>>,
    progress: &mut Progress<Fut::Output>,
    driver: &Driver,
    polled: Result<(), Payload>,
) {
    let me = driver.node();
    match (polled, &*progress) {
        (Ok(()), Progress::Running) => {
            // It waits for what never comes.
            let reason = CancelReason::SiblingFailed;
            let dropped = driver.within(Some(reason), || future.set(None));
            *progress = Progress::Closing(dropped.map_or_else(End::Panic, |()| End::Cancelled));
            driver.adopt(me, ExitReason::Cancelled(reason));
            driver.arm();
        }
        (Ok(()), _) => {
            driver.adopt(me, driver.how_it_ended());
            driver.arm();
        }
        (Err(payload), _) => after_panic(future, progress, driver, payload),
    }
}

/// The future has panicked, in a poll or when it was dropped after its end: drops what there is.
#[cold]
fn after_panic<Fut: Future>(
    mut future: Pin<&mut Option<Fut>>,
    progress: &mut Progress<Fut::Output>,
    driver: &Driver,
    payload: Payload,
) {
    let me = driver.node();
    driver.shared().ending().begin(CancelReason::SiblingPanicked);
    let mut end = Progress::Closing(End::Panic(payload));
    core::mem::swap(progress, &mut end);
    // A further panic has been told by the panic hook; the first one passes on.
    discard(driver.within(None, || drop(end)));
    discard(driver.within(None, || future.set(None)));
    driver.adopt(me, ExitReason::Panicking);
    driver.cancel_children(me, CancelReason::SiblingPanicked);
    driver.arm();
}

/// Drives the children and the cleanups, and ends what is to be ended. Ready when the future has ended, and everything else
/// has too.
#[inline]
fn drive_or_doom<Fut: Future>(
    future: Pin<&mut Option<Fut>>,
    progress: &mut Progress<Fut::Output>,
    driver: &Driver,
    cx: &mut Context<'_>,
) -> Poll<()> {
    // What has happened already is not to happen beside further work.
    let mut polled = Poll::Pending;
    if !driver.is_doomed() {
        polled = drive(progress, driver, cx);
    }
    if polled.is_pending() && driver.is_doomed() {
        polled = after_doom(future, progress, driver, cx);
    }
    polled
}

/// Something has ended the whole scope, perhaps one thing after another: drops the future or its value, and the children.
#[cold]
fn after_doom<Fut: Future>(
    mut future: Pin<&mut Option<Fut>>,
    progress: &mut Progress<Fut::Output>,
    driver: &Driver,
    cx: &mut Context<'_>,
) -> Poll<()> {
    let me = driver.node();
    while driver.is_doomed() {
        let payload = driver.take_doom();
        let Some(reason) = driver.shared().ending().reason() else {
            void(progress, driver);
            let polled = drive(progress, driver, cx);
            if polled.is_ready() || !driver.is_doomed() {
                return polled;
            }
            continue;
        };
        let mut end = Progress::Closing(payload.map_or(End::Cancelled, End::Panic));
        if !matches!(progress, Progress::Closing(End::Panic(_))) {
            core::mem::swap(progress, &mut end);
        }
        // A panic beyond the first has been told by the panic hook.
        for dropped in [driver.within(Some(reason), || drop(end)), driver.within(Some(reason), || future.set(None))] {
            match dropped {
                Err(payload) if matches!(progress, Progress::Closing(End::Cancelled)) => {
                    *progress = Progress::Closing(End::Panic(payload));
                }
                dropped => discard(dropped),
            }
        }
        driver.adopt(me, ExitReason::Cancelled(reason));
        driver.cancel_children(me, reason);
        driver.arm();
        let polled = drive(progress, driver, cx);
        if polled.is_ready() || !driver.is_doomed() {
            return polled;
        }
    }
    Poll::Pending
}

/// The value will not be given out, while everything else goes on: drops it, if it is there already.
fn void<T>(progress: &mut Progress<T>, driver: &Driver) {
    let me = driver.node();
    if let Progress::Closing(End::Value(_)) = progress {
        let value = core::mem::replace(progress, Progress::Closing(End::Cancelled));
        if let Err(payload) = driver.within(None, || drop(value)) {
            *progress = Progress::Closing(End::Panic(payload));
        }
        driver.adopt(me, ExitReason::Dropped);
    }
}

/// Drives the children and the cleanups. Ready when the future has ended, and they have too.
#[inline]
fn drive<T>(progress: &Progress<T>, driver: &Driver, cx: &mut Context<'_>) -> Poll<()> {
    match progress {
        Progress::Running => driver.drive(driver.node(), false, cx),
        Progress::Closing(_) => driver.drive_to_end(cx),
        Progress::Over => Poll::Ready(()),
    }
}

/// The end of a poll, after which all is done or the executor has its turn.
#[inline]
fn conclude<T>(rest: Poll<()>, progress: &mut Progress<T>, driver: &Driver) -> Poll<End<T>> {
    if rest.is_ready() {
        return Poll::Ready(give_out(progress, driver));
    }
    give_step_back();
    Poll::Pending
}

/// Gives out how the future ended.
#[inline]
fn give_out<T>(progress: &mut Progress<T>, driver: &Driver) -> End<T> {
    match core::mem::replace(progress, Progress::Over) {
        Progress::Closing(end) => {
            if matches!(end, End::Panic(_)) {
                // No outcome will be given that could carry them.
                driver.take_errors().iter().for_each(hook::report);
            }
            end
        }
        Progress::Running | Progress::Over => {
            panic!("a scope's future was polled after it had given its result: poll it by `.await`, or `fuse()` it")
        }
    }
}
