//! [`Store`]: what the program needs of a database, and [`Bank`]: one that is set up for it.

use core::str::FromStr;

use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::{Connection, Database, Pool, SqlSafeStr as _, SqlStr};

/// A database that this program knows.
pub(crate) trait Store: Database {
    /// Begins a transaction that locks what it writes at once, so that it matters whether it is left open.
    const BEGIN: &'static str;

    /// How to get to it.
    fn options(url: &str) -> sqlx::Result<<Self::Connection as Connection>::Options> {
        FromStr::from_str(url)
    }

    /// Executes a statement.
    ///
    /// # Cancel safety
    ///
    /// The statement may be executed or not; the connection waits for it before it does anything else.
    fn execute(connection: &mut Self::Connection, sql: SqlStr) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// Asks for one number.
    fn number(connection: &mut Self::Connection, sql: SqlStr) -> impl Future<Output = sqlx::Result<i64>> + Send;

    /// Whether a transaction of another connection is open.
    fn someone_is_writing(observer: &mut Self::Connection) -> impl Future<Output = sqlx::Result<bool>> + Send;
}

/// An empty table of payments, and the pool of one connection that everybody shares.
#[derive(Debug)]
pub(crate) struct Bank<DB: Store> {
    pub(crate) pool: Pool<DB>,
    options: <DB::Connection as Connection>::Options,
}

impl<DB: Store> Bank<DB> {
    pub(crate) async fn open(url: &str) -> sqlx::Result<Self> {
        let options = DB::options(url)?;
        // No ping before each use: a task that is cancelled during the ping would cost the pool its connection, which is
        // another story than the one told here.
        let pool = PoolOptions::new().max_connections(1).test_before_acquire(false);
        let pool = pool.connect_with(options.clone()).await?;
        let mut connection = pool.acquire().await?;
        DB::execute(&mut connection, "DROP TABLE IF EXISTS payment".into_sql_str()).await?;
        DB::execute(&mut connection, "CREATE TABLE payment (task BIGINT PRIMARY KEY)".into_sql_str()).await?;
        Ok(Self { pool, options })
    }

    /// A connection of one's own, to look at the database from outside the pool.
    pub(crate) async fn observer(&self) -> sqlx::Result<DB::Connection> {
        DB::Connection::connect_with(&self.options).await
    }

    /// The connection of the pool.
    pub(crate) async fn connection(&self) -> sqlx::Result<PoolConnection<DB>> {
        self.pool.acquire().await
    }

    /// How many payments the database knows of.
    pub(crate) async fn rows(&self) -> sqlx::Result<i64> {
        let mut connection = self.connection().await?;
        DB::number(&mut connection, "SELECT count(*) FROM payment".into_sql_str()).await
    }
}
