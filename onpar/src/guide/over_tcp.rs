//! Over TCP: a server that ends in good order, a child for each of its connections, and a client.
//!
//! The network is a capability as time is: what listens takes a value that is [`Listen`](crate::Listen), what calls takes one that
//! is [`Connect`](crate::Connect). This program is written once; its last line but one names the runtime, here the built-in one with
//! the feature `local-net`, and elsewhere `onpar::rt::tokio_1::run` or `onpar::rt::smol_2::run`. For reading and writing there is no
//! trait in std, so the streams of all runtimes have those of the crate `futures`.
//!
//! The connections are a stream, which [`take_until`](crate::iter::AsyncStreamExt::take_until) ends. They are served by children of
//! a scope, which borrow, and need no `Arc` and no task of the runtime's; where one thread is not enough,
//! `s.spawn_on(rt, echo(stream))` in a [`scope`](crate::scope()) starts a task for each that belongs to the scope all the same; it
//! asks for `R: Spawn`, and for streams that are `Send + 'static`, as those of tokio and smol are. When nobody is let in any more,
//! the scope waits for those who are there, in a race with the end of their time.
//!
#![cfg_attr(any(not(doctest), all(feature = "iter", feature = "local-net")), doc = "```")]
#![cfg_attr(any(not(doctest), all(feature = "iter", feature = "local-net")), doc = include_str!("../../examples/echo.rs"))]
#![cfg_attr(any(not(doctest), all(feature = "iter", feature = "local-net")), doc = "```")]
//!
//! It is `cargo run -p onpar --example echo --features local-net`. A service as it grows up, with limits, a journal on the disk and
//! a program for each runtime, is `examples/kv` in the repository.
