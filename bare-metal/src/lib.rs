//! A program for a machine without an operating system: no std, no heap, and nothing of a runtime but a clock.
//!
//! [`run`] is a node that measures. A bus is powered as long as its guard is held, whatever happens; a child blinks beside; the body
//! measures at an interval, gives a measurement up that takes too long, smooths what it has, and ends when it has measured enough.
//! Then it starts over twice, and is cut off half-way: first within a scope, which cleans up, and then as a whole, where what can no
//! longer be cleaned up is reported. All of that is in an arena which the caller lends.
//!
//! The firmware runs it on a Cortex-M3; `cargo xtask no-std` links it on the machine at hand, without std and without an
//! allocator; and the tests in `conformance/` run it there, on embassy's executor and on a virtual clock. It is the same source.
#![no_std]
#![forbid(unsafe_code)]

mod bus;
mod node;
mod report;

pub use bus::Bus;
pub use node::{Memory, run};
pub use report::Report;
