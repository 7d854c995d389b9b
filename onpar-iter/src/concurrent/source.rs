//! [`Source`]: the first stage of a pipeline.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Stage;
use super::stage::Sealed;

/// How many items a poll takes from a stream that always has one. After that the task lets others run, as it would on tokio,
/// whose own resources are so generous.
const ITEMS_A_POLL: u32 = 128;

pin_project! {
    /// The first stage: a stream, asked for an item when the next stage has room.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::concurrent::{Concurrent, Source};
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, Iter, limit};
    ///
    /// let pipeline: Concurrent<Source<Iter<std::ops::Range<u8>>>> = (0..3).into_async_iter().concurrent(limit!(2));
    /// ```
    #[derive(Debug)]
    pub struct Source<S> {
        #[pin]
        stream: S,
        ended: bool,
        // How many items this poll may still take.
        left: u32,
    }
}

impl<S> Source<S> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { stream, ended: false, left: ITEMS_A_POLL }
    }
}

impl<S> Sealed for Source<S> {}

impl<S: Stream> Stage for Source<S> {
    type Item = S::Item;
    type Ticket = ();

    #[inline]
    fn drive(self: Pin<&mut Self>, _cx: &mut Context<'_>) {
        *self.project().left = ITEMS_A_POLL;
    }

    #[inline]
    fn pull(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<((), S::Item)>> {
        let this = self.project();
        if *this.ended {
            return Poll::Ready(None);
        }
        if !room {
            return Poll::Pending;
        }
        if *this.left == 0 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match this.stream.poll_next(cx) {
            Poll::Ready(Some(item)) => {
                *this.left -= 1;
                Poll::Ready(Some(((), item)))
            }
            Poll::Ready(None) => {
                *this.ended = true;
                Poll::Ready(None)
            }
            Poll::Pending => Poll::Pending,
        }
    }

    #[inline]
    fn finish(self: Pin<&mut Self>, (): ()) {}
}
