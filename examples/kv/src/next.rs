//! [`Next`]: what comes after some requests.

/// What comes after some requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Next {
    /// There is no whole request left.
    Input,
    /// What has been written must be sent, then there may be more requests.
    Room,
    /// The connection ends when what has been written has been sent.
    End,
    /// The server ends, and this connection with it.
    Shutdown,
}
