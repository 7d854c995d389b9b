//! [`Sending`]: an item on its way into a channel.

use core::error::Error;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::Reserve;

/// The channel has been closed, or its receiver is gone. The item comes back in it.
///
/// # Examples
///
/// ```
/// use onpar_iter::source::SendError;
/// use onpar_iter::{channel, limit};
///
/// let (send, receive) = channel(limit!(1));
/// drop(receive);
/// assert_eq!(pollster::block_on(send.send(7)), Err(SendError(7)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "it is what it holds")]
pub struct SendError<T>(pub T);

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the channel takes no item any more: its receiver has closed it or is gone")
    }
}

impl<T> Error for SendError<T> {}

/// The future of [`Sender::send`](super::Sender::send).
///
/// # Cancel safety
///
/// Dropped before its end, it drops the item, which has not been sent. To keep it, [`reserve`](super::Sender::reserve) room
/// first.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sending<'a, T> {
    reserve: Reserve<'a, T>,
    item: Option<T>,
}

impl<'a, T> Sending<'a, T> {
    pub(super) const fn new(reserve: Reserve<'a, T>, item: T) -> Self {
        Self { reserve, item: Some(item) }
    }
}

// The item is never pinned.
impl<T> Unpin for Sending<'_, T> {}

impl<T> Future for Sending<'_, T> {
    type Output = Result<(), SendError<T>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let permit = ready!(Pin::new(&mut this.reserve).poll(cx));
        let Some(item) = this.item.take() else {
            panic!("`send` was polled after it had given its result: poll it by `.await`")
        };
        Poll::Ready(match permit {
            Ok(permit) => permit.send(item),
            Err(_) => Err(SendError(item)),
        })
    }
}

impl<T> fmt::Debug for Sending<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
