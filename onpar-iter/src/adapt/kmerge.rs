//! [`KMerge`]: many streams in one, in an order that a closure tells.
//!
//! The next items of all streams, their heads, stand in a queue in order. The first one is given; the next item of its stream
//! finds its place by a binary search: so each item takes about `log2(k)` comparisons among `k` streams, and the closure is
//! called for no other reason.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::call::Call;

pin_project! {
    /// The stream of [`kmerge`](crate::AsyncItertools::kmerge) and [`kmerge_by`](crate::AsyncItertools::kmerge_by).
    ///
    /// It takes all streams first, and then an item of each, one stream after another. Each stream is on the heap, and dropped
    /// when it has ended; an item allocates nothing.
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
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct KMerge<S, U, T, C> {
        // The call first: its future may borrow what the streams lend.
        #[pin]
        call: C,
        // The streams that merge, until all are known.
        #[pin]
        outer: Option<S>,
        streams: Vec<Option<Pin<Box<U>>>>,
        // Those that a head is asked of, by their numbers.
        headless: VecDeque<usize>,
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
            outer: Some(outer),
            streams: Vec::new(),
            headless: VecDeque::new(),
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
        while let Some(outer) = this.outer.as_mut().as_pin_mut() {
            if let Some(stream) = ready!(outer.poll_next(cx)) {
                this.streams.push(Some(Box::pin(stream)));
            } else {
                this.outer.set(None);
                this.headless.extend(0..this.streams.len());
            }
        }
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
                    this.headless.push_back(place.stream);
                    this.headless.extend(this.heads.remove(middle).map(|(_, stream)| stream));
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
            } else if let Some(number) = this.headless.front() {
                let number = *number;
                let Some(stream) = this.streams.get_mut(number) else { unreachable!("it has its number from here") };
                let head = match stream {
                    Some(there) => ready!(there.as_mut().poll_next(cx)),
                    None => None,
                };
                this.headless.pop_front();
                if head.is_none() {
                    *stream = None;
                }
                *place = Place { head, stream: number, low: 0, high: this.heads.len(), is_compared: false };
            } else {
                let Some((head, stream)) = this.heads.pop_front() else { return Poll::Ready(None) };
                this.headless.push_back(stream);
                return Poll::Ready(head);
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let held = self.heads.len() + usize::from(self.place.head.is_some() || self.call.is_running());
        let start = (held, Some(held).filter(|_| self.outer.is_none()));
        self.streams.iter().flatten().fold(start, |(lower, upper), stream| {
            let (more, at_most) = stream.size_hint();
            let upper = upper.zip(at_most).and_then(|(upper, at_most)| upper.checked_add(at_most));
            (lower.saturating_add(more), upper)
        })
    }
}
