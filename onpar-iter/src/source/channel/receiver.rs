//! [`Receiver`]: the end of a channel that items come out of.

use alloc::sync::Arc;
use core::error::Error;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};

use super::shared::{NoItem, Shared};

/// The end of a [`channel`](super::channel) that items come out of: a stream.
///
/// Dropped, it closes the channel, and drops the items that it has not given.
///
/// # Cancel safety
///
/// Not being polled loses nothing.
///
/// # Examples
///
/// ```
/// use onpar_iter::source::Receiver;
/// use onpar_iter::{AsyncIterator, channel, limit};
///
/// # pollster::block_on(async {
/// let (send, mut receive): (_, Receiver<u8>) = channel(limit!(2));
/// send.try_send(1).unwrap();
/// receive.close();
/// assert!(send.try_send(2).is_err());
/// assert_eq!((receive.next().await, receive.next().await), (Some(1), None));
/// # });
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
    has_ended: bool,
}

impl<T> Receiver<T> {
    pub(super) const fn new(shared: Arc<Shared<T>>) -> Self {
        Self { shared, has_ended: false }
    }

    /// The next item, if it is there now.
    ///
    /// # Errors
    ///
    /// There is none, or none will come.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        self.shared.receive().map_err(|none| match none {
            NoItem::Empty => TryRecvError::Empty,
            NoItem::Ended => TryRecvError::Closed,
        })
    }

    /// Takes no further item: whoever waits for room is told. The stream ends when it has given what is there.
    pub fn close(&mut self) {
        self.shared.close();
    }

    /// Whether no item is taken any more.
    pub fn is_closed(&self) -> bool {
        self.shared.is_closed()
    }

    /// How many items are there now.
    pub fn len(&self) -> usize {
        self.shared.len()
    }

    /// Whether no item is there now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T> Stream for Receiver<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let polled = self.shared.poll_receive(cx);
        self.has_ended = matches!(polled, Poll::Ready(None));
        polled
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), None)
    }
}

impl<T> FusedStream for Receiver<T> {
    fn is_terminated(&self) -> bool {
        self.has_ended
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.shared.abandon();
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// There is no item now.
///
/// # Examples
///
/// ```
/// use onpar_iter::source::TryRecvError;
/// use onpar_iter::{channel, limit};
///
/// let (send, mut receive) = channel::<u8>(limit!(1));
/// assert_eq!(receive.try_recv(), Err(TryRecvError::Empty));
/// drop(send);
/// assert_eq!(receive.try_recv(), Err(TryRecvError::Closed));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is an item, or there is none yet, or none ever")]
pub enum TryRecvError {
    /// There is none yet.
    Empty,
    /// There is none, and none will come: all senders are gone, or the channel was closed.
    Closed,
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the channel has no item now: wait for it by `next`",
            Self::Closed => "the channel has no item, and none will come",
        })
    }
}

impl Error for TryRecvError {}
