//! [`Stage`]: a part of a pipeline; and [`Source`], the first one.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

/// A part of a pipeline. Each poll drives everything that it owns.
///
/// It is implemented by the stages of this module, and is what their methods ask for.
///
/// # Examples
///
/// ```
/// use onpar_iter::concurrent::{Concurrent, Drive, Stage};
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
///
/// /// The end of any pipeline.
/// async fn sum<P: Stage<Item = u32>>(pipeline: Concurrent<P>) -> u32 {
///     pipeline.collect::<Vec<_>>().await.into_iter().sum()
/// }
///
/// let pipeline = [1, 2].into_async_iter().concurrent(limit!(2)).map(async |n| n * 2);
/// assert_eq!(pollster::block_on(sum(pipeline)), 6);
/// ```
pub trait Stage {
    /// What it gives.
    type Item;
    /// What goes with each item from the source to the end.
    type Ticket: Ticket;

    /// Drives all that is under way, and gives an item if there is one and there is `room` for it.
    ///
    /// `None` is the end, and nothing is under way then.
    fn poll_stage(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(Self::Ticket, Self::Item)>>;
}

/// What goes with an item of the source through all stages: nothing, or a [`Claim`](super::Claim).
///
/// # Examples
///
/// ```
/// use onpar_iter::concurrent::Ticket;
///
/// ().finish();
/// ```
pub trait Ticket {
    /// The item has been worked on to its end.
    fn finish(self);
}

impl Ticket for () {
    #[inline]
    fn finish(self) {}
}

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
    }
}

impl<S> Source<S> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { stream, ended: false }
    }

    pub(super) fn into_stream(self) -> S {
        self.stream
    }
}

impl<S: Stream> Stage for Source<S> {
    type Item = S::Item;
    type Ticket = ();

    #[inline]
    fn poll_stage(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<((), S::Item)>> {
        let this = self.project();
        if *this.ended {
            return Poll::Ready(None);
        }
        if !room {
            return Poll::Pending;
        }
        this.stream.poll_next(cx).map(|item| {
            *this.ended = item.is_none();
            Some(((), item?))
        })
    }
}
