//! [`run_and_abort`]: a task that is cut off where it stands.

use core::pin::pin;

use futures::future::select;
use tokio::task::JoinSet;

use crate::executor::Rt;

/// Enough to connect, and not enough for a query.
const ABORTED_AFTER: u64 = 10;

/// Runs `task` as a task of its own, and aborts it: on tokio by `JoinSet::shutdown`, which waits until it has been dropped;
/// on the foreign executor, its future is dropped.
pub(super) async fn run_and_abort(rt: &Rt, task: impl Future<Output: Send + 'static> + Send + 'static) {
    match rt {
        Rt::Tokio(_) => {
            let mut set = JoinSet::new();
            set.spawn(task);
            rt.millis(ABORTED_AFTER).await;
            set.shutdown().await;
        }
        Rt::Foreign(_) => {
            let task = Box::pin(task);
            drop(select(task, pin!(rt.millis(ABORTED_AFTER))).await);
        }
    }
}
