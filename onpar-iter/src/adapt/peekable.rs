//! [`Peekable`]: a stream whose next item can be looked at before it is taken.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`peekable`](crate::AsyncIterator::peekable).
    ///
    /// Its own methods take it pinned, as does [`next`](crate::AsyncIterator::next) of what is not `Unpin`.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the item that was looked at. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::pin;
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// pollster::block_on(async {
    ///     let mut numbers = pin!([1, 2, 7].into_async_iter().peekable());
    ///     assert_eq!(numbers.as_mut().peek().await, Some(&mut 1));
    ///     assert_eq!(numbers.as_mut().next_if(|n| *n < 5).await, Some(1));
    ///     assert_eq!(numbers.as_mut().next_if_eq(&2).await, Some(2));
    ///     assert_eq!(numbers.as_mut().next_if(|n| *n < 5).await, None);
    ///     assert_eq!(numbers.next().await, Some(7));
    /// });
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Peekable<S: Stream> {
        #[pin]
        stream: S,
        // What was looked at: an item, or the end.
        peeked: Option<Option<S::Item>>,
    }
}

impl<S: Stream> Peekable<S> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { stream, peeked: None }
    }

    /// The next item, in its place, or `None` at the end.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing.
    pub fn peek(self: Pin<&mut Self>) -> Peek<'_, S> {
        Peek { stream: Some(self) }
    }

    /// The next item, if `wanted` says so; else it stays.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing.
    pub fn next_if<F: FnOnce(&S::Item) -> bool>(self: Pin<&mut Self>, wanted: F) -> NextIf<'_, S, F> {
        NextIf { stream: self, wanted: Some(wanted) }
    }

    /// The next item, if it equals `expected`; else it stays.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing.
    pub fn next_if_eq<'a, T: ?Sized>(self: Pin<&'a mut Self>, expected: &'a T) -> NextIfEq<'a, S, T>
    where
        S::Item: PartialEq<T>,
    {
        NextIfEq { stream: self, expected }
    }

    /// Polls for the next item without taking it.
    pub fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<&mut S::Item>> {
        let this = self.project();
        let peeked = match this.peeked {
            Some(peeked) => peeked,
            empty @ None => empty.insert(ready!(this.stream.poll_next(cx))),
        };
        Poll::Ready(peeked.as_mut())
    }

    fn poll_next_if(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        wanted: impl FnOnce(&S::Item) -> bool,
    ) -> Poll<Option<S::Item>> {
        match ready!(self.as_mut().poll_peek(cx)) {
            Some(item) if wanted(item) => Poll::Ready(self.project().peeked.take().flatten()),
            _ => Poll::Ready(None),
        }
    }
}

impl<S: Stream> Stream for Peekable<S> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let this = self.project();
        match this.peeked.take() {
            Some(item) => Poll::Ready(item),
            None => this.stream.poll_next(cx),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let held = match self.peeked {
            Some(None) => return (0, Some(0)),
            Some(Some(_)) => 1,
            None => 0,
        };
        let (lower, upper) = self.stream.size_hint();
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}

/// The future of [`Peekable::peek`].
///
/// # Cancel safety
///
/// Loses nothing.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Peek<'a, S: Stream> {
    stream: Option<Pin<&'a mut Peekable<S>>>,
}

impl<'a, S: Stream> Future for Peek<'a, S> {
    type Output = Option<&'a mut S::Item>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(stream) = &mut self.stream else {
            panic!("`peek` was polled after it had given its result: poll it by `.await`")
        };
        ready!(stream.as_mut().poll_peek(cx));
        match self.stream.take() {
            // It is there already.
            Some(stream) => stream.poll_peek(cx),
            None => unreachable!("it was there two lines above"),
        }
    }
}

/// The future of [`Peekable::next_if`].
///
/// # Cancel safety
///
/// Loses nothing.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct NextIf<'a, S: Stream, F> {
    stream: Pin<&'a mut Peekable<S>>,
    wanted: Option<F>,
}

// The closure is never pinned.
impl<S: Stream, F> Unpin for NextIf<'_, S, F> {}

impl<S: Stream, F: FnOnce(&S::Item) -> bool> Future for NextIf<'_, S, F> {
    type Output = Option<S::Item>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { stream, wanted } = self.get_mut();
        stream.as_mut().poll_next_if(cx, |item| {
            let wanted = wanted.take();
            wanted.expect("`next_if` was polled after it had given its result: poll it by `.await`")(item)
        })
    }
}

/// The future of [`Peekable::next_if_eq`].
///
/// # Cancel safety
///
/// Loses nothing.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct NextIfEq<'a, S: Stream, T: ?Sized> {
    stream: Pin<&'a mut Peekable<S>>,
    expected: &'a T,
}

impl<S: Stream, T: ?Sized> Future for NextIfEq<'_, S, T>
where
    S::Item: PartialEq<T>,
{
    type Output = Option<S::Item>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { stream, expected } = self.get_mut();
        stream.as_mut().poll_next_if(cx, |item| item == *expected)
    }
}

macro_rules! debug {
    ($($Future:ident<$($Param:ident $(: ?$Sized:ident)?),*>),+) => {$(
        impl<S: Stream, $($Param $(: ?$Sized)?),*> fmt::Debug for $Future<'_, S, $($Param),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Future)).finish_non_exhaustive()
            }
        }
    )+};
}

debug!(Peek<>, NextIf<F>, NextIfEq<T: ?Sized>);
