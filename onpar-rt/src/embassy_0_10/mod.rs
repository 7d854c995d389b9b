//! The adapter for embassy, whose executor is at 0.10: [`Embassy`] is a clock, without std and without a heap.
//!
//! Tasks of embassy are statics of one type each, so what starts tasks of any type needs a heap: with the feature `alloc`,
//! [`Embassy`] has `Spawn`, and `EmbassyLocal` has `SpawnLocal`. Embassy begins tasks in the reverse of the order in which they
//! were started. What it lacks (calls that block, streams, packets) is no capability of these values, so code that needs it does
//! not compile, and the compiler names runtimes that have it:
//!
//! ```compile_fail,E0277
//! fn read<R: onpar_core::Blocking>(runtime: R) {}
//!
//! fn start(rt: onpar_rt::embassy_0_10::Embassy) {
//!     read(rt);
//! }
//! ```
//!
//! It works with any driver of the time (`embassy-time-driver` 0.2, which `embassy-time` 0.5 uses), and with any of its timer
//! queues. Embassy's own timers have room for one deadline a task, or for a fixed number in all. These have room for any number,
//! whoever polls them, and need no heap either.
//!
//! ```no_run
//! use std::time::Duration;
//! use embassy_executor::Spawner;
//! use onpar_core::Clock;
//! use onpar_rt::embassy_0_10::{Embassy, Timers};
//!
//! static TIMERS: Timers = Timers::new();
//!
//! #[embassy_executor::main]
//! async fn main(spawner: Spawner) {
//!     let rt = Embassy::new(spawner, &TIMERS);
//!     rt.sleep(Duration::from_millis(1)).await;
//! }
//! ```
//!
//! # How it works
//!
//! [`Timers`] is a heap whose nodes are within the sleeps, and one task of embassy that waits for the first of them. The task
//! wakes whoever waits for those that have come, and has the driver wake it for the next one.

mod handle;
#[cfg(feature = "alloc")]
mod local;

mod sleep;
mod timers;

mod queue;

#[cfg(feature = "alloc")]
mod storages;
#[cfg(feature = "alloc")]
mod task;

mod ticks;

pub use self::handle::Embassy;
#[cfg(feature = "alloc")]
pub use self::local::EmbassyLocal;
pub use self::sleep::Sleep;
#[cfg(feature = "alloc")]
pub use self::task::Task;
pub use self::timers::Timers;
