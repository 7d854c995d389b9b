//! The adapter for compio 0.19, a runtime of one thread a core: [`Compio`] has local tasks, a clock, calls that block, streams and
//! packets.
//!
//! Compio waits by `io_uring` where the system has it, and otherwise as others do. Its own streams own the buffers that the
//! system writes into; those here are lent theirs, as the traits of `futures-io` have it, and so wait for readiness, by the same
//! ring. Nothing is copied in between, and a read that is dropped loses nothing.
//!
//! It is there on Unix. Tasks stay on their thread, so there is no `Spawn`.
//!
//! ```
//! use std::time::Duration;
//! use onpar_core::{Clock, SpawnLocal};
//!
//! onpar_rt::compio_0_19::run(async |rt| {
//!     let answer = rt.spawn_local(async { 42 });
//!     rt.sleep(Duration::from_millis(1)).await;
//!     assert_eq!(answer.await.unwrap(), 42);
//! });
//! ```

mod handle;

mod net;
mod packets;
mod stream;
mod unix;

mod sleep;
mod task;
mod tasks;

pub use self::handle::{Compio, run};
pub use self::net::{Accepting, Opening};
pub use self::packets::Packets;
pub use self::sleep::Sleep;
pub use self::stream::Stream;
pub use self::task::Task;
