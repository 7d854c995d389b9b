//! [`CallAt`]: calls back before a future's k-th poll. [`PanicAt`]: panics there.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::InjectedPanic;
use super::fired::Fired;

pin_project! {
    /// A future that calls back before one of its polls. Its output is that of the future inside.
    ///
    /// # Cancel safety
    ///
    /// That of the future inside.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::cell::Cell;
    /// use onpar_test::{ByHand, every_poll::CallAt};
    ///
    /// let called = Cell::new(false);
    /// ByHand::new(CallAt::new(async {}, 0, || called.set(true))).finish();
    /// assert!(called.get());
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct CallAt<F, C> {
        #[pin]
        future: F,
        polls: usize,
        call: Option<C>,
        fired: Fired,
    }
}

impl<F: Future, C: FnOnce()> CallAt<F, C> {
    /// Calls `call` before poll number `poll`. The first poll is number 0.
    pub fn new(future: F, poll: usize, call: C) -> Self {
        Self::with(future, poll, call, Fired::default())
    }

    pub(super) const fn with(future: F, poll: usize, call: C, fired: Fired) -> Self {
        Self { future, polls: poll, call: Some(call), fired }
    }
}

impl<F: Future, C: FnOnce()> Future for CallAt<F, C> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        match this.polls.checked_sub(1) {
            Some(left) => *this.polls = left,
            None => {
                if let Some(call) = this.call.take() {
                    this.fired.set();
                    call();
                }
            }
        }
        this.future.poll(cx)
    }
}

impl<F, C> fmt::Debug for CallAt<F, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallAt").field("polls", &self.polls).finish_non_exhaustive()
    }
}

pin_project! {
    /// A future that panics instead of one of its polls, with an [`InjectedPanic`].
    ///
    /// # Cancel safety
    ///
    /// That of the future inside.
    ///
    /// # Panics
    ///
    /// That is what it is for.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::panic::{AssertUnwindSafe, catch_unwind};
    /// use onpar_test::{ByHand, InjectedPanic, every_poll::PanicAt};
    ///
    /// let mut task = ByHand::new(PanicAt::new(async {}, 0));
    /// let payload = catch_unwind(AssertUnwindSafe(|| task.poll())).unwrap_err();
    /// assert!(InjectedPanic::is(&*payload));
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct PanicAt<F> {
        #[pin]
        inner: CallAt<F, fn()>,
    }
}

impl<F: Future> PanicAt<F> {
    /// Panics instead of poll number `poll`. The first poll is number 0.
    pub fn new(future: F, poll: usize) -> Self {
        Self::with(future, poll, Fired::default())
    }

    pub(super) const fn with(future: F, poll: usize, fired: Fired) -> Self {
        Self { inner: CallAt::with(future, poll, || InjectedPanic::throw(), fired) }
    }
}

impl<F: Future> Future for PanicAt<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().inner.poll(cx)
    }
}

impl<F> fmt::Debug for PanicAt<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PanicAt").field("polls", &self.inner.polls).finish_non_exhaustive()
    }
}
