//! [`measure`]: runs the tasks one after another, and looks at the database each time one has returned.

use alloc::sync::Arc;
use core::time::Duration;

use anyhow::Result;
use onpar::callback::SendAsyncFn3;
use tokio::time::Instant;

use crate::plan::Plan;
use crate::report::Report;
use crate::store::{Bank, Store};
use crate::tally::Tally;

/// One task at a time, each on its own, so that an open transaction can only be one that was left behind.
pub(crate) async fn measure<DB, F>(
    name: &'static str,
    promises: bool,
    bank: &Arc<Bank<DB>>,
    plans: &[Plan],
    transfer: F,
) -> Result<Report>
where
    DB: Store,
    F: SendAsyncFn3<Arc<Bank<DB>>, Plan, Arc<Tally>, sqlx::Result<()>, Future: 'static>,
{
    let tally = Arc::new(Tally::default());
    let mut observer = bank.observer().await?;
    let mut left_open = 0;
    let (mut unusable, mut longest) = (Duration::ZERO, Duration::ZERO);
    for &plan in plans {
        tokio::spawn(transfer(Arc::clone(bank), plan, Arc::clone(&tally))).await??;

        let usable = tokio::spawn(time_until_usable(Arc::clone(bank)));
        if DB::someone_is_writing(&mut observer).await? {
            left_open += 1;
        }
        let time = usable.await??;
        unusable += time;
        longest = longest.max(time);
    }
    Ok(Report {
        name,
        promises,
        begun: tally.begun.get(),
        committed: tally.committed.get(),
        rolled_back: tally.rolled_back.get(),
        left_open,
        unusable: unusable / u32::try_from(plans.len().max(1))?,
        longest,
        rows: u64::try_from(bank.rows().await?)?,
    })
}

async fn time_until_usable<DB: Store>(bank: Arc<Bank<DB>>) -> sqlx::Result<Duration> {
    let start = Instant::now();
    drop(bank.connection().await?);
    Ok(start.elapsed())
}
