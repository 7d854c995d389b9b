//! The program with peers of onpar.

use core::num::NonZero;
use core::pin::pin;
use std::sync::OnceLock;

use futures::future::select;
use futures::stream::{self, StreamExt as _};
use futures_concurrency::concurrent_stream::ConcurrentStream as _;
use futures_concurrency::stream::StreamExt as _;
use join_me_maybe::join;
use roughage::AsyncPipeline;
use tokio::sync::{Notify, mpsc};

use crate::stories::s4::work::{Refused, SELECTS, Work};

/// Its arm for a stream polls the stream when it wants an item, and so the selects as `buffered` does.
pub(super) async fn join_me_maybe(work: &Work) -> Result<(), Refused> {
    let selected = stream::iter(work.rows()).map(|row| work.select(row)).buffered(SELECTS);
    join!(item in selected => work.process(item).await?);
    Ok(())
}

/// One child selects, another processes, with a channel of one place between them.
pub(super) async fn moro(work: &Work) -> Result<(), Refused> {
    moro::async_scope!(|scope| -> Result<(), Refused> {
        let (sender, mut items) = mpsc::channel(1);
        let selects = scope.spawn(async move {
            let mut selected = pin!(stream::iter(work.rows()).map(|row| work.select(row)).buffered(SELECTS));
            while let Some(item) = selected.next().await {
                if sender.send(item).await.is_err() {
                    break;
                }
            }
        });
        let process = scope.spawn(async move {
            while let Some(item) = items.recv().await {
                work.process(item).await?;
            }
            Ok(())
        });
        process.or_cancel(scope).await;
        selects.await;
        Ok(())
    })
    .await
}

/// It has one limit for the whole.
pub(super) async fn concurrency(work: &Work) -> Result<(), Refused> {
    let selected = stream::iter(work.rows()).co().limit(NonZero::new(SELECTS)).map(|row| work.select(row));
    selected.try_for_each(|item| work.process(item)).await
}

/// It has no way to end early; so it is dropped when it fails.
pub(super) async fn roughage(work: &Work) -> Result<(), Refused> {
    let (failed, stop) = (OnceLock::new(), Notify::new());
    let selected = AsyncPipeline::from_iter(work.rows()).map_concurrent(|row| work.select(row), SELECTS);
    let process = selected.for_each_concurrent(
        async |item| {
            if let Err(error) = work.process(item).await {
                let _ = failed.set(error);
                stop.notify_one();
            }
        },
        1,
    );
    let _first = select(pin!(process), pin!(stop.notified())).await;
    failed.into_inner().map_or(Ok(()), Err)
}
