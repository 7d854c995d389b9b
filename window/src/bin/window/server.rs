//! The server that the window loads from, slowly: within this program, by TCP.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use futures::io::{AsyncReadExt as _, AsyncWriteExt as _};
use onpar::prelude::*;
use onpar::rt::local::Local;

/// How many bytes a download has.
pub(crate) const SIZE: usize = 64 * CHUNK;

const CHUNK: usize = 4096;

/// Listens at a free port of this machine, and serves whoever comes, until nobody needs it.
pub(crate) async fn serve(rt: Local, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let mut listener = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    ready(listener.local_addr()?);
    loop {
        let (mut stream, _peer) = listener.accept().await?;
        let clock = rt.clone();
        drop(rt.spawn_local(async move {
            for _ in 0..SIZE / CHUNK {
                clock.sleep(Duration::from_millis(15)).await;
                // Who has gone away wants no more.
                if stream.write_all(&[7; CHUNK]).await.is_err() {
                    return;
                }
            }
            drop(stream.close().await);
        }));
    }
}

/// A download: its chunks, as they come.
pub(crate) fn load(rt: &Local, server: SocketAddr) -> impl Stream<Item = io::Result<Vec<u8>>> {
    try_stream(async move |mut y| {
        let mut stream = rt.connect(&server).await?;
        let mut buffer = [0; CHUNK];
        loop {
            match stream.read(&mut buffer).await? {
                0 => return Ok(()),
                read => y.emit(buffer[..read].to_vec()).await,
            }
        }
    })
}
