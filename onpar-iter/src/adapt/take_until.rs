//! [`TakeUntil`]: the items until a future has ended.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`take_until`](crate::AsyncStreamExt::take_until): the items until a future has ended.
    ///
    /// Each poll polls the future first, so that a stream that always has an item ends too. When either has ended, both are
    /// dropped at once.
    ///
    /// # Cancel safety
    ///
    /// It keeps no item between two polls: not being polled loses nothing, and an item that was not there in time is left to
    /// a stream that was lent.
    ///
    /// # Panics
    ///
    /// A panic of the stream passes on; polled again, the stream goes on. A panic of the future passes on too, and is the end:
    /// polled again, the stream gives `None`.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_iter::{AsyncStreamExt, Stream};
    ///
    /// /// The lines of the first minute.
    /// fn first_minute<T>(clock: impl Clock, lines: impl Stream<Item = T>) -> impl Stream<Item = T> {
    ///     lines.take_until(clock.sleep(Duration::from_secs(60)))
    /// }
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct TakeUntil<S, F> {
        #[pin]
        running: Option<Running<S, F>>,
    }
}

pin_project! {
    struct Running<S, F> {
        #[pin]
        stream: S,
        #[pin]
        until: F,
        // The future is being polled.
        is_polled: bool,
    }
}

impl<S, F> TakeUntil<S, F> {
    pub(crate) const fn new(stream: S, until: F) -> Self {
        Self { running: Some(Running { stream, until, is_polled: false }) }
    }
}

impl<S: Stream, F: Future> Stream for TakeUntil<S, F> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut running = self.project().running;
        let Some(both) = running.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        let both = both.project();
        // It is still being polled: the last poll panicked.
        if !*both.is_polled {
            *both.is_polled = true;
            let until = both.until.poll(cx);
            *both.is_polled = false;
            if until.is_pending()
                && let Some(item) = ready!(both.stream.poll_next(cx))
            {
                return Poll::Ready(Some(item));
            }
        }
        running.set(None);
        Poll::Ready(None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.running.as_ref().map_or((0, Some(0)), |running| (0, running.stream.size_hint().1))
    }
}

impl<S: Stream, F: Future> FusedStream for TakeUntil<S, F> {
    fn is_terminated(&self) -> bool {
        self.running.is_none()
    }
}

impl<S: fmt::Debug, F> fmt::Debug for TakeUntil<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stream = self.running.as_ref().map(|running| &running.stream);
        f.debug_struct("TakeUntil").field("stream", &stream).finish_non_exhaustive()
    }
}
