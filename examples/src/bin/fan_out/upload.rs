//! [`fan_out`]: the same chunks to several hosts.
//!
//! Nobody has to poll the uploads by hand, so they go on while the chunks are sent, however many there are. The channels have
//! one place each, so that no host is more than two chunks ahead of the slowest.

use core::num::TryFromIntError;
use std::io;

use anyhow::{Result, anyhow, bail};
use onpar::Failure;
use onpar::prelude::*;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{self, Receiver};

use crate::host::{Host, OK};

/// Enough that the network has something to do.
const CHUNK: usize = 64 * 1024;

/// What the sender keeps count of.
#[derive(Debug, Default)]
pub(crate) struct Stats {
    pub(crate) chunks: usize,
    pub(crate) sent: usize,
}

/// Sends `file` to every host. When it returns, whatever has happened, every connection has been closed.
pub(crate) async fn fan_out(hosts: &[Host], file: &[u8], stats: &mut Stats) -> Result<()> {
    let sent = try_scope(async |s| {
        let mut bodies = Vec::new();
        for host in hosts {
            let (body, chunks) = mpsc::channel(1);
            bodies.push(body);
            drop(s.spawn(upload(host, chunks)));
        }
        stats.chunks = file.chunks(CHUNK).len();
        for chunk in file.chunks(CHUNK) {
            for body in &bodies {
                // A consequence: the cause is with the upload that has gone.
                body.send(chunk).await.map_err(|_| anyhow!("channel closed"))?;
            }
            stats.sent += 1;
        }
        Ok(())
    });
    sent.await.map_err(Failure::into_primary)
}

async fn upload(host: &Host, mut chunks: Receiver<&[u8]>) -> Result<()> {
    let mut connection = guard(Connection::open(host).await?);
    while let Some(chunk) = chunks.recv().await {
        let answer = connection.send(chunk).await?;
        if answer != OK {
            bail!("host {}: {answer}", host.number());
        }
    }
    Ok(connection.close().await?)
}

/// A connection to a host, which wants a goodbye.
struct Connection(BufStream<TcpStream>);

impl Connection {
    async fn open(host: &Host) -> io::Result<Self> {
        Ok(Self(BufStream::new(TcpStream::connect(host.address()?).await?)))
    }

    /// Sends a chunk, and gives what the host says of it.
    async fn send(&mut self, chunk: &[u8]) -> io::Result<String> {
        let length = chunk.len().try_into().map_err(|error: TryFromIntError| io::Error::other(error))?;
        self.0.write_u32(length).await?;
        self.0.write_all(chunk).await?;
        self.0.flush().await?;
        let mut answer = String::new();
        self.0.read_line(&mut answer).await?;
        Ok(answer.trim_end().to_owned())
    }
}

impl AsyncDrop for Connection {
    type Error = io::Error;

    /// The host sees the end of the connection, and not that it was cut.
    async fn async_drop(mut self, _reason: ExitReason) -> io::Result<()> {
        self.0.shutdown().await
    }
}
