//! [`Permit`]: room for one item, and [`Reserve`], which waits for it.

use core::fmt;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::SendError;
use super::line::Ticket;
use super::shared::Shared;

/// Room for one item in a channel. Dropped unused, it goes to the next in line.
///
/// # Examples
///
/// ```
/// use onpar_iter::source::{Permit, channel};
/// use onpar_iter::{AsyncIterator, limit};
///
/// # pollster::block_on(async {
/// let (send, mut receive) = channel(limit!(1));
/// let permit: Permit<'_, u8> = send.reserve().await?;
/// assert!(send.try_send(1).is_err());
/// permit.send(2)?;
/// assert_eq!(receive.next().await, Some(2));
/// # Ok::<(), Box<dyn std::error::Error>>(()) }).unwrap();
/// ```
#[must_use = "a place that is not used is given back"]
pub struct Permit<'a, T> {
    shared: &'a Shared<T>,
}

impl<'a, T> Permit<'a, T> {
    /// A place has been granted.
    pub(super) const fn new(shared: &'a Shared<T>) -> Self {
        Self { shared }
    }

    /// Sends an item, at once.
    ///
    /// # Errors
    ///
    /// The channel has been closed since. The item comes back.
    pub fn send(self, item: T) -> Result<(), SendError<T>> {
        let shared = self.shared;
        mem::forget(self);
        shared.fill(item).map_err(SendError)
    }
}

impl<T> Drop for Permit<'_, T> {
    fn drop(&mut self) {
        self.shared.give_back();
    }
}

impl<T> fmt::Debug for Permit<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}

/// The future of [`Sender::reserve`](super::Sender::reserve).
///
/// # Cancel safety
///
/// Dropped, it leaves the line. Nothing is lost but the place in it.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Reserve<'a, T> {
    shared: &'a Shared<T>,
    ticket: Option<Ticket>,
}

impl<'a, T> Reserve<'a, T> {
    pub(super) const fn new(shared: &'a Shared<T>) -> Self {
        Self { shared, ticket: None }
    }
}

impl<'a, T> Future for Reserve<'a, T> {
    type Output = Result<Permit<'a, T>, SendError<()>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let reserved = ready!(this.shared.poll_reserve(&mut this.ticket, cx));
        Poll::Ready(match reserved {
            Ok(()) => Ok(Permit::new(this.shared)),
            Err(_) => Err(SendError(())),
        })
    }
}

impl<T> Drop for Reserve<'_, T> {
    fn drop(&mut self) {
        self.shared.leave(&mut self.ticket);
    }
}

impl<T> fmt::Debug for Reserve<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reserve").finish_non_exhaustive()
    }
}
