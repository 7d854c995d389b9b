//! [`Claim`]: what becomes of an item that was taken from the source and not worked on to its end.

use alloc::sync::Arc;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::{Stage, Ticket};

/// A copy of an item of the source. Dropped before it is finished, it is handed to the closure of
/// [`on_unfinished`](super::Concurrent::on_unfinished).
///
/// # Examples
///
/// ```
/// use onpar_iter::concurrent::{Claim, Ticket};
///
/// fn done<T, F: Fn(T)>(claim: Claim<T, F>) {
///     claim.finish();
/// }
/// ```
pub struct Claim<T, F: Fn(T)> {
    item: Option<T>,
    unfinished: Arc<F>,
}

impl<T, F: Fn(T)> Ticket for Claim<T, F> {
    fn finish(mut self) {
        self.item = None;
    }
}

impl<T, F: Fn(T)> Drop for Claim<T, F> {
    fn drop(&mut self) {
        if let Some(item) = self.item.take() {
            (self.unfinished)(item);
        }
    }
}

impl<T, F: Fn(T)> fmt::Debug for Claim<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim").field("finished", &self.item.is_none()).finish_non_exhaustive()
    }
}

pin_project! {
    /// A source that claims its items: the stage of [`on_unfinished`](super::Concurrent::on_unfinished).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::concurrent::{Claimed, Concurrent};
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, Iter, limit};
    ///
    /// type Items = Iter<std::ops::Range<u8>>;
    ///
    /// let pipeline: Concurrent<Claimed<Items, fn(u8)>> =
    ///     (0..3).into_async_iter().concurrent(limit!(2)).on_unfinished(|item| println!("{item} is left"));
    /// ```
    pub struct Claimed<S, F> {
        #[pin]
        stream: S,
        unfinished: Arc<F>,
        ended: bool,
    }
}

impl<S, F> Claimed<S, F> {
    pub(super) fn new(stream: S, unfinished: F) -> Self {
        Self { stream, unfinished: Arc::new(unfinished), ended: false }
    }
}

impl<S: Stream<Item: Clone>, F: Fn(S::Item)> Stage for Claimed<S, F> {
    type Item = S::Item;
    type Ticket = Claim<S::Item, F>;

    fn poll_stage(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(Self::Ticket, S::Item)>> {
        let this = self.project();
        if *this.ended {
            return Poll::Ready(None);
        }
        if !room {
            return Poll::Pending;
        }
        this.stream.poll_next(cx).map(|item| {
            *this.ended = item.is_none();
            let item = item?;
            Some((Claim { item: Some(item.clone()), unfinished: Arc::clone(this.unfinished) }, item))
        })
    }
}

impl<S: fmt::Debug, F> fmt::Debug for Claimed<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claimed").field("stream", &self.stream).finish_non_exhaustive()
    }
}
