//! [`drop_runtime`]: tasks that are connected when their runtime is dropped.

use alloc::sync::Arc;

use crate::executor::{Executor, Rt};
use crate::stories::s1::server::Server;

/// Runs a task for each of so many new servers, which live longer, until all have connected; then the runtime is dropped.
pub(super) fn drop_runtime<Fut>(
    executor: Executor,
    tasks: usize,
    task: impl Fn(Arc<Server>, Rt) -> Fut,
) -> Vec<Arc<Server>>
where
    Fut: Future<Output = ()> + Send + 'static,
{
    executor.run(|rt| {
        let servers: Vec<_> = (0..tasks).map(|_| Arc::<Server>::default()).collect();
        for server in &servers {
            rt.spawn(task(Arc::clone(server), rt.clone()));
        }
        async move {
            while servers.iter().any(|server| !server.is_open()) {
                rt.millis(1).await;
            }
            servers
        }
    })
}
