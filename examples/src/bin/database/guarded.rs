//! The transfer with the transaction in a guard.
//!
//! The body is that of the plain one: begin, insert, commit. What differs is that a guard holds the transaction from
//! before it begins. Dropped anywhere, it is rolled back before the timeout, or the scope around a foreign timeout,
//! returns. A commit that is cancelled half-way goes on and is counted.

use alloc::sync::Arc;

use onpar_rt::tokio_1::Tokio;
use onpar_scope::{guard, scope, timeout};
use tokio::time::sleep;

use crate::plan::Plan;
use crate::store::{Bank, Store};
use crate::tally::Tally;
use crate::transaction::Transaction;

/// Pays, unless the caller's patience ends before. The timeout is onpar's, and waits for the rollback itself.
pub(crate) async fn transfer<DB: Store>(
    clock: Tokio,
    bank: Arc<Bank<DB>>,
    plan: Plan,
    tally: Arc<Tally>,
) -> sqlx::Result<()> {
    match timeout(clock, plan.patience, pay(&bank, plan, &tally)).await {
        Ok(result) => result,
        Err(_elapsed) => Ok(()),
    }
}

/// The same with tokio's timeout, which knows nothing of guards. The scope around it waits for the rollback.
pub(crate) async fn transfer_in_scope<DB: Store>(
    bank: Arc<Bank<DB>>,
    plan: Plan,
    tally: Arc<Tally>,
) -> sqlx::Result<()> {
    scope(async |_| match tokio::time::timeout(plan.patience, pay(&bank, plan, &tally)).await {
        Ok(result) => result,
        Err(_elapsed) => Ok(()),
    })
    .await
}

async fn pay<DB: Store>(bank: &Bank<DB>, plan: Plan, tally: &Arc<Tally>) -> sqlx::Result<()> {
    let mut transaction = guard(Transaction::new(bank.connection().await?, Arc::clone(tally)));
    transaction.begin().await?;
    sleep(plan.before).await;
    transaction.pay(plan).await?;
    sleep(plan.after).await;
    transaction.close().await
}
