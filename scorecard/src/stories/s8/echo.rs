//! [`echo`]: the library serves, and a client of it asks; and the same as it is written for tokio.

use core::net::SocketAddr;
use core::time::Duration;
use std::io;

use futures::io::{AsyncRead, AsyncWrite};
use onpar_core::{Clock, Connect, Listen, Listener, Spawn};
use onpar_scope::local_scope;
use slow_proto::{Client, Limits, Server};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// How often the client asks.
pub(super) const CALLS: u64 = 10;
pub(super) const ANYWHERE: SocketAddr = SocketAddr::V4(core::net::SocketAddrV4::new(core::net::Ipv4Addr::LOCALHOST, 0));

/// How many answers were right.
pub(super) async fn echo<R, Io>(rt: &R) -> io::Result<u64>
where
    R: Spawn + Clock<Sleep: Send> + Send + Sync + 'static,
    R: Connect<SocketAddr, Io = Io, Error = io::Error>,
    R: Listen<
            SocketAddr,
            Error = io::Error,
            Listener: Listener<Io = Io, Address = SocketAddr, Error = io::Error> + Send,
        >,
    Io: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut listener = rt.listen(&ANYWHERE).await?;
    let address = listener.local_addr()?;
    let server = Server::new(async |request: Vec<u8>| request, Limits::default());
    let close = server.closing();
    local_scope(async |s| {
        let ended = s.spawn(server.serve(rt, &mut listener));
        let mut client = Client::connect(rt, address, Limits::default()).await?;
        let mut right = 0;
        for call in 0..CALLS {
            let words = call.to_string();
            let answer = client.call(words.as_bytes(), Duration::from_secs(10)).await.map_err(io::Error::other)?;
            right += u64::from(answer == words.as_bytes());
        }
        close.close();
        ended.await;
        Ok(right)
    })
    .await
}

/// As a library has it that was written for tokio.
pub(super) async fn of_tokio() -> io::Result<u64> {
    let listener = tokio::net::TcpListener::bind(ANYWHERE).await?;
    let address = listener.local_addr()?;
    let serve = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut byte = [0];
        while stream.read(&mut byte).await? > 0 {
            stream.write_all(&byte).await?;
        }
        Ok::<_, io::Error>(())
    });
    let mut client = tokio::net::TcpStream::connect(address).await?;
    let mut right = 0;
    for call in 0..CALLS {
        let (asked, mut answer) = ([u8::try_from(call).unwrap_or(0)], [0xFF]);
        client.write_all(&asked).await?;
        tokio::time::timeout(Duration::from_secs(10), client.read_exact(&mut answer)).await??;
        right += u64::from(asked == answer);
    }
    drop(client);
    serve.await??;
    Ok(right)
}
