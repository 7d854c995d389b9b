//! One trait for services, and middleware over it that is written once: behind hyper's HTTP/1 server on tokio's threads, as a
//! list of routes, and around a service that is not `Send`, on the built-in executor of one thread.
//!
//! ```text
//! cargo run -p onpar-examples --bin service                     # on all threads; try curl http://127.0.0.1:<port>/hello
//! cargo run -p onpar-examples --bin service -- --local          # on one thread, with a service that is not `Send`
//! cargo run -p onpar-examples --bin service -- --connections 3  # ends after three connections
//! ```
//!
//! `service.rs` has the trait, `log.rs`, `timeout.rs` and `retry.rs` the middleware: an `async fn` each, with no box and no
//! macro but the attribute. `routes.rs` chooses among trait objects. `http.rs`
//! leads from hyper's requests to ours and is written once too; a server for each executor calls it.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::std_instead_of_core, reason = "a program, not a library")]

extern crate alloc;

mod service;

mod log;
mod retry;
mod timeout;

mod routes;

mod handlers;

mod http;
mod local_server;
mod threads_server;

mod io;

use alloc::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Parser;

use self::handlers::{Counter, Flaky, Hello, Slow};
use self::http::Http;
use self::log::Log;
use self::retry::Retry;
use self::routes::Routes;
use self::service::Service;
use self::timeout::Timeout;

/// A request whose body has been read, so that it can be sent again.
type Request = hyper::Request<hyper::body::Bytes>;
type Response = hyper::Response<http_body_util::Full<hyper::body::Bytes>>;

const LIMIT: Duration = Duration::from_millis(200);

/// An HTTP server of a few routes.
#[derive(Parser)]
struct Options {
    /// Runs on one thread, with a service that is not `Send`.
    #[arg(long)]
    local: bool,
    /// Ends after so many connections.
    #[arg(long)]
    connections: Option<usize>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if options.local {
        onpar::rt::local::run(async |rt| {
            // Not `Send`, and in the same middleware.
            let counter = Log(Retry(Timeout { inner: Counter::default(), clock: rt.clock(), limit: LIMIT }));
            local_server::serve(&rt, &Http(counter), options.connections).await
        })
    } else {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")?;
        runtime.block_on(async {
            let rt = onpar::rt::tokio_1::Tokio::current()?;
            let limited = |inner| Timeout { inner, clock: rt.clone(), limit: LIMIT };
            // Each handler knows the plain trait alone. That its futures are `Send` is proved here.
            let routes = Routes::default()
                .at("/hello", Service!(Hello))
                .at("/slow", Timeout { inner: Service!(Slow(rt.clone())), clock: rt.clone(), limit: LIMIT })
                .at("/flaky", Service!(Retry(limited(Flaky::default()))));
            threads_server::serve(&rt, Arc::new(Http(Log(routes))), options.connections).await
        })
    }
}
