//! [`Serves`]: what the situations need of a runtime, whether its tasks move or not.

use core::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::io;

use futures::future::{BoxFuture, LocalBoxFuture};
use futures::io::{AsyncRead, AsyncWrite};
use onpar::prelude::*;
use slow_proto::{Served, Server};

/// Any free port here.
pub(crate) const ANYWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// How a server answers here.
pub(crate) trait Answer: Fn(Vec<u8>) -> BoxFuture<'static, Vec<u8>> + Clone + Send + Sync + 'static {}
impl<H: Fn(Vec<u8>) -> BoxFuture<'static, Vec<u8>> + Clone + Send + Sync + 'static> Answer for H {}

pub(crate) trait Serves:
    Clock
    + Connect<Io: AsyncRead + AsyncWrite + Unpin, Error = io::Error>
    + Listen<Error = io::Error, Listener: Listener<Address = SocketAddr, Error = io::Error>>
    + 'static
{
    /// Starts a server as a task.
    fn start(&self, server: Server<impl Answer>, listener: Self::Listener) -> LocalBoxFuture<'static, Served>;
}

/// For runtimes whose tasks move, by `spawn, serve`, and for those whose tasks stay, by `spawn_local, serve_local`.
macro_rules! serves {
    ($spawn:ident, $serve:ident: $($Runtime:ty),*) => {$(
        impl Serves for $Runtime {
            fn start(
                &self,
                server: slow_proto::Server<impl Answer>,
                mut listener: Self::Listener,
            ) -> futures::future::LocalBoxFuture<'static, slow_proto::Served> {
                let rt = self.clone();
                let task = self.$spawn(async move { server.$serve(&rt, &mut listener).await });
                Box::pin(async { task.await.expect("a server does not panic") })
            }
        }
    )*};
}

pub(crate) use serves;
