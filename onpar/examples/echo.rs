//! A server over TCP that ends in good order, and clients of it. They know no runtime, but that it has a clock and TCP.

use core::{cell::Cell, net::SocketAddr, time::Duration};
use std::io;

use futures::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy};
use onpar::{iter::channel, prelude::*};

/// How long nobody is let in when the system could not do it: it may have no descriptors left.
const PAUSE: Duration = Duration::from_millis(100);

/// Says again what it hears, until the other side has said all.
async fn echo(stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
    let (hears, mut says) = stream.split();
    copy(hears, &mut says).await?;
    says.close().await
}

/// Serves each connection as a child of its own until `stop`, and lets nobody in after that. Who is there by then may go on for
/// so long, and is cut off at the end of it. Gives how many connections were served to their end.
pub(crate) async fn serve<R, L>(rt: &R, mut listener: L, stop: impl Future<Output = ()>, grace: Duration) -> usize
where
    R: Clock,
    L: Listener<Io: AsyncRead + AsyncWrite + Unpin>,
{
    let served = Cell::new(0);
    let (open, mut closed) = channel::<()>(limit!(1));
    let connections = stream(async |mut y| {
        loop {
            y.emit(listener.accept().await).await;
        }
    });
    let all = local_scope(async |s| {
        for_await!(accepted in connections.take_until(stop) {
            match accepted {
                Ok((stream, _peer)) => drop(s.spawn_with(stream, async |stream| {
                    let ended = echo(stream).await; // an error: of this connection alone
                    served.update(|count| count + usize::from(ended.is_ok()));
                })),
                Err(_) => rt.sleep(PAUSE).await,
            }
        });
        drop(open); // the scope itself ends with the last of its children
    });
    let too_late = async {
        closed.next().await;
        rt.sleep(grace).await;
    };
    race((all, too_late)).await;
    served.get()
}

/// What a server says to these words.
async fn ask<R>(rt: &R, server: SocketAddr, words: &str) -> io::Result<String>
where
    R: Connect<Io: AsyncRead + AsyncWrite + Unpin, Error = io::Error>,
{
    let mut stream = rt.connect(&server).await?;
    stream.write_all(words.as_bytes()).await?;
    stream.close().await?; // for writing: that was all
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// A server and two clients. The wish to end comes when they have their answers; elsewhere, the handler of a signal sends it.
pub(crate) async fn talk<R>(rt: &R) -> io::Result<()>
where
    R: Clock,
    R: Connect<Io: AsyncRead + AsyncWrite + Unpin, Error = io::Error>,
    R: Listen<Error = io::Error, Listener: Listener<Io: AsyncRead + AsyncWrite + Unpin, Address = SocketAddr>>,
{
    let listener = rt.listen(&([127, 0, 0, 1], 0).into()).await?; // port 0: any that is free
    let server = listener.local_addr()?;
    let (stop, mut wish) = channel::<()>(limit!(1));
    let wish = async move { _ = wish.next().await };
    let clients = async move {
        let answers = try_join((ask(rt, server, "how do"), ask(rt, server, "you do?"))).await;
        drop(stop);
        answers
    };
    let (count, answers) = join((serve(rt, listener, wish, Duration::from_secs(5)), clients)).await;
    assert_eq!(answers.map_err(|failure| failure.primary)?, ("how do".into(), "you do?".into()));
    assert_eq!(count, 2);
    Ok(())
}

fn main() -> io::Result<()> {
    onpar::rt::local::run(async |rt| talk(&rt).await)
}
