//! Tests of async code that do not depend on luck.
//!
//! * [`sim`]: a runtime with a seeded schedule and a virtual clock. Deadlocks, livelocks and forgotten tasks are errors
//!   that name the task and the line that started it.
//! * [`every_poll`](mod@every_poll): runs a piece of code once for each of its polls, and there cancels it, panics in it,
//!   or calls back.
//! * [`by_hand`]: polls a future one poll at a time.
//! * [`probe`]: measures the time between a wake and the poll that follows it.
//! * [`alloc_counter`]: counts allocations.
//! * [`conformance`]: checks that a runtime keeps what the traits of [`onpar_core`] promise.
//!
//! Nothing here reads a clock of the operating system, but for the watch that ends a check of `conformance` that hangs.
//!
//! # Examples
//!
//! ```
//! use std::time::Duration;
//! use onpar_test::{Clock, Sim, Spawn};
//!
//! Sim::check(0..50, async |rt| {
//!     let sleeper = rt.spawn({
//!         let rt = rt.clone();
//!         async move { rt.sleep(Duration::from_secs(3600)).await }
//!     });
//!     sleeper.await.unwrap();
//! });
//! ```
#![deny(unsafe_code)]
#![expect(clippy::std_instead_of_alloc, reason = "a crate that needs std has no layers to show")]

pub mod sim;

pub mod every_poll;

pub mod by_hand;

pub mod probe;

pub mod alloc_counter;

pub mod conformance;

pub use alloc_counter::{Allocations, CountingAllocator, allocations, live_bytes};
pub use by_hand::ByHand;
pub use conformance::{Conformance, Nonconforming};
pub use every_poll::{Boundary, InjectedPanic, Trigger, every_poll};
pub use onpar_core::{Clock, Instant, JoinError, Spawn, SpawnLocal};
pub use probe::ProbeLog;
pub use sim::{Order, Rt, Sim, SimError};
