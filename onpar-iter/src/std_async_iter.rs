//! Both ways to std's own trait, `core::async_iter::AsyncIterator`, which is unstable.
//!
//! This module exists under `--cfg onpar_nightly` alone, so that no user compiles an unstable feature by chance. The two
//! traits are the same but for their names: a stream is wrapped to have the other one, and nothing is done to it.

use core::async_iter::AsyncIterator;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

/// A stream, as std's `AsyncIterator`.
///
/// # Examples
///
/// ```
/// #![feature(async_iterator)]
///
/// fn takes(_: impl std::async_iter::AsyncIterator<Item = u8>) {}
/// takes(onpar_iter::into_std(onpar_iter::once(1)));
/// ```
pub const fn into_std<S: Stream>(stream: S) -> IntoStd<S> {
    IntoStd { stream }
}

/// Std's `AsyncIterator`, as a stream.
///
/// # Examples
///
/// ```
/// #![feature(async_iterator, async_iter_from_iter)]
///
/// use onpar_iter::AsyncIterator;
///
/// let theirs = std::async_iter::from_iter([1, 2]);
/// assert_eq!(pollster::block_on(onpar_iter::from_std(theirs).sum::<u8>()), 3);
/// ```
pub const fn from_std<I: AsyncIterator>(iterator: I) -> FromStd<I> {
    FromStd { iterator }
}

pin_project! {
    /// The `AsyncIterator` of [`into_std`].
    ///
    /// # Cancel safety
    ///
    /// As the stream in it.
    ///
    /// # Examples
    ///
    /// ```
    /// let one: onpar_iter::IntoStd<onpar_iter::source::Once<u8>> = onpar_iter::into_std(onpar_iter::once(1));
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct IntoStd<S> {
        #[pin]
        stream: S,
    }
}

impl<S: Stream> AsyncIterator for IntoStd<S> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.project().stream.poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.size_hint()
    }
}

pin_project! {
    /// The stream of [`from_std`].
    ///
    /// # Cancel safety
    ///
    /// As the iterator in it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{FromStd, IntoStd, from_std, into_std, once, source::Once};
    ///
    /// let there_and_back: FromStd<IntoStd<Once<u8>>> = from_std(into_std(once(1)));
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct FromStd<I> {
        #[pin]
        iterator: I,
    }
}

impl<I: AsyncIterator> Stream for FromStd<I> {
    type Item = I::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<I::Item>> {
        self.project().iterator.poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iterator.size_hint()
    }
}
