//! A [`Connection`] with onpar: its close is an [`AsyncDrop`], and a guard sees to it.

use alloc::sync::Arc;
use core::convert::Infallible;

use onpar_core::{AsyncDrop, ExitReason};
use onpar_scope::{Guard, guard};

use crate::stories::s1::server::{AlreadyOpen, Server};

/// Closes itself asynchronously.
pub(super) struct Connection(Arc<Server>);

impl Connection {
    pub(super) async fn open(server: &Arc<Server>) -> Result<Guard<Self>, AlreadyOpen> {
        server.accept().await?;
        Ok(guard(Self(Arc::clone(server))).named("connection"))
    }

    pub(super) async fn query(&self) {
        self.0.query().await;
    }
}

impl AsyncDrop for Connection {
    type Error = Infallible;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), Infallible> {
        self.0.close().await;
        Ok(())
    }
}

/// Connects and asks. It knows nothing of timeouts or scopes, and nobody passes it anything.
pub(super) async fn do_the_thing(server: &Arc<Server>) -> Result<(), AlreadyOpen> {
    let connection = Connection::open(server).await?;
    connection.query().await;
    Ok(())
}
