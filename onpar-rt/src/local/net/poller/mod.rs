//! `Poller`: the system's own way to wait for many sockets at once.
//!
//! On Linux that is `epoll`, called by us, for two reasons. It says of news whether what has come can be read in one go, which
//! spares a server one read in two. And one wait is one call of the system, where the crate `polling` makes five. On all other
//! systems `polling` does it.

#[cfg(any(target_os = "linux", target_os = "android"))]
mod epoll;
#[cfg(any(test, not(any(target_os = "linux", target_os = "android"))))]
mod portable;

#[cfg(test)]
mod tests;

#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) use self::epoll::Poller;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) use self::portable::Poller;

/// What has happened to a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct News {
    /// The number that the socket was given.
    pub(super) key: usize,
    pub(super) readable: bool,
    pub(super) writable: bool,
    /// Whether a read that leaves room may leave something else too: the end of the stream, an error, or bytes behind urgent
    /// ones. If not, it has taken all that has come until these news.
    pub(super) ends_or_parts: bool,
}
