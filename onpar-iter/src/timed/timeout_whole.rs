//! [`TimeoutWhole`]: the items until a deadline, and an error if there are more.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use onpar_core::{Clock, Elapsed};
use pin_project_lite::pin_project;

use super::TakeUntilDeadline;

pin_project! {
    /// The stream of [`timeout_whole`](crate::AsyncTimed::timeout_whole).
    ///
    /// As [`TakeUntilDeadline`], but that being cut short is an error, which is the last that it gives. What reads results
    /// to their end, such as a `collect` into a `Result`, cannot take a part for the whole.
    ///
    /// # Cancel safety
    ///
    /// As the stream in it: it keeps no item between two polls. Dropped, it takes its timer away.
    ///
    /// # Panics
    ///
    /// A panic of the stream or of the clock passes on. Polled again, it goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::{Clock, Elapsed};
    /// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
    ///
    /// async fn body(clock: &impl Clock, parts: impl Stream<Item = String>) -> Result<String, Elapsed> {
    ///     parts.timeout_whole(clock, Duration::from_secs(30)).collect().await
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct TimeoutWhole<S, C: Clock> {
        #[pin]
        items: TakeUntilDeadline<S, C>,
        // Whether it has ended, with an error or without.
        is_over: bool,
    }
}

impl<S, C: Clock> TimeoutWhole<S, C> {
    pub(crate) const fn new(items: TakeUntilDeadline<S, C>) -> Self {
        Self { items, is_over: false }
    }
}

impl<S: Stream, C: Clock> Stream for TimeoutWhole<S, C> {
    type Item = Result<S::Item, Elapsed>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        if let Some(item) = ready!(this.items.as_mut().poll_next(cx)) {
            return Poll::Ready(Some(Ok(item)));
        }
        let is_error = this.items.is_cut() && !*this.is_over;
        *this.is_over = true;
        Poll::Ready(is_error.then_some(Err(Elapsed)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_over {
            return (0, Some(0));
        }
        // Where there is an item, the first thing to come is that one or the error.
        let (lower, upper) = self.items.hint_of_all();
        (lower.min(1), upper.and_then(|upper| upper.checked_add(1)))
    }
}
