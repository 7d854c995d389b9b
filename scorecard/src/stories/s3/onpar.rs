//! The program with onpar: the requests are children, which borrow what the function borrows.

use core::convert::Infallible;

use futures::future::join_all;
use onpar_core::{AsyncDrop, ExitReason};
use onpar_scope::{Failure, Guard, guard, try_scope};
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::executor::Rt;
use crate::stories::s3::chunk::{Chunk, Chunks};
use crate::stories::s3::host::{Answer, CLOSED, Host};
use crate::stories::s3::source::Source;

/// What the caller keeps count of, without a lock.
#[derive(Debug, Default)]
pub(super) struct Stats {
    pub(super) sent: u64,
}

struct Connection(Host);

impl Connection {
    fn open(host: &Host) -> Guard<Self> {
        host.opened();
        guard(Self(host.clone()))
    }
}

impl AsyncDrop for Connection {
    type Error = Infallible;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), Infallible> {
        self.0.close().await;
        Ok(())
    }
}

async fn request(host: &Host, rt: &Rt, body: Receiver<Chunk>) -> Answer {
    let _connection = Connection::open(host);
    host.answer(rt, body).await
}

async fn send(
    chunks: &Chunks,
    source: Source,
    senders: &[Sender<Chunk>],
    stats: &mut Stats,
) -> Result<(), &'static str> {
    for number in 0..source.chunks() {
        source.read(number).await?;
        for sent in join_all(senders.iter().map(|sender| sender.send(chunks.next()))).await {
            sent.map_err(|_| CLOSED)?;
            stats.sent += 1;
        }
    }
    Ok(())
}

/// Each request is a child; the first error ends all.
pub(super) async fn broadcast(
    hosts: &[Host],
    rt: &Rt,
    chunks: &Chunks,
    source: Source,
    stats: &mut Stats,
) -> Result<u64, Failure<&'static str>> {
    try_scope(async |s| {
        let mut senders = Vec::new();
        let mut requests = Vec::new();
        for host in hosts {
            let (sender, body) = mpsc::channel(1);
            senders.push(sender);
            requests.push(s.spawn(request(host, rt, body)));
        }
        send(chunks, source, &senders, stats).await?;
        drop(senders);
        let mut taken = 0;
        for request in requests {
            taken += request.await;
        }
        Ok(taken)
    })
    .await
}
