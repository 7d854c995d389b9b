//! [`Packets`]: a UDP socket.

use core::net::SocketAddr;
use core::task::{Context, Poll};
use std::io;
use std::net::UdpSocket;

use onpar_core::{Datagram, DatagramSocket};

use super::{Compio, Opening, Stream};

/// A UDP socket.
///
/// # Examples
///
/// ```
/// use std::net::SocketAddr;
/// use onpar_core::{Datagram, DatagramSocket};
/// use onpar_rt::compio_0_19::{self, Packets};
///
/// compio_0_19::run(async |rt| {
///     let socket: Packets = rt.bind_datagram(&SocketAddr::from(([127, 0, 0, 1], 0))).await?;
///     let own = socket.local_addr()?;
///     socket.send_to(b"hello", &own).await?;
///     assert_eq!(socket.recv_from(&mut [0; 16]).await?, (5, own));
///     std::io::Result::Ok(())
/// })
/// .unwrap();
/// ```
#[derive(Debug)]
pub struct Packets {
    socket: Stream<UdpSocket>,
}

impl Packets {
    /// The socket of std, for what this crate does not name. It does not block.
    pub fn get_ref(&self) -> &UdpSocket {
        self.socket.get_ref()
    }
}

impl Datagram for Compio {
    type Socket = Packets;
    type Error = io::Error;
    type Binding = Opening<Packets>;

    fn bind_datagram(&self, address: &SocketAddr) -> Self::Binding {
        let (runtime, address) = (self.runtime().clone(), *address);
        Opening::new(async move {
            let socket = UdpSocket::bind(address)?;
            socket.set_nonblocking(true)?;
            Ok(Packets { socket: Stream::new(runtime, socket)? })
        })
    }
}

impl DatagramSocket for Packets {
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_send_to(&self, cx: &mut Context<'_>, packet: &[u8], to: &SocketAddr) -> Poll<io::Result<usize>> {
        self.socket.within(|fd| fd.poll_write_with(cx, |socket| socket.send_to(packet, to)))
    }

    fn poll_recv_from(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<(usize, SocketAddr)>> {
        self.socket.within(|fd| fd.poll_read_with(cx, |socket| socket.recv_from(buffer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().local_addr()
    }
}
