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
    pub struct Peekable<S, T> {
        #[pin]
        stream: S,
        // What was looked at: an item, or the end.
        peeked: Option<Option<T>>,
    }
}

impl<S, T> Peekable<S, T> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { stream, peeked: None }
    }
}

impl<S: Stream<Item = T>, T> Peekable<S, T> {
    /// The next item, in its place, or `None` at the end.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing.
    pub fn peek(self: Pin<&mut Self>) -> Peek<'_, S, T> {
        Peek { stream: Some(self) }
    }

    /// The next item, if `wanted` says so; else it stays.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing.
    pub fn next_if<F: FnOnce(&T) -> bool>(self: Pin<&mut Self>, wanted: F) -> NextIf<'_, S, T, F> {
        NextIf { stream: self, wanted: Some(wanted) }
    }

    /// The next item, if it equals `expected`; else it stays.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing.
    pub fn next_if_eq<'a, U: ?Sized>(self: Pin<&'a mut Self>, expected: &'a U) -> NextIfEq<'a, S, T, U>
    where
        T: PartialEq<U>,
    {
        NextIfEq { stream: self, expected }
    }

    /// Polls for the next item without taking it.
    pub fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<&mut T>> {
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
        wanted: impl FnOnce(&T) -> bool,
    ) -> Poll<Option<T>> {
        match ready!(self.as_mut().poll_peek(cx)) {
            Some(item) if wanted(item) => Poll::Ready(self.project().peeked.take().flatten()),
            _ => Poll::Ready(None),
        }
    }
}

impl<S: Stream<Item = T>, T> Stream for Peekable<S, T> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
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
pub struct Peek<'a, S, T> {
    stream: Option<Pin<&'a mut Peekable<S, T>>>,
}

impl<'a, S: Stream<Item = T>, T> Future for Peek<'a, S, T> {
    type Output = Option<&'a mut T>;

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
pub struct NextIf<'a, S, T, F> {
    stream: Pin<&'a mut Peekable<S, T>>,
    wanted: Option<F>,
}

// The closure is never pinned.
impl<S, T, F> Unpin for NextIf<'_, S, T, F> {}

impl<S: Stream<Item = T>, T, F: FnOnce(&T) -> bool> Future for NextIf<'_, S, T, F> {
    type Output = Option<T>;

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
pub struct NextIfEq<'a, S, T, U: ?Sized> {
    stream: Pin<&'a mut Peekable<S, T>>,
    expected: &'a U,
}

impl<S: Stream<Item = T>, T, U: ?Sized> Future for NextIfEq<'_, S, T, U>
where
    T: PartialEq<U>,
{
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { stream, expected } = self.get_mut();
        stream.as_mut().poll_next_if(cx, |item| item == *expected)
    }
}

macro_rules! debug {
    ($($Future:ident<$($Param:ident $(: ?$Sized:ident)?),*>),+) => {$(
        impl<S, T, $($Param $(: ?$Sized)?),*> fmt::Debug for $Future<'_, S, T, $($Param),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Future)).finish_non_exhaustive()
            }
        }
    )+};
}

debug!(Peek<>, NextIf<F>, NextIfEq<U: ?Sized>);
