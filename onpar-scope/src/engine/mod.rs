//! The machine behind scopes, in reading order.
//!
//! * [`supervised`]: one future together with the cleanups of what it drops.
//! * [`branch`]: parts of such a future that are cleaned up apart from each other.
//! * [`handover`]: where a cleanup goes when its guard is dropped.
//! * [`driver`]: runs the children and cleanups of one scope; [`closing`]: its end, within a budget; [`adoption`]: how it takes
//!   cleanups in; [`expiry`]: its end that does not wait for them; [`family`]: its children; [`driver_ref`]: a counted
//!   reference to it; [`shared`]: what any thread may use of it.
//! * [`observer`]: what is alive in a scope that is observed; [`trace`]: the spans of the crate `tracing`.
//! * [`frame`]: what this thread is polling or dropping.
//! * [`owned`]: the node of a cleanup that nobody else knows yet; [`node`]: one cleanup or child on the heap;
//!   [`cleanup_node`] and [`child_node`]: what only they have; [`waker`](mod@waker): the way back to it; [`job`],
//!   [`child_job`], [`fallible_job`] and [`shield_job`]: what they run; [`errors`]: what those leave that fail.
//! * [`budget`], [`pending`], [`ending`], [`waiting`], [`once_box`], [`order`], [`list`], [`ready`], [`state`], [`memory`]:
//!   what these are made of.
//!
//! Drivers and nodes know each other: a node has its home, which it wakes; a driver has its nodes; a frame leads from a
//! thread to both; and the lists, the order and the stack are made of the nodes' own links. These files are the one
//! circle. Everything else uses what stands below it.
//!
//! This folder is one of the rooms in which `unsafe` is allowed.
#![expect(unsafe_code, reason = "intrusive nodes, wakers and the frames of a thread; each with its proof")]

pub(crate) mod supervised;

pub(crate) mod branch;

pub(crate) mod handover;

pub(crate) mod driver;

mod closing;

mod adoption;

mod expiry;

pub(crate) mod family;

pub(crate) mod driver_ref;

pub(crate) mod shared;

pub(crate) mod observer;

mod trace;

pub(crate) mod frame;

pub(crate) mod owned;

pub(crate) mod node;

pub(crate) mod cleanup_node;

pub(crate) mod child_node;

pub(crate) mod waker;

pub(crate) mod job;

pub(crate) mod child_job;

pub(crate) mod fallible_job;

pub(crate) mod shield_job;

pub(crate) mod errors;

pub(crate) mod budget;

pub(crate) mod pending;

mod ending;

mod waiting;

mod once_box;

pub(crate) mod order;

pub(crate) mod list;

pub(crate) mod ready;

pub(crate) mod state;

pub(crate) mod memory;

#[cfg(all(test, loom))]
mod loom_model;
