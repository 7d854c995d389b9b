//! hyper's HTTP/1 server on tokio's threads: each connection is a task, so its service is one whose futures are `Send`.

use alloc::sync::Arc;
use core::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use onpar::prelude::*;
use onpar::rt::tokio_1::Tokio;

use crate::Response;
use crate::io::Io;
use crate::service::SendService;

/// Serves so many connections, or for ever. The tasks share the service.
pub(crate) async fn serve<S>(rt: &Tokio, service: Arc<S>, connections: Option<usize>) -> Result<()>
where
    S: SendService<hyper::Request<Incoming>, Response = Response, Error = Infallible> + Send + Sync + 'static,
{
    let mut listener = rt.listen(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    println!("http://{}", listener.local_addr()?);
    scope(async |s| {
        let mut accepted = 0;
        while connections.is_none_or(|connections| accepted < connections) {
            let (stream, _) = listener.accept().await?;
            accepted += 1;
            let service = Arc::clone(&service);
            drop(s.spawn_on(rt, async move {
                let answer = service_fn(async |request| service.call(request).await);
                // A client that goes away is no error of ours.
                _ = http1::Builder::new().serve_connection(Io(stream), answer).await;
            }));
        }
        Ok(())
    })
    .await
}
