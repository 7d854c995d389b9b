//! [`TryFlattenConcurrent`]: the items of the streams of results that a stream of results gives, several at a time.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::FlattenConcurrent;
use crate::adapt::{Step, Steps, Verdict};

/// The stream of [`try_flatten_concurrent`](crate::AsyncTryIterator::try_flatten_concurrent). Errors of the outer stream take
/// their turn among the items of the inner ones; those of both pass by, and end nothing.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator, limit};
///
/// let pages = [Ok([Ok(1), Err("torn")].into_async_iter()), Err("gone"), Ok([Ok(2), Ok(3)].into_async_iter())];
/// let lines = pages.into_async_iter().try_flatten_concurrent(limit!(3)).collect::<Vec<Result<u8, &str>>>();
/// assert_eq!(pollster::block_on(lines), [Ok(1), Err("gone"), Ok(2), Err("torn"), Ok(3)]);
/// ```
pub type TryFlattenConcurrent<S, U, E> = FlattenConcurrent<Steps<S, StreamsOrErrors>, StreamOrError<U, E>>;

pub(crate) fn new<S: Stream<Item = Result<U, E>>, U, E>(
    stream: S,
    limit: core::num::NonZero<usize>,
) -> TryFlattenConcurrent<S, U, E> {
    FlattenConcurrent::new(Steps::new(stream, StreamsOrErrors), limit)
}

/// The rule that makes a stream of an error, too.
///
/// # Examples
///
/// See [`try_flatten_concurrent`](crate::AsyncTryIterator::try_flatten_concurrent), which is made of it.
///
/// ```
/// use onpar_iter::adapt::Step;
/// use onpar_iter::together::StreamsOrErrors;
///
/// assert_eq!(Step::<Result<u8, u8>>::size_hint(&StreamsOrErrors, (1, None)), (1, None));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct StreamsOrErrors;

impl<U, E> Step<Result<U, E>> for StreamsOrErrors {
    type Output = StreamOrError<U, E>;

    #[inline]
    fn step(&mut self, item: Result<U, E>) -> Verdict<StreamOrError<U, E>> {
        let (stream, error) = match item {
            Ok(stream) => (Some(stream), None),
            Err(error) => (None, Some(error)),
        };
        Verdict::Give(StreamOrError { stream, error })
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}

pin_project! {
    /// A stream of results, or of one error, made of a `Result` of the two.
    ///
    /// # Cancel safety
    ///
    /// As the stream in it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::adapt::{Step, Verdict};
    /// use onpar_iter::together::StreamsOrErrors;
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// let lines = |page: Result<[Result<u8, &'static str>; 1], &'static str>| {
    ///     let page = StreamsOrErrors.step(page.map(IntoAsyncIterator::into_async_iter));
    ///     let Verdict::Give(page) = page else { unreachable!("it skips none") };
    ///     pollster::block_on(page.collect::<Vec<Result<u8, &str>>>())
    /// };
    /// assert_eq!((lines(Ok([Ok(1)])), lines(Err("gone"))), (vec![Ok(1)], vec![Err("gone")]));
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct StreamOrError<U, E> {
        #[pin]
        stream: Option<U>,
        error: Option<E>,
    }
}

impl<T, E, F: From<E>, U: Stream<Item = Result<T, F>>> Stream for StreamOrError<U, E> {
    type Item = Result<T, F>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<T, F>>> {
        let mut this = self.project();
        let Some(stream) = this.stream.as_mut().as_pin_mut() else {
            return Poll::Ready(this.error.take().map(|error| Err(error.into())));
        };
        let item = ready!(stream.poll_next(cx));
        if item.is_none() {
            this.stream.set(None);
        }
        Poll::Ready(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let errors = usize::from(self.error.is_some());
        self.stream.as_ref().map_or((errors, Some(errors)), Stream::size_hint)
    }
}
