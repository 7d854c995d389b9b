//! A program for a machine without an operating system: no std, no heap, and nothing of a runtime but a clock.
//!
//! [`run`] is a node that measures. It powers a bus, and whatever happens, powers it down again; it measures at an interval, gives
//! a measurement up that takes too long, smooths what it has, blinks beside, and ends when it has measured enough. Then it starts
//! over, and is switched off half-way: what can no longer be cleaned up is reported.
//!
//! The firmware runs it on a Cortex-M3; `cargo xtask no-std` links it on the machine at hand, without std and without an
//! allocator; and the tests in `conformance/` run it there, on embassy's executor and on a virtual clock. It is the same source.
#![no_std]
#![forbid(unsafe_code)]

mod bus;
mod node;
mod report;

pub use bus::Bus;
pub use node::run;
pub use report::Report;
