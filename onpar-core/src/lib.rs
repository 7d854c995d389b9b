//! The traits that the rest of onpar, and any library that wants to be free of a runtime, builds on.
//!
//! * [`AsyncDrop`] and [`LocalAsyncDrop`]: values whose end needs `.await`, told *why* they end by an [`ExitReason`].
//! * [`Clock`]: time as a value, measured in [`Instant`]s, and [`Elapsed`]: a deadline came first.
//! * [`Spawn`] and [`SpawnLocal`]: tasks, as a value. [`Blocking`]: calls that block.
//! * [`Connect`], [`Listen`] and [`Datagram`]: streams and packets; what reads and writes them is named by who uses them.
//! * [`ErasedClock`] and its kin: the same without a type parameter.
//! * [`callback`]: async callbacks whose futures are `Send`, as bounds.
//! * [`limit!`](crate::limit): a number that is not zero.
//!
//! Capabilities are values: what needs time takes a [`Clock`], what starts tasks takes a [`Spawn`]. There is no ambient
//! runtime, so nothing here can panic for want of one: without the value, the program does not compile.
//!
//! The crate is `no_std`, has no dependency, and one line of `unsafe` code: a [`JoinError`] may be shared between threads. The
//! feature `alloc` (on by default) adds what needs a heap. It is meant to change rarely: adapters live in `onpar-rt`, scopes in
//! `onpar-scope`.
#![no_std]
#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

mod async_drop;
mod blocking;
pub mod callback;
mod cancel_reason;
mod clock;
mod connect;
mod datagram;
mod elapsed;
#[cfg(feature = "alloc")]
mod erased;
mod exit_reason;
mod instant;
mod join_error;
mod limit;
mod listen;
#[cfg(feature = "alloc")]
mod payload;
mod spawn;

pub use async_drop::{ArrayError, AsyncDrop, LocalAsyncDrop, TupleError};
#[cfg(feature = "alloc")]
pub use async_drop::{BoxAsyncDrop, BoxError, LocalBoxAsyncDrop, VecError};
pub use blocking::Blocking;
pub use cancel_reason::CancelReason;
pub use clock::Clock;
pub use connect::Connect;
pub use datagram::{Datagram, DatagramSocket, RecvFrom, SendTo};
pub use elapsed::Elapsed;
#[cfg(feature = "alloc")]
pub use erased::{
    BoxDatagramSocket, BoxListener, ErasedBlocking, ErasedClock, ErasedConnect, ErasedDatagram, ErasedListen,
    ErasedLocalTask, ErasedSleep, ErasedSpawn, ErasedSpawnLocal, ErasedTask, MapConnecting, MapIo, MapListener,
    MapListening,
};
pub use exit_reason::ExitReason;
pub use instant::Instant;
pub use join_error::JoinError;
pub use listen::{Accept, Listen, Listener};
pub use spawn::{Spawn, SpawnLocal};
