//! The built-in executor: one thread, and a timer. No helper thread, no global state, and no reactor unless it is asked for.
//!
//! [`run`] gives the body its runtime, [`Local`], as a value: a [`SpawnLocal`](onpar_core::SpawnLocal) and a
//! [`Clock`](onpar_core::Clock). [`block_on`] runs a future that needs neither.
//!
//! ```
//! use std::time::Duration;
//! use onpar_core::Clock;
//! use onpar_rt::local;
//!
//! local::run(async |rt| rt.sleep(Duration::from_millis(1)).await);
//! assert_eq!(local::block_on(async { 6 * 7 }), 42);
//! ```
//!
//! The feature `local-net` adds TCP, UDP and the sockets of Unix, and `local-blocking` calls that block.
//!
//! # How it works
//!
//! Tasks live in a slab, and those whose turn it is in a queue, which only the executor's thread can reach. What other threads
//! can reach is behind one mutex: a list of the tasks that they have woken, and a heap of timers. When nothing is to be done,
//! the thread parks until it is woken or the next deadline comes. So a waker may be called, and a [`Sleep`] polled, on any
//! thread.
//!
//! A task costs one allocation, its future, in whose place the output is put; its place in the slab has a waker from the task
//! that had it before. A sleep costs none, as long as the heap has room: it keeps its entry while it is reset.
#![expect(clippy::std_instead_of_alloc, reason = "a module that needs std has no layers to show")]

mod block_on;
mod handle;

#[cfg(feature = "local-blocking")]
mod blocking;
#[cfg(feature = "local-net")]
mod net;

mod clock;
mod sleep;
mod task;

mod tasks;

mod running;
pub(crate) mod shared;

mod timers;

mod key;

pub use self::block_on::{block_on, run};
pub use self::clock::LocalClock;
pub use self::handle::Local;
#[cfg(feature = "local-net")]
pub use self::net::{Accepting, Connecting, Packets, Stream};
pub use self::sleep::Sleep;
pub use self::task::LocalTask;
#[cfg(feature = "local-blocking")]
pub use crate::unblock::Call;
