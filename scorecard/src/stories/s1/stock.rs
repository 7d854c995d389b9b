//! A [`Connection`] as drivers have it today: `Drop` spawns the close.

use alloc::sync::Arc;

use crate::executor::Rt;
use crate::stories::s1::server::{AlreadyOpen, QUERY, Server};

/// Closes itself in a task that nobody waits for, which is all that `Drop` can do.
pub(super) struct Connection {
    server: Arc<Server>,
    rt: Rt,
}

impl Connection {
    pub(super) async fn open(server: &Arc<Server>, rt: &Rt) -> Result<Self, AlreadyOpen> {
        server.accept(rt).await?;
        Ok(Self { server: Arc::clone(server), rt: rt.clone() })
    }

    pub(super) async fn query(&self) {
        self.rt.millis(QUERY).await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let (server, rt) = (Arc::clone(&self.server), self.rt.clone());
        self.rt.spawn(async move { server.close(&rt).await });
    }
}

/// Connects and asks. It knows nothing of timeouts, and nobody passes it anything.
pub(super) async fn do_the_thing(server: &Arc<Server>, rt: &Rt) -> Result<(), AlreadyOpen> {
    let connection = Connection::open(server, rt).await?;
    connection.query().await;
    Ok(())
}
