//! [`Cycle`]: a stream again and again.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`cycle`](crate::AsyncIterator::cycle). Of a stream without items, it is one too.
    ///
    /// # Cancel safety
    ///
    /// As the stream in it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// // What takes a closure cannot be cloned: let the closure follow.
    /// let again = [1, 2].into_async_iter().cycle().map(async |n| n * 2).take(3);
    /// assert_eq!(pollster::block_on(again.collect::<Vec<_>>()), [2, 4, 2]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Cycle<S> {
        original: S,
        #[pin]
        stream: S,
        // Whether this is a repetition that has given nothing yet: if it ends so, there is nothing to repeat.
        empty: bool,
    }
}

impl<S: Clone> Cycle<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { original: stream.clone(), stream, empty: false }
    }
}

impl<S: Stream + Clone> Stream for Cycle<S> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        loop {
            let item = ready!(this.stream.as_mut().poll_next(cx));
            if item.is_some() || *this.empty {
                *this.empty = false;
                return Poll::Ready(item);
            }
            this.stream.set(this.original.clone());
            *this.empty = true;
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.original.size_hint() {
            (0, Some(0)) => (0, Some(0)),
            (0, _) => (0, None),
            _ => (usize::MAX, None),
        }
    }
}
