//! [`KMerge`]: many streams in one, in an order that a closure tells.
//!
//! The next items of all streams, their heads, stand in a queue in order. The first one is given; the next item of its stream
//! finds its place by a binary search: so each item takes about `log2(k)` comparisons among `k` streams, and the closure is
//! called for no other reason. `asked` says which streams are asked for their heads, and when.

use alloc::collections::VecDeque;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::asked::Asked;
use crate::call::Call;

pin_project! {
    /// The stream of [`kmerge`](crate::AsyncItertools::kmerge) and [`kmerge_by`](crate::AsyncItertools::kmerge_by).
    ///
    /// It takes all streams and an item of each first, all at the same time: the slowest says when the first item comes. Later
    /// it asks one stream at a time, the one whose item it gave. The closure runs when all that were asked have answered.
    ///
    /// Each stream is on the heap, and dropped when it has ended; an item allocates nothing.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, the next item of each stream, and the streams. Not being polled loses
    /// nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Both items are lost; polled again, the stream goes on with the next ones of their
    /// streams.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// let files = [vec![1, 4], vec![2, 5], vec![3]].map(|lines| lines.into_async_iter());
    /// let all = files.into_async_iter().kmerge();
    /// assert_eq!(pollster::block_on(all.collect::<Vec<_>>()), [1, 2, 3, 4, 5]);
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct KMerge<S, U, T, C> {
        // The call first: its future may borrow what the streams lend.
        #[pin]
        call: C,
        #[pin]
        streams: Asked<S, U, T>,
        // `None` is with the call.
        heads: VecDeque<(Option<T>, usize)>,
        place: Place<T>,
    }
}

/// Where a new head belongs: at `low..=high` among the heads.
#[derive(Debug)]
struct Place<T> {
    // `None` if there is none, or it is with the call.
    head: Option<T>,
    stream: usize,
    low: usize,
    high: usize,
    is_compared: bool,
}

impl<T> Place<T> {
    const fn middle(&self) -> usize {
        self.low.midpoint(self.high)
    }
}

impl<S, U, T, C> KMerge<S, U, T, C> {
    pub(crate) const fn new(outer: S, call: C) -> Self {
        Self {
            call,
            streams: Asked::new(outer),
            heads: VecDeque::new(),
            place: Place { head: None, stream: 0, low: 0, high: 0, is_compared: false },
        }
    }
}

impl<T, S, U, C> Stream for KMerge<S, U, T, C>
where
    S: Stream<Item = U>,
    U: Stream<Item = T>,
    C: Call<(T, T), Output = ((T, T), bool)>,
{
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.project();
        let (place, mut pair) = (this.place, None);
        loop {
            if place.is_compared {
                let compared = match pair.take() {
                    Some(pair) => this.call.as_mut().call(pair, cx).map(Some),
                    None => this.call.as_mut().poll(cx),
                };
                let compared = ready!(compared);
                place.is_compared = false;
                let middle = place.middle();
                let Some(((left, right), is_first)) = compared else {
                    // The closure panicked, and took both heads with it.
                    this.streams.as_mut().ask(place.stream);
                    if let Some((_, stream)) = this.heads.remove(middle) {
                        this.streams.as_mut().ask(stream);
                    }
                    continue;
                };
                let Some((head, stream)) = this.heads.get_mut(middle) else { unreachable!("it was lent to the call") };
                // Of equal heads that of the earlier stream comes first: it is on the right side of the question.
                let (new, known, is_before) =
                    if place.stream < *stream { (right, left, !is_first) } else { (left, right, is_first) };
                *head = Some(known);
                place.head = Some(new);
                if is_before {
                    place.high = middle;
                } else {
                    place.low = middle + 1;
                }
            }
            if let Some(new) = place.head.take() {
                if place.low == place.high {
                    this.heads.insert(place.low, (Some(new), place.stream));
                    continue;
                }
                let Some((head, stream)) = this.heads.get_mut(place.middle()) else {
                    unreachable!("it is one of them")
                };
                let Some(known) = head.take() else { unreachable!("no call has it") };
                pair = Some(if place.stream < *stream { (known, new) } else { (new, known) });
                place.is_compared = true;
            } else if let Some((head, stream)) = ready!(this.streams.as_mut().poll(cx)) {
                *place = Place { head: Some(head), stream, low: 0, high: this.heads.len(), is_compared: false };
            } else {
                let Some((head, stream)) = this.heads.pop_front() else { return Poll::Ready(None) };
                this.streams.ask(stream);
                return Poll::Ready(head);
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let is_running = self.call.is_running();
        let of_a_panic = usize::from(self.place.is_compared && !is_running);
        let held = self.heads.len() - of_a_panic + usize::from(self.place.head.is_some() || is_running);
        let (lower, upper) = self.streams.size_hint();
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}

impl<S: fmt::Debug, U, T, C> fmt::Debug for KMerge<S, U, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KMerge")
            .field("streams", &self.streams)
            .field("heads", &self.heads.len())
            .finish_non_exhaustive()
    }
}
