//! Broken streams.

use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io::{self, ErrorKind};

use futures::future::BoxFuture;
use futures::io::{AsyncRead, AsyncWrite};
use onpar_core::{Connect, Listen, Listener};
use onpar_rt::tokio_1::{self, Accepting, FromTokio, Tokio};
use onpar_test::Conformance;
use tokio::net::{TcpListener, TcpStream};

use crate::{Found, every_check_finds_its_fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    ChangesBytes,
    ClosesBothWays,
    MissesTheEnd,
    CutsReads,
    TakesEverything,
    ReadsOrWrites,
    HidesResets,
    OtherError,
    TakesAnotherPort,
    LosesAStream,
}

const FAULTS: &[(Fault, &str)] = &[
    (Fault::ChangesBytes, "a stream carries bytes both ways"),
    (Fault::ClosesBothWays, "a stream that is closed for writing can still be read"),
    (Fault::MissesTheEnd, "the end that comes with the last bytes is seen"),
    (Fault::CutsReads, "short reads lose nothing"),
    (Fault::TakesEverything, "a writer waits for a slow reader"),
    (Fault::ReadsOrWrites, "one end reads while it writes"),
    (Fault::HidesResets, "a stream that was reset is an error"),
    (Fault::OtherError, "a port with nobody behind it is an error"),
    (Fault::TakesAnotherPort, "a port in use is an error"),
    (Fault::LosesAStream, "an accept that is dropped loses no stream"),
];

#[test]
fn each_check_of_streams_finds_its_fault() {
    every_check_finds_its_fault(FAULTS, |fault, limit| {
        tokio_1::run_current_thread(async |tokio| {
            let mut suite = Conformance::new(Broken { tokio, fault }).limit(limit);
            suite.tcp().await;
            Found::by(suite)
        })
    });
}

#[derive(Clone)]
struct Broken {
    tokio: Tokio,
    fault: Option<Fault>,
}

struct Stream {
    io: FromTokio<TcpStream>,
    fault: Option<Fault>,
    closed: bool,
    write_waits: bool,
    /// It has read less than there was room for: a broken reactor takes that for all there is.
    is_drained: bool,
}

struct Door {
    listener: Accepting<TcpListener>,
    fault: Option<Fault>,
    waits: bool,
}

impl Stream {
    const fn new(io: FromTokio<TcpStream>, fault: Option<Fault>) -> Self {
        Self { io, fault, closed: false, write_waits: false, is_drained: false }
    }
}

impl Connect for Broken {
    type Io = Stream;
    type Error = io::Error;
    type Connecting = BoxFuture<'static, io::Result<Stream>>;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        let (opening, fault) = (self.tokio.connect(address), self.fault);
        Box::pin(async move {
            match opening.await {
                Ok(io) => Ok(Stream::new(io, fault)),
                Err(_) if fault == Some(Fault::OtherError) => Err(io::Error::other("something went wrong")),
                Err(error) => Err(error),
            }
        })
    }
}

impl Listen for Broken {
    type Listener = Door;
    type Error = io::Error;
    type Listening = BoxFuture<'static, io::Result<Door>>;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        let (opening, fault) = (self.tokio.listen(address), self.fault);
        let other = self.tokio.listen(&SocketAddr::from(([127, 0, 0, 1], 0)));
        Box::pin(async move {
            let listener = match opening.await {
                Err(_) if fault == Some(Fault::TakesAnotherPort) => other.await?,
                listener => listener?,
            };
            Ok(Door { listener, fault, waits: false })
        })
    }
}

impl Listener for Door {
    type Io = Stream;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Stream, SocketAddr)>> {
        match self.listener.poll_accept(cx)? {
            // Whoever waited first has gone, and the stream with it.
            Poll::Ready(_) if self.fault == Some(Fault::LosesAStream) && core::mem::take(&mut self.waits) => {
                self.poll_accept(cx)
            }
            Poll::Ready((io, peer)) => Poll::Ready(Ok((Stream::new(io, self.fault), peer))),
            Poll::Pending => {
                self.waits = true;
                Poll::Pending
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        if this.closed && this.fault == Some(Fault::ClosesBothWays) {
            return Poll::Ready(Ok(0));
        }
        if this.write_waits && this.fault == Some(Fault::ReadsOrWrites) {
            return Poll::Pending;
        }
        if this.fault == Some(Fault::CutsReads) {
            let mut larger = vec![0; buffer.len() * 2];
            return Pin::new(&mut this.io).poll_read(cx, &mut larger).map_ok(|count| {
                let count = count.min(buffer.len());
                buffer[..count].copy_from_slice(&larger[..count]);
                count
            });
        }
        match Pin::new(&mut this.io).poll_read(cx, buffer) {
            Poll::Ready(Err(error))
                if this.fault == Some(Fault::HidesResets) && error.kind() == ErrorKind::ConnectionReset =>
            {
                Poll::Ready(Ok(0))
            }
            Poll::Ready(Ok(0)) if this.fault == Some(Fault::MissesTheEnd) && this.is_drained => Poll::Pending,
            Poll::Ready(Ok(count)) => {
                this.is_drained = count < buffer.len();
                Poll::Ready(Ok(count))
            }
            polled => polled,
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        let io = Pin::new(&mut this.io);
        let polled = match this.fault {
            Some(Fault::TakesEverything) => {
                let _lost = io.poll_write(cx, buffer)?;
                Poll::Ready(Ok(buffer.len()))
            }
            Some(Fault::ChangesBytes) => io.poll_write(cx, &buffer.iter().map(|byte| !byte).collect::<Vec<_>>()),
            _ => io.poll_write(cx, buffer),
        };
        this.write_waits = polled.is_pending();
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.closed = true;
        Pin::new(&mut self.io).poll_close(cx)
    }
}
