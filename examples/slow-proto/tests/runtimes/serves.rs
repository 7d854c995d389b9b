//! [`Serves`]: what the situations need of a runtime, whether its tasks move or not.

use core::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::io;

use futures::future::{BoxFuture, FutureExt as _, LocalBoxFuture};
use futures::io::{AsyncRead, AsyncWrite};
use onpar::prelude::*;
use onpar_rt::local::Local;
use onpar_rt::smol_2::Smol;
use onpar_rt::tokio_1::Tokio;
use slow_proto::{AnyRuntime, Served, Server};

use crate::both::Both;
use crate::memory::Memory;

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

macro_rules! serves {
    ($spawn:ident, $serve:ident: $($Runtime:ty),*) => {$(
        impl Serves for $Runtime {
            fn start(
                &self,
                server: Server<impl Answer>,
                mut listener: Self::Listener,
            ) -> LocalBoxFuture<'static, Served> {
                let rt = self.clone();
                let task = self.$spawn(async move { server.$serve(&rt, &mut listener).await });
                task.map(|served| served.expect("a server does not panic")).boxed_local()
            }
        }
    )*};
}

serves! { spawn, serve: Tokio, Smol, AnyRuntime, Memory }
serves! {
    spawn_local, serve_local:
    Local, Both<onpar_rt::tokio_1::TokioLocal, Tokio>, Both<onpar_rt::smol_2::SmolLocal, Smol>
}
