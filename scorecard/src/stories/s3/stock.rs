//! The program with stock tools: as the story first has it, and as Barbara mends it.

use alloc::sync::Arc;
use core::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use futures::channel::oneshot;
use futures::future::join_all;
use futures::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::executor::Rt;
use crate::stories::s3::chunk::{Chunk, Chunks};
use crate::stories::s3::host::{Answer, CLOSED, Host};
use crate::stories::s3::source::Source;

/// Closed at the end of its request, or else by a task that nobody waits for.
pub(super) struct Connection(Option<(Host, Rt)>);

impl Connection {
    pub(super) fn open(host: &Host, rt: &Rt) -> Self {
        host.opened();
        Self(Some((host.clone(), rt.clone())))
    }

    pub(super) async fn close(mut self) {
        if let Some((host, _)) = self.0.take() {
            host.close().await;
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some((host, rt)) = self.0.take() {
            rt.spawn(async move { host.close().await });
        }
    }
}

/// Sends the chunks that come out of `body` to a host.
pub(super) async fn request(host: &Host, rt: &Rt, body: Receiver<Chunk>) -> Answer {
    let connection = Connection::open(host, rt);
    let taken = host.answer(rt, body).await?;
    connection.close().await;
    Ok(taken)
}

/// One chunk at a time, to all.
pub(super) async fn send(chunks: &Chunks, source: Source, senders: &[Sender<Chunk>]) -> Result<(), &'static str> {
    for number in 0..source.chunks() {
        source.read(number).await?;
        for sent in join_all(senders.iter().map(|sender| sender.send(chunks.next()))).await {
            sent.map_err(|_| CLOSED)?;
        }
    }
    Ok(())
}

async fn drain(mut requests: FuturesUnordered<impl Future<Output = Answer>>) -> Answer {
    let mut taken = 0;
    while let Some(answer) = requests.next().await {
        taken += answer?;
    }
    Ok(taken)
}

/// As the story first has it: nobody polls the requests while the chunks are sent.
pub(super) async fn broadcast(hosts: &[Host], rt: &Rt, chunks: &Chunks, source: Source) -> Answer {
    let requests = FuturesUnordered::new();
    let mut senders = Vec::new();
    for host in hosts {
        let (sender, body) = mpsc::channel(1);
        senders.push(sender);
        requests.push(request(host, rt, body));
    }
    send(chunks, source, &senders).await?;
    drop(senders);
    drain(requests).await
}

/// As Barbara mends it: a task polls the requests. Whatever it needs is its own.
pub(super) async fn broadcast_with_a_task(hosts: &[Host], rt: &Rt, chunks: &Chunks, source: Source) -> Answer {
    let requests = FuturesUnordered::new();
    let mut senders = Vec::new();
    for host in hosts {
        let (sender, body) = mpsc::channel(1);
        senders.push(sender);
        let (host, rt) = (Arc::new(host.clone()), rt.clone());
        requests.push(async move { request(&host, &rt, body).await });
    }
    let (tell, told) = oneshot::channel();
    // A panic is kept for whoever waits for the task, as tokio does it.
    rt.spawn(AssertUnwindSafe(drain(requests)).catch_unwind().map(|ended| drop(tell.send(ended))));
    send(chunks, source, &senders).await?;
    drop(senders);
    match told.await {
        Ok(Ok(answer)) => answer,
        Ok(Err(payload)) => std::panic::resume_unwind(payload),
        Err(oneshot::Canceled) => Err("the task has gone"),
    }
}
