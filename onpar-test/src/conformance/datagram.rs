//! What sockets for packets have to keep.

use core::future::poll_fn;
use core::net::SocketAddr;
use core::task::Poll;
use std::io::{self, ErrorKind};

use onpar_core::{Datagram, DatagramSocket};

use super::{Verdict, ensure};

fn says(what: &'static str) -> impl FnOnce(io::Error) -> String {
    move |error| format!("{what} failed: {error}")
}

/// A socket, and where it is.
async fn bound<R>(runtime: &R) -> Result<(R::Socket, SocketAddr), String>
where
    R: Datagram<Error = io::Error, Socket: DatagramSocket<Address = SocketAddr>>,
{
    let here = SocketAddr::from(([127, 0, 0, 1], 0));
    let socket = runtime.bind_datagram(&here).await.map_err(says("binding"))?;
    let address = socket.local_addr().map_err(says("asking for the address"))?;
    ensure(address.port() != 0, || "a socket at port 0 says that it is at port 0".into())?;
    Ok((socket, address))
}

pub(super) async fn whole<R>(runtime: &R) -> Verdict
where
    R: Datagram<Error = io::Error, Socket: DatagramSocket<Address = SocketAddr>>,
{
    let ((a, at_a), (b, at_b)) = (bound(runtime).await?, bound(runtime).await?);
    let mut buffer = [0; 2000];
    for length in [5, 0, 1400] {
        let packet = vec![7; length];
        let sent = a.send_to(&packet, &at_b).await.map_err(says("sending"))?;
        ensure(sent == length, || format!("of {length} bytes it has sent {sent}"))?;
        let (count, from) = b.recv_from(&mut buffer).await.map_err(says("receiving"))?;
        ensure(buffer[..count] == packet, || format!("a packet of {length} bytes came as one of {count}"))?;
        ensure(from == at_a, || format!("a packet from {at_a} says that it comes from {from}"))?;
    }
    Ok(())
}

pub(super) async fn cut<R>(runtime: &R) -> Verdict
where
    R: Datagram<Error = io::Error, Socket: DatagramSocket<Address = SocketAddr>>,
{
    let ((a, _), (b, at_b)) = (bound(runtime).await?, bound(runtime).await?);
    a.send_to(b"0123456789", &at_b).await.map_err(says("sending"))?;
    a.send_to(b"next", &at_b).await.map_err(says("sending"))?;
    let mut four = [0; 4];
    let (count, _) = b.recv_from(&mut four).await.map_err(says("receiving"))?;
    ensure(four[..count] == *b"0123", || format!("of ten digits, four came as {count}"))?;
    let (count, _) = b.recv_from(&mut four).await.map_err(says("receiving"))?;
    ensure(four[..count] == *b"next", || "the packet after it is not the next one".into())
}

pub(super) async fn at_once<R>(runtime: &R) -> Verdict
where
    R: Datagram<Error = io::Error, Socket: DatagramSocket<Address = SocketAddr>>,
{
    let ((a, at_a), (b, at_b)) = (bound(runtime).await?, bound(runtime).await?);
    let mut heard = [0; 10];
    let mut answer = core::pin::pin!(a.recv_from(&mut heard));
    let early = poll_fn(|cx| Poll::Ready(answer.as_mut().poll(cx).is_ready())).await;
    ensure(!early, || "it has received what nobody has sent".into())?;
    a.send_to(b"question", &at_b).await.map_err(says("sending while it waits"))?;
    let mut buffer = [0; 10];
    let (count, _) = b.recv_from(&mut buffer).await.map_err(says("receiving"))?;
    b.send_to(&buffer[..count], &at_a).await.map_err(says("sending"))?;
    let (count, _) = answer.await.map_err(says("receiving"))?;
    ensure(heard[..count] == *b"question", || "another packet came back".into())
}

pub(super) async fn in_use<R>(runtime: &R) -> Verdict
where
    R: Datagram<Error = io::Error, Socket: DatagramSocket<Address = SocketAddr>>,
{
    let (_socket, address) = bound(runtime).await?;
    match runtime.bind_datagram(&address).await {
        Err(error) => ensure(error.kind() == ErrorKind::AddrInUse, || format!("it was another error: {error}")),
        Ok(_) => Err("two sockets are at one port".into()),
    }
}
