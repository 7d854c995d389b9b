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
    ///
    /// What cannot be committed is rolled back, and where that fails too, the connection is closed: the pool must not hand
    /// it out with the transaction still open. The error is the first one.
    async fn async_drop(mut self, reason: ExitReason) -> sqlx::Result<()> {
        if !self.begun {
            return Ok(());
        }
        let mut result = Ok(());
        if reason == ExitReason::Closed {
            result = DB::execute(&mut self.connection, "COMMIT".into_sql_str()).await;
            if result.is_ok() {
                self.tally.committed.add();
                return result;
            }
        }
        match DB::execute(&mut self.connection, "ROLLBACK".into_sql_str()).await {
            Ok(()) => {
                self.tally.rolled_back.add();
                result
            }
            Err(error) => {
                let closed = self.connection.close().await;
                result.and(Err::<(), _>(error)).and(closed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use onpar_scope::{guard, scope};
    use sqlx::Sqlite;

    use super::*;
    use crate::store::Bank;

    /// A bank whose connection has begun a transaction, in which one more statement was executed.
    async fn begun(bank: &Bank<Sqlite>, tally: &Arc<Tally>, statement: &'static str) -> Transaction<Sqlite> {
        let mut transaction = Transaction::new(bank.connection().await.unwrap(), Arc::clone(tally));
        transaction.begin().await.unwrap();
        Sqlite::execute(&mut transaction.connection, statement.into_sql_str()).await.unwrap();
        transaction
    }

    async fn open(folder: &tempfile::TempDir) -> (Bank<Sqlite>, Arc<Tally>) {
        let url = format!("sqlite:{}", folder.path().join("bank.db").display());
        let bank = Bank::<Sqlite>::open(&url).await.unwrap();
        let sql = "CREATE TABLE refund (task REFERENCES payment DEFERRABLE INITIALLY DEFERRED)";
        Sqlite::execute(&mut bank.connection().await.unwrap(), sql.into_sql_str()).await.unwrap();
        (bank, Arc::default())
    }

    #[tokio::test]
    async fn a_commit_that_fails_is_rolled_back_and_the_pool_gets_a_connection_without_a_transaction() {
        let folder = tempfile::tempdir().unwrap();
        let (bank, tally) = open(&folder).await;
        let refused = scope(async |_| {
            // Refers to a payment that there is not, which the database finds out when it commits.
            let transaction = guard(begun(&bank, &tally, "INSERT INTO refund VALUES (7)").await);
            transaction.close().await
        });
        assert!(refused.await.is_err_and(|error| error.to_string().contains("FOREIGN KEY")));
        assert_eq!((tally.committed.get(), tally.rolled_back.get()), (0, 1));
        let next = begun(&bank, &tally, "INSERT INTO payment VALUES (7)").await;
        next.async_drop(ExitReason::Closed).await.unwrap();
        assert_eq!((bank.rows().await.unwrap(), tally.committed.get()), (1, 1));
    }

    #[tokio::test]
    async fn a_rollback_that_fails_closes_the_connection_and_the_pool_opens_another() {
        let folder = tempfile::tempdir().unwrap();
        let (bank, tally) = open(&folder).await;
        // There is nothing left to roll back, so that fails.
        let transaction = begun(&bank, &tally, "ROLLBACK; CREATE TEMPORARY TABLE here (n)").await;
        let failed = scope(async |_| drop(guard(transaction))).outcome().await;
        assert_eq!((failed.cleanup.len(), tally.rolled_back.get()), (1, 0));
        let mut next = bank.connection().await.unwrap();
        let here = Sqlite::number(&mut next, "SELECT count(*) FROM sqlite_temp_schema".into_sql_str()).await;
        assert_eq!(here.unwrap(), 0, "the same connection");
    }
}
