//! Broken sockets for packets.

use core::cell::{Cell, RefCell};
use core::net::SocketAddr;
use core::task::{Context, Poll};
use std::io;

use futures::future::LocalBoxFuture;
use onpar_core::{Datagram, DatagramSocket};
use onpar_rt::tokio_1::{self, Packets, Tokio};
use onpar_test::Conformance;

use crate::{Found, every_check_finds_its_fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NamesItself,
    KeepsTheRest,
    ReceivesOrSends,
    TakesAnotherPort,
}

const FAULTS: &[(Fault, &str)] = &[
    (Fault::NamesItself, "a packet arrives whole, and says from whom"),
    (Fault::KeepsTheRest, "a packet that does not fit is cut"),
    (Fault::ReceivesOrSends, "a socket sends while it waits"),
    (Fault::TakesAnotherPort, "a socket's port in use is an error"),
];

#[test]
fn each_check_of_packets_finds_its_fault() {
    every_check_finds_its_fault(FAULTS, |fault, limit| {
        tokio_1::run_current_thread(async |tokio| {
            let mut suite = Conformance::new(Broken { tokio, fault }).limit(limit);
            suite.datagram().await;
            Found::by(suite)
        })
    });
}

#[derive(Clone)]
struct Broken {
    tokio: Tokio,
    fault: Option<Fault>,
}

struct Socket {
    packets: Packets,
    fault: Option<Fault>,
    waits: Cell<bool>,
    rest: RefCell<Option<(Vec<u8>, SocketAddr)>>,
}

impl Datagram for Broken {
    type Socket = Socket;
    type Error = io::Error;
    type Binding = LocalBoxFuture<'static, io::Result<Socket>>;

    fn bind_datagram(&self, address: &SocketAddr) -> Self::Binding {
        let (opening, fault) = (self.tokio.bind_datagram(address), self.fault);
        let other = self.tokio.bind_datagram(&SocketAddr::from(([127, 0, 0, 1], 0)));
        Box::pin(async move {
            let socket = match opening.await {
                Err(_) if fault == Some(Fault::TakesAnotherPort) => other.await?,
                socket => socket?,
            };
            Ok(Socket { packets: socket, fault, waits: Cell::default(), rest: RefCell::default() })
        })
    }
}

impl DatagramSocket for Socket {
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_send_to(&self, cx: &mut Context<'_>, packet: &[u8], to: &SocketAddr) -> Poll<io::Result<usize>> {
        if self.waits.get() && self.fault == Some(Fault::ReceivesOrSends) {
            return Poll::Pending;
        }
        self.packets.poll_send_to(cx, packet, to)
    }

    fn poll_recv_from(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<(usize, SocketAddr)>> {
        let polled = if self.fault == Some(Fault::KeepsTheRest) {
            self.receive_piece(cx, buffer)
        } else {
            self.packets.poll_recv_from(cx, buffer)
        };
        self.waits.set(polled.is_pending());
        match self.fault {
            Some(Fault::NamesItself) => {
                let own = self.local_addr()?;
                polled.map_ok(|(count, _)| (count, own))
            }
            _ => polled,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.packets.local_addr()
    }
}

impl Socket {
    /// Takes packets for a stream of bytes.
    fn receive_piece(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<(usize, SocketAddr)>> {
        let mut rest = self.rest.borrow_mut();
        if rest.is_none() {
            let mut packet = vec![0; 2000];
            match self.packets.poll_recv_from(cx, &mut packet)? {
                Poll::Ready((count, from)) => {
                    packet.truncate(count);
                    *rest = Some((packet, from));
                }
                Poll::Pending => return Poll::Pending,
            }
        }
        let Some((bytes, from)) = &mut *rest else { return Poll::Pending };
        let (count, from) = (bytes.len().min(buffer.len()), *from);
        buffer[..count].copy_from_slice(&bytes[..count]);
        bytes.drain(..count);
        if bytes.is_empty() {
            *rest = None;
        }
        Poll::Ready(Ok((count, from)))
    }
}
