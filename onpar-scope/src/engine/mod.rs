//! The machine behind scopes, in reading order: each file uses only those below it.
//!
//! * [`supervised`]: one future together with the cleanups of what it drops.
//! * [`handover`]: where a cleanup goes when its guard is dropped.
//! * [`driver`]: runs the cleanups of one scope; [`expiry`]: its end that does not wait for them.
//! * [`family`]: its children, and [`child_job`]: what one runs.
//! * [`driver_ref`]: a counted reference to a driver.
//! * [`frame`]: what this thread is polling or dropping.
//! * [`budget`]: how long cleanups may take.
//! * [`job`]: a value and how it is cleaned up.
//! * [`node`], [`order`], [`list`], [`pending`], [`ready`], [`state`]: the data structures; [`memory`]: theirs.
//!
//! This folder is one of the rooms in which `unsafe` is allowed. A node knows its home, the driver that polls it, and the
//! driver knows its nodes: that is the one circle among the files.
#![expect(unsafe_code, reason = "intrusive nodes, wakers and the frames on the stack; each with its proof")]

pub(crate) mod budget;
pub(crate) mod child_job;
pub(crate) mod driver;
pub(crate) mod driver_ref;
mod expiry;
pub(crate) mod family;
pub(crate) mod frame;
pub(crate) mod handover;
pub(crate) mod job;
pub(crate) mod list;
#[cfg(all(test, loom))]
mod loom_model;
mod memory;
pub(crate) mod node;
pub(crate) mod order;
pub(crate) mod pending;
pub(crate) mod ready;
pub(crate) mod state;
pub(crate) mod supervised;
