//! Concurrent pipelines: [`concurrent(limit)`](crate::AsyncIterator::concurrent), then stages, then an end.
//!
//! A pipeline is no stream: a stream is polled when an item is asked for, and what it has begun would stand still in
//! between, with its locks and its deadlines. A pipeline is driven to its end by one future, which owns all stages and polls
//! whatever has been woken in any of them. So nothing in it waits for a loop body outside of it, and stages that share a lock
//! cannot wait for each other for ever.
//!
//! [`Concurrent`] builds it of [`Stage`]s: a [`Source`], or one with a [`Claim`] on every item, and a [`Running`] for each
//! closure, whose calls stand in `Slots`. [`Drive`] is the future.

mod claim;
mod drive;
mod pipeline;
mod running;
mod slots;
mod source;
mod wakes;

pub use claim::{Claim, Claimed};
pub use drive::Drive;
pub use pipeline::Concurrent;
pub use running::{Every, Running};
pub use source::{Source, Stage, Ticket};
