//! [`try_stream`]: a stream written as an async closure that may fail.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::body::Body;
use super::emitter::Emitter;

/// A stream of the items that `f` emits, each in an `Ok`, and of its error, if it fails: `?` works in it.
///
/// Otherwise it is as [`stream`](super::stream()). It ends after the error.
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
/// use onpar_iter::{AsyncIterator, try_stream};
///
/// # async fn read(page: u32) -> Result<u32, &'static str> { if page < 3 { Ok(page * 10) } else { Err("no such page") } }
/// let rows = try_stream(async |mut y| {
///     for page in 1.. {
///         y.emit(read(page).await?).await;
///     }
///     Ok(())
/// });
/// # pollster::block_on(async {
/// let rows: Vec<_> = rows.collect().await;
/// assert_eq!(rows, [Ok(10), Ok(20), Err("no such page")]);
/// # });
/// ```
pub const fn try_stream<'x, T, E, F, Fut>(f: F) -> TryGenerator<T, E, F, Fut>
where
    T: 'x,
    F: AsyncFnOnce(Emitter<'_, T>) -> Result<(), E> + FnOnce(Emitter<'x, T>) -> Fut,
    Fut: Future<Output = Result<(), E>>,
{
    TryGenerator { body: Body::new(f) }
}

pin_project! {
    /// The stream of [`try_stream`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the body where it stands. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::pin;
    /// use onpar_iter::{AsyncIterator, Stream, generator::TryGenerator, try_stream};
    ///
    /// async fn first<T, E, F, Fut>(items: TryGenerator<T, E, F, Fut>) -> Option<Result<T, E>>
    /// where
    ///     TryGenerator<T, E, F, Fut>: Stream<Item = Result<T, E>>,
    /// {
    ///     pin!(items).next().await
    /// }
    ///
    /// let seven = try_stream(async |mut y| {
    ///     y.emit(7).await;
    ///     Err("no more")
    /// });
    /// assert_eq!(pollster::block_on(first(seven)), Some(Ok(7)));
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct TryGenerator<T, E, F, Fut> {
        #[pin]
        body: Body<T, F, Fut, Result<(), E>>,
    }
}

impl<'x, T, E, F, Fut> Stream for TryGenerator<T, E, F, Fut>
where
    T: 'x,
    F: FnOnce(Emitter<'x, T>) -> Fut,
    Fut: Future<Output = Result<(), E>>,
{
    type Item = Result<T, E>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        self.project().body.poll_next(cx, Ok, |result| result.err().map(Err))
    }
}

impl<T, E, F, Fut> fmt::Debug for TryGenerator<T, E, F, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TryGenerator").finish_non_exhaustive()
    }
}
