//! [`while_serving`]: a server beside the code that talks to it.

use futures::channel::oneshot;
use futures::{AsyncRead, AsyncWrite};
use onpar::prelude::*;
use onpar_kv::{Settings, Store, serve};

use crate::disk::Paper;

/// Runs a body, and a server for as long.
pub(crate) async fn while_serving<R, L, T>(rt: &R, listener: L, settings: Settings, body: impl Future<Output = T>) -> T
where
    R: Clock + Blocking,
    L: Listener<Io: AsyncRead + AsyncWrite + Unpin>,
{
    let (stop, stopped) = oneshot::channel::<()>();
    let served = serve(rt, listener, Store::default(), None::<Paper>, settings, async { _ = stopped.await });
    let body = async {
        let value = body.await;
        drop(stop);
        value
    };
    let (served, value) = join((served, body)).await;
    served.unwrap();
    value
}
