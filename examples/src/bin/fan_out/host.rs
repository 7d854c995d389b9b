//! [`Host`]: takes chunks from one connection, and answers each.
//!
//! A chunk comes with its length before it. The answer is a line: `ok`, or why not, and then the host hangs up.

use core::fmt;
use core::hash::Hasher as _;
use core::net::{Ipv4Addr, SocketAddr};
use std::hash::DefaultHasher;
use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a host says of a chunk that it has taken.
pub(crate) const OK: &str = "ok";
/// What it says of one that it has not.
pub(crate) const REFUSED: &str = "500 from host";

/// Listens on a port of its own.
pub(crate) struct Host {
    number: usize,
    listener: TcpListener,
    /// How many chunks it takes, if not all.
    takes: Option<u64>,
}

/// What has come in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    bytes: u64,
    hash: u64,
}

impl Host {
    pub(crate) async fn listen(number: usize, takes: Option<u64>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(Self { number, listener, takes })
    }

    pub(crate) const fn number(&self) -> usize {
        self.number
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves one connection to its end.
    pub(crate) async fn serve(&self) -> io::Result<Received> {
        let (mut stream, _) = self.listener.accept().await?;
        let (mut bytes, mut hasher) = (0, DefaultHasher::new());
        let mut chunks = 0;
        while let Some(chunk) = read(&mut stream).await? {
            if self.takes == Some(chunks) {
                stream.write_all(format!("{REFUSED}\n").as_bytes()).await?;
                break;
            }
            chunks += 1;
            bytes += chunk.len() as u64;
            hasher.write(&chunk);
            stream.write_all(format!("{OK}\n").as_bytes()).await?;
        }
        Ok(Received { bytes, hash: hasher.finish() })
    }
}

/// Reads a chunk; none at the end of the connection.
async fn read(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let length = match stream.read_u32().await {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        length => length?,
    };
    let mut chunk = Vec::new();
    stream.take(length.into()).read_to_end(&mut chunk).await?;
    Ok((chunk.len() as u64 == u64::from(length)).then_some(chunk))
}

impl Received {
    /// What has come in when all of this has.
    pub(crate) fn all_of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Self { bytes: bytes.len() as u64, hash: hasher.finish() }
    }
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes, hash {:016x}", self.bytes, self.hash)
    }
}
