//! [`Sender`]: the end of a channel that items go into.

use alloc::sync::Arc;
use core::error::Error;
use core::fmt;
use core::num::NonZero;

use super::shared::{NoRoom, Shared};
use super::{Permit, Reserve, SendError, Sending};

/// The end of a [`channel`](super::channel) that items go into. It can be cloned, and sent to other threads.
///
/// The stream ends when all of them are gone, and it has given what they have sent.
///
/// # Examples
///
/// ```
/// use onpar_iter::source::{Sender, TrySendError};
/// use onpar_iter::{AsyncIterator, channel, limit};
///
/// # pollster::block_on(async {
/// let (send, receive) = channel(limit!(1));
/// let other: Sender<u8> = send.clone();
/// send.send(1).await.unwrap();
/// assert_eq!(other.try_send(2), Err(TrySendError::Full(2)));
/// drop((send, other));
/// assert_eq!(receive.collect::<Vec<_>>().await, [1]);
/// # });
/// ```
pub struct Sender<T> {
    shared: Arc<Shared<T>>,
}

impl<T> Sender<T> {
    pub(super) fn new(shared: &Arc<Shared<T>>) -> Self {
        shared.add_sender();
        Self { shared: Arc::clone(shared) }
    }

    /// Sends an item, when there is room for it.
    ///
    /// # Cancel safety
    ///
    /// Dropped before its end, it drops the item, which has not been sent. To keep it, [`reserve`](Self::reserve) room first.
    ///
    /// # Errors
    ///
    /// The channel is closed. The item comes back.
    pub fn send(&self, item: T) -> Sending<'_, T> {
        Sending::new(self.reserve(), item)
    }

    /// Waits for room for one item.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it leaves the line. Nothing is lost but the place in it.
    ///
    /// # Errors
    ///
    /// The channel is closed.
    pub fn reserve(&self) -> Reserve<'_, T> {
        Reserve::new(&self.shared)
    }

    /// Sends an item, if there is room for it now.
    ///
    /// # Errors
    ///
    /// There is none, or the channel is closed. The item comes back.
    pub fn try_send(&self, item: T) -> Result<(), TrySendError<T>> {
        match self.shared.try_reserve() {
            Ok(()) => Permit::new(&self.shared).send(item).map_err(|SendError(item)| TrySendError::Closed(item)),
            Err(NoRoom::Full) => Err(TrySendError::Full(item)),
            Err(NoRoom::Closed) => Err(TrySendError::Closed(item)),
        }
    }

    /// Room for one item, if there is any now.
    ///
    /// # Errors
    ///
    /// There is none, or the channel is closed.
    pub fn try_reserve(&self) -> Result<Permit<'_, T>, TrySendError<()>> {
        match self.shared.try_reserve() {
            Ok(()) => Ok(Permit::new(&self.shared)),
            Err(NoRoom::Full) => Err(TrySendError::Full(())),
            Err(NoRoom::Closed) => Err(TrySendError::Closed(())),
        }
    }

    /// Whether no item is taken any more.
    pub fn is_closed(&self) -> bool {
        self.shared.is_closed()
    }

    /// For how many items there is room, altogether.
    pub fn limit(&self) -> NonZero<usize> {
        self.shared.limit()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self::new(&self.shared)
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.shared.remove_sender();
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("limit", &self.limit()).finish_non_exhaustive()
    }
}

/// An item could not be sent at once. It comes back in it.
///
/// # Examples
///
/// ```
/// use onpar_iter::source::TrySendError;
/// use onpar_iter::{channel, limit};
///
/// let (send, receive) = channel(limit!(1));
/// assert_eq!(send.try_send('a'), Ok(()));
/// assert_eq!(send.try_send('b'), Err(TrySendError::Full('b')));
/// drop(receive);
/// assert_eq!(send.try_send('c'), Err(TrySendError::Closed('c')));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is room, or there is none yet, or none ever")]
pub enum TrySendError<T> {
    /// There is no room now.
    Full(T),
    /// The receiver has closed the channel, or is gone.
    Closed(T),
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full(_) => "Full(..)",
            Self::Closed(_) => "Closed(..)",
        })
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(_) => f.write_str("the channel has no room now: wait for it by `send`"),
            Self::Closed(_) => SendError(()).fmt(f),
        }
    }
}

impl<T> Error for TrySendError<T> {}
