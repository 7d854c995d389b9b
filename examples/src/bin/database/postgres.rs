//! PostgreSQL as a [`Store`].

use sqlx::{PgConnection, Postgres, SqlSafeStr as _, SqlStr};

use crate::store::Store;

impl Store for Postgres {
    const BEGIN: &'static str = "BEGIN";

    async fn execute(connection: &mut PgConnection, sql: SqlStr) -> sqlx::Result<()> {
        sqlx::raw_sql(sql).execute(connection).await.map(drop)
    }

    async fn number(connection: &mut PgConnection, sql: SqlStr) -> sqlx::Result<i64> {
        sqlx::query_scalar(sql).fetch_one(connection).await
    }

    /// Asks the server what the other connections to this database are doing.
    async fn someone_is_writing(observer: &mut PgConnection) -> sqlx::Result<bool> {
        let sql = "SELECT count(*) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid() \
                   AND (state LIKE 'idle in transaction%' OR backend_xid IS NOT NULL)";
        Self::number(observer, sql.into_sql_str()).await.map(|count| count > 0)
    }
}
