//! [`TrySkipWhile`]: all items of a stream of results, but for the values before the first that a closure says no to.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::call::Call;

pin_project! {
    /// The stream of [`try_skip_while`](crate::AsyncTryIterator::try_skip_while). The closure is not called again after its
    /// first no. Errors are never skipped.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with its value. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Its value is lost; polled again, the stream goes on with the next item.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
    ///
    /// let items = [Ok(1), Err("gone"), Ok(9), Ok(2)].into_async_iter();
    /// let rest = items.try_skip_while(async |n| Ok(*n < 5));
    /// assert_eq!(pollster::block_on(rest.collect::<Vec<_>>()), [Err("gone"), Ok(9), Ok(2)]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct TrySkipWhile<S, C> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
        skipping: bool,
    }
}

impl<S, C> TrySkipWhile<S, C> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream, skipping: true }
    }
}

impl<T, E, S, C> Stream for TrySkipWhile<S, C>
where
    S: Stream<Item = Result<T, E>>,
    C: Call<T, Output = (T, Result<bool, E>)>,
{
    type Item = Result<T, E>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        let mut this = self.project();
        if *this.skipping {
            // What the call that was under way has given, and then each one.
            let mut given = ready!(this.call.as_mut().poll(cx));
            loop {
                match given {
                    Some((_, Err(error))) => return Poll::Ready(Some(Err(error))),
                    Some((value, Ok(false))) => {
                        *this.skipping = false;
                        return Poll::Ready(Some(Ok(value)));
                    }
                    Some((_, Ok(true))) | None => {}
                }
                match ready!(this.stream.as_mut().poll_next(cx)) {
                    Some(Ok(value)) => given = Some(ready!(this.call.as_mut().call(value, cx))),
                    end_or_error => return Poll::Ready(end_or_error),
                }
            }
        }
        this.stream.poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        if !self.skipping {
            return (lower, upper);
        }
        (0, upper.and_then(|upper| upper.checked_add(usize::from(self.call.is_running()))))
    }
}
