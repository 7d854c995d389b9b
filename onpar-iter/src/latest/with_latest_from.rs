//! [`WithLatestFrom`]: items beside the latest one of another stream.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::AT_ONCE;
use crate::adapt::Fuse;

pin_project! {
    /// The stream of [`with_latest_from`](crate::AsyncStreamExt::with_latest_from): every item, beside a clone of the latest
    /// one of another stream.
    ///
    /// Items that come before the other stream has given any are dropped. Each poll asks the other stream first, for all that
    /// it has. When that has ended, its last item goes on being the latest; if it has given none, this stream ends.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the latest item of the other stream. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of either stream, or of a `clone`, passes on; one of a `clone` loses the item that it was for. Polled again, the
    /// stream goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator};
    ///
    /// let orders = [1, 2].into_async_iter().with_latest_from(["cheap", "dear"].into_async_iter());
    /// assert_eq!(pollster::block_on(orders.collect::<Vec<_>>()), [(1, "dear"), (2, "dear")]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct WithLatestFrom<S, B, T> {
        #[pin]
        stream: Fuse<S>,
        #[pin]
        other: Fuse<B>,
        latest: Option<T>,
        other_ended: bool,
    }
}

impl<S, B, T> WithLatestFrom<S, B, T> {
    pub(crate) const fn new(stream: S, other: B) -> Self {
        Self { stream: Fuse::new(stream), other: Fuse::new(other), latest: None, other_ended: false }
    }
}

impl<S: Stream, B: Stream<Item = T>, T: Clone> Stream for WithLatestFrom<S, B, T> {
    type Item = (S::Item, T);

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(S::Item, T)>> {
        let mut this = self.project();
        let mut taken = 0;
        while !*this.other_ended && taken < AT_ONCE {
            match this.other.as_mut().poll_next(cx) {
                Poll::Ready(Some(item)) => *this.latest = Some(item),
                Poll::Ready(None) => *this.other_ended = true,
                Poll::Pending => break,
            }
            taken += 1;
        }
        if *this.other_ended && this.latest.is_none() {
            this.stream.end();
            return Poll::Ready(None);
        }
        // Who has given all that one poll may take has more, and was not asked when.
        let has_more = taken == AT_ONCE;
        for _ in 0..AT_ONCE {
            match (this.stream.as_mut().poll_next(cx), &*this.latest) {
                (Poll::Ready(Some(item)), Some(latest)) => return Poll::Ready(Some((item, latest.clone()))),
                (Poll::Ready(Some(_)), None) => {}
                (Poll::Ready(None), _) => {
                    this.other.end();
                    (*this.latest, *this.other_ended) = (None, true);
                    return Poll::Ready(None);
                }
                (Poll::Pending, _) if has_more => break,
                (Poll::Pending, _) => return Poll::Pending,
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        if self.latest.is_some() { (lower, upper) } else { (0, upper) }
    }
}
