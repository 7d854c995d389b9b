//! The program with `moro`, whose scopes have children that borrow, too.

use futures::future::join_all;
use moro::prelude::*;
use tokio::sync::mpsc;

use crate::executor::Rt;
use crate::stories::s3::chunk::Chunks;
use crate::stories::s3::host::{Answer, CLOSED, Host};
use crate::stories::s3::source::Source;
use crate::stories::s3::stock::request;

/// Each request is a child; the first error ends the scope.
pub(super) async fn broadcast(hosts: &[Host], rt: &Rt, chunks: &Chunks, source: Source) -> Answer {
    moro::async_scope!(|scope| -> Answer {
        let mut senders = Vec::new();
        let mut requests = Vec::new();
        for host in hosts {
            let (sender, body) = mpsc::channel(1);
            senders.push(sender);
            requests.push(scope.spawn(request(host, rt, body)).or_cancel(scope));
        }
        for number in 0..source.chunks() {
            source.read(number).await.unwrap_or_cancel(scope).await;
            for sent in join_all(senders.iter().map(|sender| sender.send(chunks.next()))).await {
                sent.map_err(|_| CLOSED).unwrap_or_cancel(scope).await;
            }
        }
        drop(senders);
        let mut taken = 0;
        for request in requests {
            taken += request.await;
        }
        Ok(taken)
    })
    .await
}
