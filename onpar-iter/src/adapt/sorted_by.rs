//! [`SortedBy`]: all items in an order that a closure tells.

use core::cmp::Ordering;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::merge_sort::MergeSort;
use crate::call::Call;

pin_project! {
    /// The stream of [`sorted_by`](crate::AsyncItertools::sorted_by). It holds all items before it gives the first one, and
    /// allocates for them.
    ///
    /// The sort is stable. Of `n` items the closure is called at most `n * ceil(log2(n))` times. The stream below is dropped
    /// when it has ended.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops all items. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Both items are lost; polled again, the stream sorts the others.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// let sorted = [1.5_f64, 0.5].into_async_iter().sorted_by(async |a, b| a.total_cmp(b));
    /// assert_eq!(pollster::block_on(sorted.collect::<Vec<_>>()), [0.5, 1.5]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct SortedBy<S, T, C> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: Option<S>,
        sort: MergeSort<T>,
    }
}

impl<S, T, C> SortedBy<S, T, C> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream: Some(stream), sort: MergeSort::new() }
    }
}

impl<T, S: Stream<Item = T>, C: Call<(T, T), Output = ((T, T), Ordering)>> Stream for SortedBy<S, T, C> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.project();
        while let Some(stream) = this.stream.as_mut().as_pin_mut() {
            match ready!(stream.poll_next(cx)) {
                Some(item) => this.sort.add(item),
                None => this.stream.set(None),
            }
        }
        if let Some((pair, order)) = ready!(this.call.as_mut().poll(cx)) {
            this.sort.compared(pair, order);
        }
        while let Some(pair) = this.sort.next_pair() {
            let (pair, order) = ready!(this.call.as_mut().call(pair, cx));
            this.sort.compared(pair, order);
        }
        Poll::Ready(this.sort.take())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let held = self.sort.len() + if self.call.is_running() { 2 } else { 0 };
        let (lower, upper) = self.stream.as_ref().map_or((0, Some(0)), Stream::size_hint);
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}
