//! SQLite as a [`Store`].

use core::str::FromStr as _;
use core::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{SqlSafeStr as _, SqlStr, Sqlite, SqliteConnection};

use crate::store::Store;

/// What SQLite says when another connection holds the lock.
const BUSY: &str = "5";

impl Store for Sqlite {
    const BEGIN: &'static str = "BEGIN IMMEDIATE";

    fn options(url: &str) -> sqlx::Result<SqliteConnectOptions> {
        // With a busy timeout the observer would wait for the lock that it is to report.
        let options = SqliteConnectOptions::from_str(url)?.create_if_missing(true);
        Ok(options.journal_mode(SqliteJournalMode::Wal).busy_timeout(Duration::ZERO))
    }

    async fn execute(connection: &mut SqliteConnection, sql: SqlStr) -> sqlx::Result<()> {
        sqlx::raw_sql(sql).execute(connection).await.map(drop)
    }

    async fn number(connection: &mut SqliteConnection, sql: SqlStr) -> sqlx::Result<i64> {
        sqlx::query_scalar(sql).fetch_one(connection).await
    }

    /// Tries for the lock that every transaction takes at its beginning.
    async fn someone_is_writing(observer: &mut SqliteConnection) -> sqlx::Result<bool> {
        match Self::execute(observer, Self::BEGIN.into_sql_str()).await {
            Ok(()) => Self::execute(observer, "ROLLBACK".into_sql_str()).await.map(|()| false),
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(BUSY) => Ok(true),
            Err(other) => Err(other),
        }
    }
}
