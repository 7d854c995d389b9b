//! A [`Connection`] as drivers have it today: `Drop` spawns the close.

use alloc::sync::Arc;

use crate::stories::s1::server::{AlreadyOpen, Server};

/// Closes itself in a task that nobody waits for, which is all that `Drop` can do.
pub(super) struct Connection(Arc<Server>);

impl Connection {
    pub(super) async fn open(server: &Arc<Server>) -> Result<Self, AlreadyOpen> {
        server.accept().await?;
        Ok(Self(Arc::clone(server)))
    }

    pub(super) async fn query(&self) {
        self.0.query().await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let server = Arc::clone(&self.0);
        self.0.rt.spawn(async move { server.close().await });
    }
}

/// Connects and asks. It knows nothing of timeouts, and nobody passes it anything.
pub(super) async fn do_the_thing(server: &Arc<Server>) -> Result<(), AlreadyOpen> {
    let connection = Connection::open(server).await?;
    connection.query().await;
    Ok(())
}
