//! An event loop: it owns `read_send` until that has ended.

use anyhow::Result;
use onpar_scope::events;
use tokio::net::UdpSocket;
use tokio::sync::mpsc::Sender;

use crate::orders::{Rows, read_send};

#[derive(Default)]
struct Session {
    is_loaded: bool,
    packets: u64,
}

pub(crate) async fn serve(rows: &mut Rows<'_>, out: &Sender<i64>, socket: &UdpSocket) -> Result<u64> {
    let mut session = Session::default();
    events(&mut session)
        .once(read_send(rows, out), async |session, loaded| {
            loaded?;
            session.is_loaded = true;
            Ok::<(), anyhow::Error>(())
        })
        .repeat_with(
            [0; 8],
            |_session| Some(()),
            async |buffer, ()| socket.recv_from(buffer).await.map(|(length, from)| (buffer[..length].to_vec(), from)),
            async |session, received| {
                let (packet, from) = received?;
                socket.send_to(&packet, from).await?;
                session.packets += 1;
                Ok(())
            },
        )
        .until(|session| session.is_loaded)
        .await?;
    Ok(session.packets)
}
