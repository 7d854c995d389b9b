//! What streams of bytes have to keep, those of TCP and those of Unix.

use core::future::poll_fn;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::Poll;
use std::io::{self, ErrorKind};

use futures_io::{AsyncRead, AsyncWrite};
use onpar_core::{Connect, Listen, Listener};

use super::both::both;
use super::bytes::{close, fill, read, write, write_until_full};
use super::{Verdict, ensure, yield_now};

/// More than the buffers of a system hold, on both sides.
const MUCH: usize = 24 << 20;

fn here() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

fn says(what: &'static str) -> impl FnOnce(io::Error) -> String {
    move |error| format!("{what} failed: {error}")
}

/// Both ends of a stream over TCP.
pub(super) async fn tcp_pair<R, Io>(runtime: &R) -> Result<(Io, Io), String>
where
    R: Connect<Io = Io, Error = io::Error>,
    R: Listen<Error = io::Error, Listener: Listener<Io = Io, Address = SocketAddr>>,
{
    let mut listener = runtime.listen(&here()).await.map_err(says("listening"))?;
    let address = listener.local_addr().map_err(says("asking for the address"))?;
    ensure(address.port() != 0, || "a listener at port 0 says that it is at port 0".into())?;
    let (near, far) = both(runtime.connect(&address), listener.accept()).await;
    Ok((near.map_err(says("connecting"))?, far.map_err(says("accepting"))?.0))
}

/// Both ends of a stream over a socket of Unix.
#[cfg(unix)]
pub(super) async fn unix_pair<R, Io>(runtime: &R, folder: &std::path::Path, name: &str) -> Result<(Io, Io), String>
where
    R: Connect<std::path::Path, Io = Io, Error = io::Error>,
    R: Listen<std::path::Path, Error = io::Error, Listener: Listener<Io = Io>>,
{
    let path = folder.join(name);
    let mut listener = runtime.listen(path.as_path()).await.map_err(says("listening"))?;
    let (near, far) = both(runtime.connect(path.as_path()), listener.accept()).await;
    drop(std::fs::remove_file(&path));
    Ok((near.map_err(says("connecting"))?, far.map_err(says("accepting"))?.0))
}

type Pair<Io> = Result<(Io, Io), String>;

pub(super) async fn both_ways<Io>(pair: impl Future<Output = Pair<Io>>) -> Verdict
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let (mut near, mut far) = pair.await?;
    for round in 0..10_u8 {
        let words = [round; 100];
        let mut heard = [0; 100];
        write(&mut near, &words).await?;
        fill(&mut far, &mut heard).await?;
        ensure(heard == words, || format!("round {round}: one way, the bytes have changed"))?;
        write(&mut far, &words).await?;
        fill(&mut near, &mut heard).await?;
        ensure(heard == words, || format!("round {round}: the other way, the bytes have changed"))?;
    }
    Ok(())
}

pub(super) async fn half_closed<Io>(pair: impl Future<Output = Pair<Io>>) -> Verdict
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let (mut near, mut far) = pair.await?;
    write(&mut near, b"question").await?;
    close(&mut near).await?;
    let mut heard = [0; 100];
    let count = fill(&mut far, &mut heard).await?;
    ensure(&heard[..count] == b"question", || format!("{count} bytes came before the end, instead of 8"))?;
    write(&mut far, b"answer").await?;
    close(&mut far).await?;
    let count = fill(&mut near, &mut heard).await?;
    ensure(&heard[..count] == b"answer", || {
        format!("{count} bytes of the answer came after closing for writing, instead of 6")
    })?;
    let again = read(&mut near, &mut heard).await.map_err(says("reading after the end"))?;
    ensure(again == 0, || format!("a stream that had ended gave {again} bytes more"))
}

/// Who waits for bytes is woken once, for the last ones and the end behind them: a read that leaves room has not seen it all.
pub(super) async fn ends_with_bytes<Io>(pair: impl Future<Output = Pair<Io>>) -> Verdict
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let (mut near, mut far) = pair.await?;
    let mut heard = [0; 100];
    let waiting = fill(&mut far, &mut heard);
    let ending = async {
        write(&mut near, b"the last").await?;
        close(&mut near).await
    };
    let (count, ended) = both(waiting, ending).await;
    ended?;
    let count = count?;
    ensure(&heard[..count] == b"the last", || format!("{count} bytes came before the end, instead of 8"))
}

pub(super) async fn short_reads<Io>(pair: impl Future<Output = Pair<Io>>) -> Verdict
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let (mut near, mut far) = pair.await?;
    write(&mut near, b"0123456789").await?;
    close(&mut near).await?;
    let mut all = Vec::new();
    loop {
        let mut three = [0; 3];
        let count = read(&mut far, &mut three).await.map_err(says("reading"))?;
        ensure(count <= 3, || format!("a read into 3 bytes says that it has read {count}"))?;
        if count == 0 {
            break;
        }
        all.extend_from_slice(&three[..count]);
    }
    ensure(all == b"0123456789", || format!("ten digits became {:?}", String::from_utf8_lossy(&all)))
}

pub(super) async fn back_pressure<Io>(pair: impl Future<Output = Pair<Io>>) -> Verdict
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let (mut near, mut far) = pair.await?;
    let bytes: Vec<_> = (0..=250_u8).cycle().take(64 << 10).collect();
    let most = 1 << 30;
    let taken = write_until_full(&mut near, &bytes, most).await?;
    ensure(taken < most, || format!("nobody read, and {taken} bytes were taken all the same"))?;
    // The writer waits now, and goes on when somebody reads.
    let mut heard = vec![0; taken + bytes.len()];
    let writing = async {
        let written = write(&mut near, &bytes).await;
        close(&mut near).await.and(written)
    };
    let (written, count) = both(writing, fill(&mut far, &mut heard)).await;
    written?;
    let count = count?;
    ensure(count == heard.len(), || format!("{} bytes were written, and {count} arrived", heard.len()))
}

pub(super) async fn at_once<Io>(pair: impl Future<Output = Pair<Io>>) -> Verdict
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let (mut near, mut far) = pair.await?;
    let bytes: Vec<_> = (0..=250_u8).cycle().take(MUCH).collect();
    // The far end sends back what it gets. If reading and writing were in each other's way, both would wait for ever.
    let echo = async {
        let mut buffer = vec![0; 16 << 10];
        loop {
            let count = read(&mut far, &mut buffer).await.map_err(says("reading"))?;
            if count == 0 {
                return close(&mut far).await;
            }
            write(&mut far, &buffer[..count]).await?;
        }
    };
    let ask = async {
        let (mut written, mut heard) = (0, Vec::new());
        let mut closed = false;
        let mut buffer = vec![0; 16 << 10];
        poll_fn(|cx| {
            loop {
                let mut moved = false;
                if written < bytes.len() {
                    match Pin::new(&mut near).poll_write(cx, &bytes[written..]) {
                        Poll::Ready(Ok(count)) => (written, moved) = (written + count, true),
                        Poll::Ready(Err(error)) => return Poll::Ready(Err(says("writing")(error))),
                        Poll::Pending => {}
                    }
                } else if !closed {
                    match Pin::new(&mut near).poll_close(cx) {
                        Poll::Ready(Ok(())) => closed = true,
                        Poll::Ready(Err(error)) => return Poll::Ready(Err(says("closing")(error))),
                        Poll::Pending => {}
                    }
                }
                match Pin::new(&mut near).poll_read(cx, &mut buffer) {
                    Poll::Ready(Ok(0)) => return Poll::Ready(Ok(())),
                    Poll::Ready(Ok(count)) => {
                        heard.extend_from_slice(&buffer[..count]);
                        moved = true;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(says("reading")(error))),
                    Poll::Pending => {}
                }
                if !moved {
                    return Poll::Pending;
                }
            }
        })
        .await?;
        ensure(heard == bytes, || format!("{} bytes were sent, and {} others came back", bytes.len(), heard.len()))
    };
    let (echoed, asked) = both(echo, ask).await;
    echoed.and(asked)
}

pub(super) async fn reset<Io>(pair: impl Future<Output = Pair<Io>>) -> Verdict
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let (mut near, mut far) = pair.await?;
    // Whoever leaves with something unread resets the stream.
    write(&mut near, b"never read").await?;
    read(&mut far, &mut [0; 1]).await.map_err(says("reading"))?;
    drop(far);
    let mut buffer = [0; 100];
    match read(&mut near, &mut buffer).await {
        Err(error) if is_reset(error.kind()) => {}
        Err(error) => return Err(format!("the error is of another kind: {:?}: {error}", error.kind())),
        Ok(count) => return Err(format!("a read of a stream that had been reset gave {count} bytes")),
    }
    for _ in 0..10 {
        if write(&mut near, b"anybody there?").await.is_err() {
            return Ok(());
        }
        yield_now().await;
    }
    Err("ten writes to a stream that had been reset went well".into())
}

fn is_reset(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe)
}

pub(super) async fn refused<R, Io>(runtime: &R) -> Verdict
where
    R: Connect<Io = Io, Error = io::Error>,
    R: Listen<Error = io::Error, Listener: Listener<Io = Io, Address = SocketAddr>>,
{
    // A port that has just been left may be somebody else's already, though hardly again and again.
    for _ in 0..10 {
        let listener = runtime.listen(&here()).await.map_err(says("listening"))?;
        let address = listener.local_addr().map_err(says("asking for the address"))?;
        drop(listener);
        if let Err(error) = runtime.connect(&address).await {
            return ensure(error.kind() == ErrorKind::ConnectionRefused, || format!("it was another error: {error}"));
        }
    }
    Err("connecting to it went well".into())
}

pub(super) async fn in_use<R, Io>(runtime: &R) -> Verdict
where
    R: Listen<Error = io::Error, Listener: Listener<Io = Io, Address = SocketAddr>>,
{
    let listener = runtime.listen(&here()).await.map_err(says("listening"))?;
    let address = listener.local_addr().map_err(says("asking for the address"))?;
    match runtime.listen(&address).await {
        Err(error) => ensure(error.kind() == ErrorKind::AddrInUse, || format!("it was another error: {error}")),
        Ok(_) => Err("two listen at one port".into()),
    }
}

pub(super) async fn accept_dropped<R, Io>(runtime: &R) -> Verdict
where
    R: Connect<Io = Io, Error = io::Error>,
    R: Listen<Error = io::Error, Listener: Listener<Io = Io, Address = SocketAddr>>,
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let mut listener = runtime.listen(&here()).await.map_err(says("listening"))?;
    let address = listener.local_addr().map_err(says("asking for the address"))?;
    poll_fn(|cx| {
        let _pending = listener.poll_accept(cx);
        Poll::Ready(())
    })
    .await;
    let mut near = runtime.connect(&address).await.map_err(says("connecting"))?;
    yield_now().await;
    let (mut far, _peer) = listener.accept().await.map_err(says("accepting"))?;
    write(&mut near, b"here").await?;
    let mut heard = [0; 4];
    fill(&mut far, &mut heard).await?;
    ensure(&heard == b"here", || "another stream came".into())
}
