//! `using` beside the three steps written one after another.

use core::convert::Infallible;
use core::hint::black_box;

use onpar_core::{AsyncDrop as _, ExitReason};
use onpar_scope::using;

use crate::Case;
use crate::connection::Connection;
use crate::drive::drive;

pub(crate) const CASES: &[Case] = &[Case::new("using", bracket, plain)];

#[expect(clippy::unused_async, reason = "as a real connection is opened")]
async fn open(number: u64) -> Result<Connection, Infallible> {
    Ok(Connection::open(number))
}

fn bracket(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            let used = using(
                open(i),
                async |connection| connection.query().await,
                async |connection: Connection, reason| connection.async_drop(reason).await,
            );
            let _ = black_box(used.await);
        }
    });
}

fn plain(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            let used = async {
                let mut connection = open(i).await?;
                let answer = connection.query().await;
                let closed = connection.async_drop(ExitReason::Ended).await;
                Ok::<_, Infallible>((answer, closed))
            };
            let _ = black_box(used.await);
        }
    });
}
