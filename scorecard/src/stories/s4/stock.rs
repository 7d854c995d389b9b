//! The program with futures-rs: as the story first has it, and as Barbara rewrites it.

use futures::stream::{self, FuturesUnordered, StreamExt as _, TryStreamExt as _};

use crate::stories::s4::work::{Refused, SELECTS, Work};

/// While one item is processed, nobody polls the selects.
pub(super) async fn buffered(work: &Work) -> Result<(), Refused> {
    let selected = stream::iter(work.rows()).map(|row| work.select(row)).buffered(SELECTS);
    selected.map(Ok).try_for_each(|item| work.process(item)).await
}

/// Nor here.
pub(super) async fn unordered(work: &Work) -> Result<(), Refused> {
    let mut rows = work.rows();
    let mut selects: FuturesUnordered<_> = rows.by_ref().take(SELECTS).map(|row| work.select(row)).collect();
    while let Some(item) = selects.next().await {
        selects.extend(rows.next().map(|row| work.select(row)));
        work.process(item).await?;
    }
    Ok(())
}
