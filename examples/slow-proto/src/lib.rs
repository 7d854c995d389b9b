//! A request/response protocol over streams of bytes, by a library that knows no runtime.
//!
//! It is what a library looks like that is written on `onpar-core`: what it needs of a runtime, it takes as a value. A server
//! needs tasks, time and a listener (`Spawn`, `Clock`, `Listener`); a client needs time and a stream (`Clock`, `Connect`).
//! Whoever calls brings the runtime: tokio, smol, the built-in executor, or one that this crate has never heard of.
//!
//! A [`Server`] starts a task for each connection, up to a limit. It reads the next request only when the last one has been
//! answered, so that a client that is too fast is held back by its own stream. It limits the time of each step, so that a client
//! that is too slow, or malicious, holds nothing. When it is told to close, it first answers what it has begun to read.
//! [`Client`] has a deadline for each call.
//!
//! No type here needs the runtime's type as a parameter: [`AnyRuntime`] holds a runtime without it.
//!
//! ```
//! use std::net::SocketAddr;
//! use std::time::Duration;
//! use onpar::prelude::*;
//! use slow_proto::{Client, Limits, Server};
//!
//! onpar::rt::tokio_1::run(async |rt| {
//!     let anywhere: SocketAddr = "127.0.0.1:0".parse()?;
//!     let mut listener = rt.listen(&anywhere).await?;
//!     let address = listener.local_addr()?;
//!     let server = Server::new(async |request: Vec<u8>| [request, b"!".to_vec()].concat(), Limits::default());
//!     let close = server.closing();
//!     scope(async |s| {
//!         let ended = s.spawn(server.serve(&rt, &mut listener));
//!         let mut client = Client::connect(&rt, address, Limits::default()).await?;
//!         assert_eq!(client.call(b"hello", Duration::from_secs(1)).await?, b"hello!");
//!         close.close();
//!         assert_eq!(ended.await.answered, 1);
//!         Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
//!     })
//!     .await
//! })
//! .unwrap();
//! ```
#![forbid(unsafe_code)]
#![expect(clippy::std_instead_of_alloc, reason = "a library on sockets has no layers to show")]

mod server;

mod conversation;

mod client;

mod any_runtime;

mod connections;

mod limits;

mod within;

mod frame;

pub use self::any_runtime::{AnyRuntime, Duplex, Stream};
pub use self::client::{CallError, Client};
pub use self::connections::Closing;
pub use self::conversation::{Broken, End};
pub use self::frame::FrameError;
pub use self::limits::Limits;
pub use self::server::{Served, Server};
