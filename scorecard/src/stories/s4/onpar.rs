//! The program with onpar: one future owns both stages, and drives both whenever it is polled.

use core::num::NonZero;

use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};

use crate::stories::s4::work::{Refused, SELECTS, Work};

const LIMIT: NonZero<usize> = limit!(SELECTS);

pub(super) async fn ordered(work: &Work) -> Result<(), Refused> {
    let rows = work.rows().into_async_iter().concurrent(LIMIT).on_unfinished(|row| work.put_back(row));
    let selected = rows.map(async |row| work.select(row).await);
    selected.concurrent(limit!(1)).try_for_each(async |item| work.process(item).await).await
}

pub(super) async fn unordered(work: &Work) -> Result<(), Refused> {
    let rows = work.rows().into_async_iter().concurrent(LIMIT).on_unfinished(|row| work.put_back(row));
    let selected = rows.unordered().map(async |row| work.select(row).await);
    selected.concurrent(limit!(1)).try_for_each(async |item| work.process(item).await).await
}

pub(super) async fn for_each(work: &Work) -> Result<(), Refused> {
    let rows = work.rows().into_async_iter().concurrent(LIMIT).on_unfinished(|row| work.put_back(row));
    let selected = rows.map(async |row| work.select(row).await).concurrent(limit!(1));
    selected.for_each(async |item| work.process(item).await.unwrap_or_default()).await;
    Ok(())
}

/// The first half, with a limit that is not known before.
pub(super) async fn select_all(work: &Work, limit: NonZero<usize>) {
    let rows = work.rows().into_async_iter().concurrent(limit);
    rows.for_each(async |row| {
        work.select(row).await;
    })
    .await;
}
