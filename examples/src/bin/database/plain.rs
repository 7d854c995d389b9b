//! The transfer with sqlx as it comes.
//!
//! A [`sqlx::Transaction`] that is dropped cannot wait. It queues the rollback, and the pool starts a task that will get
//! it done; the function has then long returned. A commit that is dropped half-way is worse: the database gets it, and
//! nobody here learns that it did.

use alloc::sync::Arc;

use sqlx::{AssertSqlSafe, Connection as _, SqlSafeStr as _};
use tokio::time::{sleep, timeout};

use crate::plan::Plan;
use crate::store::{Bank, Store};
use crate::tally::Tally;

/// Pays, unless the caller's patience ends before.
pub(crate) async fn transfer<DB: Store>(bank: Arc<Bank<DB>>, plan: Plan, tally: Arc<Tally>) -> sqlx::Result<()> {
    match timeout(plan.patience, pay(&bank, plan, &tally)).await {
        Ok(result) => result,
        Err(_elapsed) => Ok(()),
    }
}

async fn pay<DB: Store>(bank: &Bank<DB>, plan: Plan, tally: &Tally) -> sqlx::Result<()> {
    let mut connection = bank.connection().await?;
    tally.begun.add();
    let mut transaction = connection.begin_with(DB::BEGIN).await?;
    sleep(plan.before).await;
    let sql = AssertSqlSafe(format!("INSERT INTO payment VALUES ({})", plan.task));
    DB::execute(&mut transaction, sql.into_sql_str()).await?;
    sleep(plan.after).await;
    transaction.commit().await?;
    tally.committed.add();
    Ok(())
}
