//! `select!` in a loop: each packet drops `read_send`, which begins anew.

use anyhow::Result;
use tokio::net::UdpSocket;
use tokio::sync::mpsc::Sender;

use crate::orders::{Rows, read_send};

pub(crate) async fn serve(rows: &mut Rows<'_>, out: &Sender<i64>, socket: &UdpSocket) -> Result<u64> {
    let (mut buffer, mut packets) = ([0; 8], 0);
    loop {
        tokio::select! {
            loaded = read_send(rows, out) => {
                loaded?;
                return Ok(packets);
            }
            received = socket.recv_from(&mut buffer) => {
                let (length, from) = received?;
                socket.send_to(&buffer[..length], from).await?;
                packets += 1;
            }
        }
    }
}
