//! [`Reader`]: one of the readers of a shared stream.

use alloc::sync::Arc;
use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

use super::SlowReaders;
use super::hub::{Hub, Polled};

/// One of the readers of a [shared stream](super::Shared): a stream of all items that come while it is there.
///
/// With [`Wait`](super::Wait) it gives the items, with [`DropOldest`](super::DropOldest) results: where it was too slow, how
/// many it has [missed](super::Missed). A clone reads the same items from here on.
///
/// # Cancel safety
///
/// It keeps no item to itself between two polls: not being polled loses nothing that it does not report. Dropped, it leaves
/// what it has not read to the others.
///
/// # Panics
///
/// A panic of the stream passes on to the reader that polled it; polled again, by any reader, the stream goes on. A panic of an
/// item's `clone` passes on to the reader it was for, which gets the item when it is polled again.
///
/// # Examples
///
/// ```
/// use onpar_iter::share::{Reader, Wait};
/// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator, Iter, limit};
///
/// # pollster::block_on(async {
/// let shared = (1..4).into_async_iter().share(limit!(16), Wait);
/// let mut reader: Reader<Iter<std::ops::Range<u8>>, u8, Wait> = shared.subscribe();
/// assert_eq!(reader.next().await, Some(1));
/// let (later, copy) = (shared.subscribe(), reader.clone());
/// drop(reader);
/// assert_eq!((later.collect::<Vec<_>>().await, copy.collect::<Vec<_>>().await), (vec![2, 3], vec![2, 3]));
/// # });
/// ```
#[must_use = "streams do nothing unless polled, and others may wait for a reader"]
pub struct Reader<S, T, P> {
    hub: Arc<Hub<S, T>>,
    /// The number of the next item.
    next: u64,
    /// Where its waker stands.
    place: usize,
    slow_readers: PhantomData<P>,
}

impl<S, T, P> Reader<S, T, P> {
    pub(super) fn new(hub: Arc<Hub<S, T>>) -> Self {
        let (next, place) = hub.subscribe();
        Self { hub, next, place, slow_readers: PhantomData }
    }

    /// A new reader, which reads the items that come from now on: not those that this one has not read yet.
    pub fn subscribe(&self) -> Self {
        Self::new(Arc::clone(&self.hub))
    }
}

// The stream stands on the heap.
impl<S, T, P> Unpin for Reader<S, T, P> {}

impl<S: Stream<Item = T>, T: Clone, P: SlowReaders> Stream for Reader<S, T, P> {
    type Item = P::Item<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { hub, next, place, .. } = self.get_mut();
        match hub.poll(next, *place, cx) {
            Polled::Item(item) => Poll::Ready(Some(P::item(item))),
            Polled::Missed(missed) => Poll::Ready(Some(P::missed(missed))),
            Polled::Ended => Poll::Ready(None),
            Polled::Pending => Poll::Pending,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (unread, missed, more) = self.hub.unread(self.next);
        let unread = unread.saturating_add(usize::from(missed));
        // What may be missed is told in one piece.
        let lower = if P::WAIT || !more { unread } else { unread.min(1) };
        (lower, (!more).then_some(unread))
    }
}

impl<S, T, P> Clone for Reader<S, T, P> {
    fn clone(&self) -> Self {
        let place = self.hub.subscribe_at(self.next);
        Self { hub: Arc::clone(&self.hub), next: self.next, place, slow_readers: PhantomData }
    }
}

impl<S, T, P> Drop for Reader<S, T, P> {
    fn drop(&mut self) {
        self.hub.unsubscribe(self.next, self.place);
    }
}

impl<S, T, P> fmt::Debug for Reader<S, T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("next", &self.next).finish_non_exhaustive()
    }
}
