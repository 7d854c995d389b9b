//! [`download`]: chunks, as they come, into a file.

use std::io;
use std::path::PathBuf;

use onpar::prelude::*;

use crate::part::Part;
use crate::view::View;

/// Cancelled at any place, it leaves no file behind; and whoever cancels it waits until that is so.
pub(crate) async fn download<C>(
    clock: &C,
    view: &View,
    chunks: impl Stream<Item = io::Result<Vec<u8>>>,
    path: PathBuf,
) -> io::Result<()>
where
    C: Clock + 'static,
{
    view.change(|shown| {
        shown.received = 0;
        shown.status = "loading";
    });
    let part = local_scope(async |_| {
        let mut part = local_guard(Part::create(clock.clone(), path)?);
        for_await!(chunk in chunks {
            let chunk = chunk?;
            part.write(&chunk)?;
            view.change(|shown| shown.received += chunk.len());
        });
        part.close().await
    });
    let ended = part.await;
    view.change(|shown| shown.status = if ended.is_ok() { "complete" } else { "failed" });
    ended
}
