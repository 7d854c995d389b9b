//! [`SwitchMap`]: the items of the stream that was begun for the latest item.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::AT_ONCE;
use crate::adapt::Fuse;
use crate::call::Call;

pin_project! {
    /// The stream of [`switch_map`](crate::AsyncStreamExt::switch_map): the items of the stream that a closure gave for the
    /// latest item.
    ///
    /// When a new item comes, the stream of the one before is dropped at once, and so is the call if it has not ended. Of
    /// items that are there at the same time, the closure sees the last. The outer stream is asked first in each poll. It may
    /// end before the last of the inner ones, which then goes on to its end.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with its item. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Its item is lost; polled again, the stream goes on with the next one. A panic of the
    /// outer stream passes on too, and loses what that stream gave in the same poll. A panic of an inner stream passes on;
    /// polled again, the inner stream goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncIteratorWith, AsyncStreamExt, IntoAsyncIterator};
    ///
    /// // Both are there at once, so only the second counts.
    /// let found = ["r", "ru"].into_async_iter().switch_map(async |text| {
    ///     ["rum", "rust"].into_async_iter().filter_with(text, async |text, word| word.starts_with(*text))
    /// });
    /// assert_eq!(pollster::block_on(found.collect::<Vec<_>>()), ["rum", "rust"]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct SwitchMap<S, C, U> {
        // The inner one first: it may borrow what the call holds, and the call what the outer one lends.
        #[pin]
        inner: Option<U>,
        #[pin]
        call: C,
        #[pin]
        outer: Fuse<S>,
        outer_ended: bool,
    }
}

impl<S, C, U> SwitchMap<S, C, U> {
    pub(crate) const fn new(outer: S, call: C) -> Self {
        Self { inner: None, call, outer: Fuse::new(outer), outer_ended: false }
    }
}

impl<S: Stream, U: Stream, C: Call<S::Item, Output = U>> Stream for SwitchMap<S, C, U> {
    type Item = U::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<U::Item>> {
        let mut this = self.project();
        let (mut latest, mut taken) = (None, 0);
        while !*this.outer_ended {
            if taken == AT_ONCE {
                cx.waker().wake_by_ref();
                break;
            }
            match this.outer.as_mut().poll_next(cx) {
                Poll::Ready(Some(item)) => {
                    this.inner.set(None);
                    latest = Some(item);
                    taken += 1;
                }
                Poll::Ready(None) => *this.outer_ended = true,
                Poll::Pending => break,
            }
        }
        let answer = match latest {
            Some(item) => this.call.call(item, cx).map(Some),
            None => this.call.poll(cx),
        };
        if let Some(inner) = ready!(answer) {
            this.inner.set(Some(inner));
        }
        if let Some(inner) = this.inner.as_mut().as_pin_mut() {
            if let Some(item) = ready!(inner.poll_next(cx)) {
                return Poll::Ready(Some(item));
            }
            this.inner.set(None);
        }
        if *this.outer_ended { Poll::Ready(None) } else { Poll::Pending }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if !self.outer_ended || self.call.is_running() {
            return (0, None);
        }
        self.inner.as_ref().map_or((0, Some(0)), Stream::size_hint)
    }
}
