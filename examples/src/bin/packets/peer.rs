//! [`Peer`]: sends the next packet as soon as the last one has been answered.

use core::net::SocketAddr;

use anyhow::Result;
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// Sends until it is dropped.
pub(crate) struct Peer(JoinHandle<Result<()>>);

impl Peer {
    /// Talks to whoever listens there.
    pub(crate) fn of(address: SocketAddr) -> Self {
        Self(tokio::spawn(async move {
            let socket = UdpSocket::bind("127.0.0.1:0").await?;
            socket.connect(address).await?;
            for number in 0_u64.. {
                socket.send(&number.to_be_bytes()).await?;
                socket.recv(&mut [0; 8]).await?;
            }
            Ok(())
        }))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.0.abort();
    }
}
