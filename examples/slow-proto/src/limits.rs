//! [`Limits`]: how much, and for how long.

use core::num::NonZeroUsize;
use core::time::Duration;

/// How much is too much, and how long too long.
///
/// # Examples
///
/// ```
/// use slow_proto::Limits;
///
/// let limits = Limits { frame: 1 << 10, ..Limits::default() };
/// assert!(limits.answer < limits.idle);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a request or an answer. What is larger is refused before it is read.
    pub frame: usize,
    /// The most connections at once. More wait until one of them ends.
    pub connections: NonZeroUsize,
    /// How long a connection may lie idle.
    pub idle: Duration,
    /// How long a frame may take from its first byte to its last, read or written.
    pub transfer: Duration,
    /// How long the answer to a request may take. When that time is over, the client is told.
    pub answer: Duration,
    /// When the server ends a connection: how long the client has to read the reason and go. What it sends meanwhile is read
    /// and forgotten.
    pub linger: Duration,
    /// How long a server that closes waits for the answers that it has begun.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            frame: 1 << 20,
            connections: NonZeroUsize::MIN.saturating_add(1023),
            idle: Duration::from_mins(1),
            transfer: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            linger: Duration::from_millis(500),
            grace: Duration::from_secs(30),
        }
    }
}
