//! [`ChunksTimeout`]: up to so many items at a time, none of which waits longer than so.

use alloc::vec::Vec;
use core::mem;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use futures_core::{FusedStream as _, Stream};
use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

use super::{AT_ONCE, Alarm};
use crate::adapt::Fuse;

pin_project! {
    /// The stream of [`chunks_timeout`](crate::AsyncTimed::chunks_timeout).
    ///
    /// A chunk is given when it is full, when `patience` has passed since its first item was seen, and at the end. There are no
    /// empty ones. What is ready when the time is up still goes into the chunk.
    ///
    /// It allocates for each chunk, as much as the one before it had items; one that has more grows.
    ///
    /// Between two polls it stands still, but the time of a chunk runs on. Of many items that are ready at once, it gives its
    /// thread back after every 256.
    ///
    /// With [`Duration::ZERO`] it gives what is ready together; with [`Duration::MAX`], full chunks and what is left at the
    /// end.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the items of the chunk that is not full; [`remainder`](Self::remainder) has them. Not being polled
    /// loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the stream or of the clock passes on. Polled again, it goes on, and has lost no item.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_iter::{AsyncIterator, AsyncTimed, Stream, limit};
    /// # async fn insert(rows: Vec<u64>) { println!("{} rows", rows.len()) }
    ///
    /// /// Inserts a hundred rows at a time, and no row later than a second after it has come.
    /// async fn store(clock: &impl Clock, rows: impl Stream<Item = u64>) {
    ///     let chunks = rows.chunks_timeout(clock, limit!(100), Duration::from_secs(1));
    ///     chunks.for_each(async |rows| insert(rows).await).await;
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct ChunksTimeout<S, C: Clock, T> {
        #[pin]
        stream: Fuse<S>,
        #[pin]
        alarm: Alarm<C>,
        size: NonZero<usize>,
        patience: Duration,
        chunk: Vec<T>,
        // When it is given, full or not: known once it has had to wait.
        due: Option<Instant>,
        // How many items the last one had.
        usual: usize,
    }
}

impl<S, C: Clock, T> ChunksTimeout<S, C, T> {
    pub(crate) const fn new(stream: S, clock: C, size: NonZero<usize>, patience: Duration) -> Self {
        let stream = Fuse::new(stream);
        Self { stream, alarm: Alarm::new(clock), size, patience, chunk: Vec::new(), due: None, usual: 0 }
    }

    /// Takes the items of the chunk that is not full.
    pub fn remainder(self: Pin<&mut Self>) -> Vec<T> {
        let this = self.project();
        *this.due = None;
        mem::take(this.chunk)
    }
}

impl<S: Stream<Item = T>, C: Clock, T> Stream for ChunksTimeout<S, C, T> {
    type Item = Vec<T>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Vec<T>>> {
        let mut this = self.as_mut().project();
        let mut taken = 0;
        let is_full = loop {
            let Poll::Ready(Some(item)) = this.stream.as_mut().poll_next(cx) else { break false };
            if this.chunk.is_empty() {
                this.chunk.reserve_exact(*this.usual);
            }
            this.chunk.push(item);
            if this.chunk.len() == this.size.get() {
                break true;
            }
            taken += 1;
            if taken == AT_ONCE {
                cx.waker().wake_by_ref();
                break false;
            }
        };
        if this.stream.is_terminated() {
            this.alarm.stop();
            if this.chunk.is_empty() {
                return Poll::Ready(None);
            }
        } else if this.chunk.is_empty() {
            return Poll::Pending;
        } else if !is_full {
            let due = match *this.due {
                Some(due) => due,
                None => *this.due.insert(this.alarm.now() + *this.patience),
            };
            ready!(this.alarm.poll_until(due, cx));
        }
        *this.usual = this.chunk.len();
        Poll::Ready(Some(self.remainder()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        let begun = usize::from(!self.chunk.is_empty());
        let full = lower.saturating_add(self.chunk.len()).div_ceil(self.size.get());
        (full, upper.and_then(|upper| upper.checked_add(begun)))
    }
}
