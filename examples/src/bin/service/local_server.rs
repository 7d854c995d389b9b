//! hyper's HTTP/1 server on the built-in executor of one thread: its service may be any.

use core::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use onpar::prelude::*;
use onpar::rt::local::Local;

use crate::Response;
use crate::io::Io;
use crate::service::Service;

/// Serves so many connections, or for ever. The children borrow the service.
pub(crate) async fn serve<S>(rt: &Local, service: &S, connections: Option<usize>) -> Result<()>
where
    S: Service<hyper::Request<Incoming>, Response = Response, Error = Infallible>,
{
    let mut listener = rt.listen(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    println!("http://{}", listener.local_addr()?);
    local_scope(async |s| {
        let mut accepted = 0;
        while connections.is_none_or(|connections| accepted < connections) {
            let (stream, _) = listener.accept().await?;
            accepted += 1;
            drop(s.spawn(async move {
                let answer = service_fn(async |request| service.call(request).await);
                // A client that goes away is no error of ours.
                _ = http1::Builder::new().serve_connection(Io(stream), answer).await;
            }));
        }
        Ok(())
    })
    .await
}
