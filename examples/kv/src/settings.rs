//! [`Settings`]: what may be set.

use core::time::Duration;

/// What may be set.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many connections there may be.
    pub max_clients: usize,
    /// How long a connection that ends waits for its peer to take the last replies.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_clients: 10_000, grace: Duration::from_secs(5) }
    }
}
