//! TCP, UDP and the sockets of Unix for the local executor, which waits for them in the place where it would park.
//!
//! No thread is started: as soon as the executor has opened its first socket, it waits in the system's own way to wait for many
//! of them (`epoll`, `kqueue`, ..), and is woken there by other threads too.

mod connect;
mod listener;
mod packets;
mod stream;
#[cfg(unix)]
mod unix;

mod registered;

mod reactor;

mod poller;

pub use self::connect::Connecting;
pub use self::listener::Accepting;
pub use self::packets::Packets;
pub use self::stream::Stream;

pub(super) use self::reactor::Reactor;
