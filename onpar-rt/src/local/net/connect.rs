//! [`Connecting`]: opens a stream, without blocking and without a name server.

use core::fmt;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io::{self, ErrorKind};
use std::net::TcpStream;
use std::sync::Arc;

use onpar_core::Connect;
use polling::{AsRawSource, AsSource};
use socket2::{Domain, SockAddr, SockRef, Socket, Type};

use super::Stream;
use crate::local::Local;
use crate::local::shared::Shared;

/// Opens a stream. Made by [`Local`].
///
/// # Cancel safety
///
/// Dropping it gives the attempt up; nothing is left open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Connecting<T: AsSource> {
    /// None when it has ended.
    begun: Option<io::Result<Stream<T>>>,
}

impl<T: AsSource + From<Socket>> Connecting<T> {
    pub(super) fn new(shared: Arc<Shared>, domain: Domain, address: io::Result<SockAddr>) -> Self
    where
        for<'a> &'a T: AsRawSource,
    {
        Self { begun: Some(begin(shared, domain, address)) }
    }
}

fn begin<T: AsSource + From<Socket>>(
    shared: Arc<Shared>,
    domain: Domain,
    address: io::Result<SockAddr>,
) -> io::Result<Stream<T>>
where
    for<'a> &'a T: AsRawSource,
{
    let address = address?;
    let socket = Socket::new(domain, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    let is_tcp = address.is_ipv4() || address.is_ipv6();
    if is_tcp {
        socket.set_tcp_nodelay(true)?;
    }
    match socket.connect(&address) {
        Ok(()) => {}
        Err(error) if is_under_way(&error) => {}
        Err(error) => return Err(error),
    }
    if is_tcp { Stream::tcp(shared, T::from(socket)) } else { Stream::new(shared, T::from(socket)) }
}

#[cfg(unix)]
fn is_under_way(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EINPROGRESS)
}

#[cfg(not(unix))]
fn is_under_way(error: &io::Error) -> bool {
    error.kind() == ErrorKind::WouldBlock
}

impl<T: AsSource + Unpin> Future for Connecting<T>
where
    for<'a> SockRef<'a>: From<&'a T>,
{
    type Output = io::Result<Stream<T>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(Ok(stream)) = &self.begun {
            // When there is room for writing, the attempt has ended: well, or with an error that is asked for once.
            let ended = stream.registered().poll_write(cx, |socket| {
                let socket = SockRef::from(socket);
                if let Some(error) = socket.take_error()? {
                    return Ok(Err(error));
                }
                match socket.peer_addr() {
                    Ok(_) => Ok(Ok(())),
                    Err(error) if error.kind() == ErrorKind::NotConnected => Err(ErrorKind::WouldBlock.into()),
                    Err(error) => Ok(Err(error)),
                }
            });
            if let Err(error) = ready!(ended).and_then(|ended| ended) {
                self.begun = Some(Err(error));
            }
        }
        let ended = self.begun.take();
        Poll::Ready(ended.unwrap_or_else(|| Err(io::Error::other("it was polled after it had ended"))))
    }
}

impl<T: AsSource> fmt::Debug for Connecting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connecting").finish_non_exhaustive()
    }
}

impl Connect for Local {
    type Io = Stream<TcpStream>;
    type Error = io::Error;
    type Connecting = Connecting<TcpStream>;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        Connecting::new(Arc::clone(self.shared()), Domain::for_address(*address), Ok((*address).into()))
    }
}
