//! [`CancelAt`]: drops a future after its k-th poll.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::fired::Fired;

pin_project! {
    /// A future that is dropped after so many polls: `Some(output)` if it ended before, else `None`.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future inside.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_test::{ByHand, Trigger, every_poll::CancelAt};
    ///
    /// let trigger = Trigger::never();
    /// let work = async || {
    ///     trigger.pending_once().await;
    ///     7
    /// };
    /// assert_eq!(ByHand::new(CancelAt::new(work(), 0)).finish(), None);
    /// assert_eq!(ByHand::new(CancelAt::new(work(), 1)).finish(), None);
    /// assert_eq!(ByHand::new(CancelAt::new(work(), 2)).finish(), Some(7));
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct CancelAt<F> {
        #[pin]
        future: Option<F>,
        left: usize,
        when_woken: bool,
        fired: Fired,
    }
}

impl<F: Future> CancelAt<F> {
    /// Drops `future` at once after `polls` polls that left it pending; with 0, instead of its first poll.
    pub fn new(future: F, polls: usize) -> Self {
        Self::with(future, polls, false, Fired::default())
    }

    /// Drops `future` instead of poll number `polls` (the first is 0): when it has been woken, and before it hears of it.
    ///
    /// This is where wake-ups get lost: what woke the future may have counted on it to go on.
    pub fn when_woken(future: F, polls: usize) -> Self {
        Self::with(future, polls, true, Fired::default())
    }

    pub(super) const fn with(future: F, left: usize, when_woken: bool, fired: Fired) -> Self {
        Self { future: Some(future), left, when_woken, fired }
    }
}

impl<F: Future> Future for CancelAt<F> {
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if *this.left > 0 {
            *this.left -= 1;
            if let Some(future) = this.future.as_mut().as_pin_mut()
                && let Poll::Ready(value) = future.poll(cx)
            {
                this.future.set(None);
                return Poll::Ready(Some(value));
            }
            if *this.left > 0 || *this.when_woken {
                return Poll::Pending;
            }
        }
        this.fired.set();
        this.future.set(None);
        Poll::Ready(None)
    }
}

impl<F> fmt::Debug for CancelAt<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelAt").field("left", &self.left).finish_non_exhaustive()
    }
}
