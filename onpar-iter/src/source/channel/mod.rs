//! [`channel`]: a bounded channel whose receiver is a stream.
//!
//! A queue behind a lock, and a line of senders that wait for room ([`line`]). Room is *granted*: when an item is taken, the
//! place that it leaves belongs to the first in line, whether that is polled soon or late; nobody overtakes it. A grant that is
//! dropped goes to the next in line. So places that are free, granted and full always add up to the limit, and nobody waits
//! while there is a free place.
//!
//! Nothing is woken, cloned or dropped under the lock but by those who own it: wakers and items are foreign code, and leave it
//! before they run.

mod line;
mod permit;
mod receiver;
mod sender;
mod sending;
mod shared;

#[cfg(all(test, loom))]
mod loom_model;

use core::num::NonZero;

pub use permit::{Permit, Reserve};
pub use receiver::{Receiver, TryRecvError};
pub use sender::{Sender, TrySendError};
pub use sending::{SendError, Sending};

/// A channel from any number of senders to one receiver, which is a stream, with room for `limit` items.
///
/// A sender that finds no room waits, in line with others. It allocates for the shared state, and for the queue and the line as
/// they grow; not for each item.
///
/// A limit of zero does not compile: write `limit!(16)`, or `NonZero::new(n)` for a number known at run time only.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, channel, limit};
///
/// # pollster::block_on(async {
/// let (send, receive) = channel(limit!(16));
/// let worker = std::thread::spawn(move || pollster::block_on(async {
///     for n in 1..=100 {
///         send.send(n).await.unwrap();
///     }
/// }));
/// assert_eq!(receive.sum::<u32>().await, 5050);
/// worker.join().unwrap();
/// # });
/// ```
pub fn channel<T>(limit: NonZero<usize>) -> (Sender<T>, Receiver<T>) {
    let shared = shared::Shared::new(limit);
    (Sender::new(&shared), Receiver::new(shared))
}
