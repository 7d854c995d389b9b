//! [`Trigger`]: points in the code under test, at one of which a fault is injected.

use core::fmt;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex, PoisonError};

use pin_project_lite::pin_project;

use super::InjectedPanic;
use super::fired::Fired;

/// Points in the code under test, counted as they are passed, at one of which a fault is injected.
///
/// A clone counts with the original, so that one trigger may serve many tasks. The first point that is passed is number
/// 0. To go through all of them, take the trigger from a [`Boundary`](super::Boundary).
///
/// # Examples
///
/// ```
/// use onpar_test::{ByHand, Trigger};
///
/// let trigger = Trigger::cancel_at(1);
/// let mut seen = Vec::new();
/// let cut = trigger.cancellable(async {
///     trigger.point().await;
///     seen.push("first");
///     trigger.point().await;
///     seen.push("second");
/// });
/// assert_eq!(ByHand::new(cut).finish(), None);
/// assert_eq!(seen, ["first"]);
/// ```
#[derive(Clone)]
pub struct Trigger {
    shared: Arc<Shared>,
}

struct Shared {
    fault: Fault,
    passed: AtomicUsize,
    fired: Fired,
    /// The future that is to be cancelled.
    waker: Mutex<Option<Waker>>,
}

#[derive(Clone, Copy)]
pub(super) enum Fault {
    Never,
    Panic(usize),
    Cancel(usize),
}

impl Trigger {
    /// A trigger that only counts.
    pub fn never() -> Self {
        Self::with(Fault::Never, Fired::default())
    }

    /// Panics at point number `point`, with an [`InjectedPanic`].
    pub fn panic_at(point: usize) -> Self {
        Self::with(Fault::Panic(point), Fired::default())
    }

    /// Stops at point number `point`; the future that was given to [`cancellable`](Self::cancellable) is then dropped.
    /// Without such a future, the point stays pending for ever.
    pub fn cancel_at(point: usize) -> Self {
        Self::with(Fault::Cancel(point), Fired::default())
    }

    pub(super) fn with(fault: Fault, fired: Fired) -> Self {
        let shared = Shared { fault, passed: AtomicUsize::new(0), fired, waker: Mutex::new(None) };
        Self { shared: Arc::new(shared) }
    }

    /// A point where the fault may come. Otherwise ready at once.
    ///
    /// # Cancel safety
    ///
    /// The point counts as passed from its first poll.
    ///
    /// # Panics
    ///
    /// If the fault is a panic, and comes here.
    pub fn point(&self) -> Point {
        Point { trigger: self.clone(), pending: false, state: State::New }
    }

    /// A [`point`](Self::point) that is pending once, and wakes at once: one more poll, one more boundary.
    ///
    /// # Cancel safety
    ///
    /// The point counts as passed from its first poll.
    ///
    /// # Panics
    ///
    /// If the fault is a panic, and comes here.
    pub fn pending_once(&self) -> Point {
        Point { trigger: self.clone(), pending: true, state: State::New }
    }

    /// Gives `Some(output)`, or drops `future` and gives `None` when a point of [`cancel_at`](Self::cancel_at) is hit,
    /// by whichever task.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future inside.
    pub fn cancellable<F: Future>(&self, future: F) -> Cancellable<F> {
        Cancellable { trigger: self.clone(), future: Some(future) }
    }

    /// How many points have been passed.
    pub fn passed(&self) -> usize {
        self.shared.passed.load(Ordering::SeqCst)
    }

    /// Whether the fault has come.
    pub fn has_fired(&self) -> bool {
        self.shared.fired.get()
    }

    fn cancels(&self) -> bool {
        matches!(self.shared.fault, Fault::Cancel(_)) && self.has_fired()
    }

    fn swap_waker(&self, waker: Option<Waker>) -> Option<Waker> {
        core::mem::replace(&mut *self.shared.waker.lock().unwrap_or_else(PoisonError::into_inner), waker)
    }

    /// Counts one point, and says whether the fault is to stop here.
    fn pass(&self) -> bool {
        let number = self.shared.passed.fetch_add(1, Ordering::SeqCst);
        match self.shared.fault {
            Fault::Panic(point) if point == number => {
                self.shared.fired.set();
                InjectedPanic::throw()
            }
            Fault::Cancel(point) if point == number => {
                self.shared.fired.set();
                if let Some(waker) = self.swap_waker(None) {
                    waker.wake();
                }
                true
            }
            _ => false,
        }
    }
}

impl fmt::Debug for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trigger").field("passed", &self.passed()).field("fired", &self.has_fired()).finish()
    }
}

/// A point where a fault may come. Made by [`Trigger::point`] and [`Trigger::pending_once`].
///
/// # Cancel safety
///
/// The point counts as passed from its first poll.
///
/// # Panics
///
/// If the fault is a panic, and comes here.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Point {
    trigger: Trigger,
    pending: bool,
    state: State,
}

#[derive(Debug)]
enum State {
    New,
    Passed,
    Stopped,
}

impl Future for Point {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.state {
            State::New if self.trigger.pass() => {
                self.state = State::Stopped;
                Poll::Pending
            }
            State::New if self.pending => {
                self.state = State::Passed;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            State::New | State::Passed => Poll::Ready(()),
            State::Stopped => Poll::Pending,
        }
    }
}

pin_project! {
    /// A future that a trigger may cancel. Made by [`Trigger::cancellable`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future inside.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Cancellable<F> {
        trigger: Trigger,
        #[pin]
        future: Option<F>,
    }
}

impl<F: Future> Future for Cancellable<F> {
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let old = this.trigger.swap_waker(Some(cx.waker().clone()));
        drop(old);
        if !this.trigger.cancels()
            && let Some(future) = this.future.as_mut().as_pin_mut()
            && let Poll::Ready(value) = future.poll(cx)
        {
            this.future.set(None);
            return Poll::Ready(Some(value));
        }
        if !this.trigger.cancels() {
            return Poll::Pending;
        }
        this.future.set(None);
        Poll::Ready(None)
    }
}

impl<F> fmt::Debug for Cancellable<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancellable").field("trigger", &self.trigger).finish_non_exhaustive()
    }
}
