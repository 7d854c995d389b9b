//! A [`Connection`] with onpar: its close is an [`AsyncDrop`], and a guard sees to it.

use alloc::sync::Arc;
use core::convert::Infallible;

use onpar_core::{AsyncDrop, ExitReason};
use onpar_scope::{Guard, guard};

use crate::executor::Rt;
use crate::stories::s1::server::{AlreadyOpen, QUERY, Server};

/// What its guard is called in reports.
pub(super) const NAME: &str = "connection";

/// Closes itself asynchronously.
pub(super) struct Connection {
    server: Arc<Server>,
    rt: Rt,
}

impl Connection {
    pub(super) async fn open(server: &Arc<Server>, rt: &Rt) -> Result<Guard<Self>, AlreadyOpen> {
        server.accept(rt).await?;
        Ok(guard(Self { server: Arc::clone(server), rt: rt.clone() }).named(NAME))
    }

    /// From now on, it takes its time from this clock.
    pub(super) fn closes_on(&mut self, rt: &Rt) {
        self.rt = rt.clone();
    }

    pub(super) async fn query(&self) {
        self.rt.millis(QUERY).await;
    }
}

impl AsyncDrop for Connection {
    type Error = Infallible;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), Infallible> {
        self.server.close(&self.rt).await;
        Ok(())
    }
}

/// Connects and asks. It knows nothing of timeouts or scopes, and nobody passes it anything.
pub(super) async fn do_the_thing(server: &Arc<Server>, rt: &Rt) -> Result<(), AlreadyOpen> {
    let connection = Connection::open(server, rt).await?;
    connection.query().await;
    Ok(())
}
