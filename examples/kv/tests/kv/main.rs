//! The server from outside: on each runtime, and in the simulation, over a network that is made here.
#![expect(clippy::std_instead_of_alloc, clippy::std_instead_of_core, reason = "a test has no layers to show")]
#![expect(clippy::unwrap_used, reason = "a test fails by panics")]

mod builds;
mod dialogues;
mod hostile;
mod messages;
mod shutdown;

mod client;
mod disk;
mod network;
mod server;
