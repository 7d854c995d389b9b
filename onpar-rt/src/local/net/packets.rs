//! [`Packets`]: a UDP socket.

use core::future::{Ready, ready};
use core::net::SocketAddr;
use core::task::{Context, Poll};
use std::io;
use std::net::UdpSocket;
use std::sync::Arc;

use onpar_core::{Datagram, DatagramSocket};

use super::registered::Registered;
use crate::local::Local;

/// A UDP socket.
///
/// # Examples
///
/// ```
/// use std::net::SocketAddr;
/// use onpar_core::{Datagram, DatagramSocket};
/// use onpar_rt::local::{self, Packets};
///
/// local::run(async |rt| {
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
    socket: Registered<UdpSocket>,
}

impl Packets {
    /// The socket of std, for what this crate does not name. It does not block.
    pub const fn get_ref(&self) -> &UdpSocket {
        self.socket.socket()
    }
}

impl Datagram for Local {
    type Socket = Packets;
    type Error = io::Error;
    type Binding = Ready<io::Result<Packets>>;

    fn bind_datagram(&self, address: &SocketAddr) -> Self::Binding {
        let bind = || {
            let socket = UdpSocket::bind(address)?;
            socket.set_nonblocking(true)?;
            Ok(Packets { socket: Registered::new(Arc::clone(self.shared()), socket)? })
        };
        ready(bind())
    }
}

impl DatagramSocket for Packets {
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_send_to(&self, cx: &mut Context<'_>, packet: &[u8], to: &SocketAddr) -> Poll<io::Result<usize>> {
        self.socket.poll_write(cx, |socket| socket.send_to(packet, to))
    }

    fn poll_recv_from(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<(usize, SocketAddr)>> {
        self.socket.poll_read(cx, |socket| socket.recv_from(buffer))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().local_addr()
    }
}
