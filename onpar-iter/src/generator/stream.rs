//! [`stream`](stream()): a stream written as an async closure.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::body::Body;
use super::emitter::Emitter;

/// A stream of the items that `f` emits.
///
/// The body may borrow from around it and await anything. It runs while an item is asked for, and no further than to its
/// next `emit`. The stream is `Send` if what the body holds is. Nothing is allocated.
///
/// The body begins at the first poll. Its stream is not `Unpin`: to call [`next`](crate::AsyncIterator::next), `pin!` it.
///
/// # Cancel safety
///
/// Dropping the stream drops the body where it stands. Not being polled loses nothing.
///
/// # Panics
///
/// A panic of the body passes on, and ends the stream.
///
/// # Examples
///
/// ```
/// use std::pin::pin;
/// use onpar_iter::{AsyncIterator, stream};
///
/// # async fn read(page: u32) -> Vec<u32> { vec![page * 10, page * 10 + 1] }
/// let pages = [1, 2];
/// let rows = stream(async |mut y| {
///     for page in &pages {
///         for row in read(*page).await {
///             y.emit(row).await;
///         }
///     }
/// });
/// # pollster::block_on(async {
/// let mut rows = pin!(rows);
/// assert_eq!(rows.next().await, Some(10));
/// assert_eq!(rows.collect::<Vec<_>>().await, [11, 20, 21]);
/// # });
/// ```
pub const fn stream<'x, T, F, Fut>(f: F) -> Generator<T, F, Fut>
where
    T: 'x,
    F: AsyncFnOnce(Emitter<'_, T>) + FnOnce(Emitter<'x, T>) -> Fut,
    Fut: Future<Output = ()>,
{
    Generator { body: Body::new(f) }
}

pin_project! {
    /// The stream of [`stream`](stream()).
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the body where it stands. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::pin;
    /// use onpar_iter::{AsyncIterator, Stream, generator::Generator, stream};
    ///
    /// async fn first<T, F, Fut>(items: Generator<T, F, Fut>) -> Option<T>
    /// where
    ///     Generator<T, F, Fut>: Stream<Item = T>,
    /// {
    ///     pin!(items).next().await
    /// }
    ///
    /// assert_eq!(pollster::block_on(first(stream(async |mut y| y.emit(7).await))), Some(7));
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct Generator<T, F, Fut> {
        #[pin]
        body: Body<T, F, Fut, ()>,
    }
}

impl<'x, T, F, Fut> Stream for Generator<T, F, Fut>
where
    T: 'x,
    F: FnOnce(Emitter<'x, T>) -> Fut,
    Fut: Future<Output = ()>,
{
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.project().body.poll_next(cx, |item| item, |()| None)
    }
}

impl<T, F, Fut> fmt::Debug for Generator<T, F, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generator").finish_non_exhaustive()
    }
}
