//! [`Orders`]: a table of a SQLite database, and how it is loaded.

use anyhow::Result;
use futures::stream::{BoxStream, TryStreamExt as _};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::mpsc::Sender;

const ITEMS_OF_AN_ORDER: i64 = 3;

/// So many orders, each of which has three items.
pub(crate) struct Orders {
    connection: SqliteConnection,
    rows: u32,
}

/// The rows that are still to be read.
pub(crate) type Rows<'a> = BoxStream<'a, sqlx::Result<(i64,)>>;

impl Orders {
    /// In the memory of this process.
    pub(crate) async fn create(rows: u32) -> Result<Self> {
        let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().in_memory(true)).await?;
        sqlx::query("CREATE TABLE orders (number INTEGER PRIMARY KEY)").execute(&mut connection).await?;
        let mut transaction = connection.begin().await?;
        for number in 0..rows {
            sqlx::query("INSERT INTO orders VALUES (?)").bind(number).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(Self { connection, rows })
    }

    pub(crate) fn rows(&mut self) -> Rows<'_> {
        sqlx::query_as("SELECT number FROM orders ORDER BY number").fetch(&mut self.connection)
    }

    /// All items, in order.
    pub(crate) fn items(&self) -> Vec<i64> {
        (0..i64::from(self.rows)).flat_map(items_of).collect()
    }
}

fn items_of(order: i64) -> impl Iterator<Item = i64> {
    (0..ITEMS_OF_AN_ORDER).map(move |item| order * ITEMS_OF_AN_ORDER + item)
}

/// Reads what is left, and sends the items on.
///
/// # Cancel safety
///
/// None: the items of a row that has been read and not yet sent are lost.
pub(crate) async fn read_send(rows: &mut Rows<'_>, out: &Sender<i64>) -> Result<()> {
    while let Some((order,)) = rows.try_next().await? {
        for item in items_of(order) {
            out.send(item).await?;
        }
    }
    Ok(())
}
