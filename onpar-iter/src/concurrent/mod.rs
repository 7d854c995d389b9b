//! Concurrent pipelines: [`concurrent(limit)`](crate::AsyncIterator::concurrent), then stages, then an end.
//!
//! A pipeline is no stream: a stream is polled when an item is asked for, and what it has begun would stand still in
//! between, with its locks and its deadlines. A pipeline is driven to its end by one future, which owns all stages and polls
//! whatever has been woken in any of them. So nothing in it waits for a loop body outside of it, and stages that share a lock
//! cannot wait for each other for ever.
//!
//! [`Concurrent`] builds it of [`Stage`]s: a [`Source`], a [`Running`] for each closure, whose calls stand in `Slots`, and
//! stages that keep account: [`Claimed`], [`Lent`], [`Watched`]; at the end perhaps [`InTurn`], for a closure that changes
//! something. [`Drive`] is the future. In a poll, every stage first
//! polls the calls that have been woken; then the last one pulls items from the one before, and that from the one before.

mod lending;
mod pipeline;

mod drive;

mod claimed;
mod in_turn;
mod lent;
mod running;
mod source;
mod watched;

mod stage;

mod claims;
mod progress;
mod slots;

#[cfg(all(test, loom))]
mod loom_model;

pub use claimed::Claimed;
pub use claims::Claim;
pub use drive::Drive;
pub use in_turn::InTurn;
pub use lending::Lending;
pub use lent::Lent;
pub use pipeline::Concurrent;
pub use progress::Progress;
pub use running::{Every, Running};
pub use source::Source;
pub use stage::Stage;
pub use watched::Watched;
