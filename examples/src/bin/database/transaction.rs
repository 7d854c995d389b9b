//! [`Transaction`]: a transaction that knows how it ends.
//!
//! It is the whole of what onpar asks for: a type that says, in a plain `async fn`, what has to happen at its end.

use alloc::sync::Arc;

use onpar_core::{AsyncDrop, ExitReason};
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use crate::plan::Plan;
use crate::store::Store;
use crate::tally::Tally;

/// A connection of the pool, and whether it was told to begin a transaction.
#[derive(Debug)]
pub(crate) struct Transaction<DB: Store> {
    connection: PoolConnection<DB>,
    begun: bool,
    tally: Arc<Tally>,
}

impl<DB: Store> Transaction<DB> {
    /// A transaction that has not begun: it is to be guarded before that.
    pub(crate) fn new(connection: PoolConnection<DB>, tally: Arc<Tally>) -> Self {
        Self { connection, begun: false, tally }
    }

    /// Begins.
    ///
    /// # Cancel safety
    ///
    /// Whether the transaction has begun is then known to the database alone; the rollback is right in either case.
    pub(crate) async fn begin(&mut self) -> sqlx::Result<()> {
        self.begun = true;
        self.tally.begun.add();
        DB::execute(&mut self.connection, DB::BEGIN.into_sql_str()).await
    }

    /// Inserts the payment of a task.
    ///
    /// # Cancel safety
    ///
    /// The payment may be part of the transaction or not.
    pub(crate) async fn pay(&mut self, plan: Plan) -> sqlx::Result<()> {
        let sql = AssertSqlSafe(format!("INSERT INTO payment VALUES ({})", plan.task));
        DB::execute(&mut self.connection, sql.into_sql_str()).await
    }
}

impl<DB: Store> AsyncDrop for Transaction<DB> {
    type Error = sqlx::Error;

    /// Commits if it was closed, and in no other case: whoever drops a transaction has not said that all is well.
    async fn async_drop(mut self, reason: ExitReason) -> sqlx::Result<()> {
        if !self.begun {
            return Ok(());
        }
        if reason == ExitReason::Closed {
            DB::execute(&mut self.connection, "COMMIT".into_sql_str()).await?;
            self.tally.committed.add();
        } else {
            DB::execute(&mut self.connection, "ROLLBACK".into_sql_str()).await?;
            self.tally.rolled_back.add();
        }
        Ok(())
    }
}
