//! Many streams, polled together as the members of one stream.
//!
//! * [`merge`](merge()) gives the items of all members as they come, in fair rotation; [`race_streams`] those of the first that
//!   gives one. Their members are a tuple, an array or a `Vec`: see [`Streams`].
//! * [`Group`] is a merge whose members come and go while it runs.
//! * [`FlattenConcurrent`] is a merge of the streams that a stream gives, so many at a time; [`TryFlattenConcurrent`] one of
//!   streams of results that a stream of results gives.
//!
//! # Who is polled, and when
//!
//! A merge is a stream: it and its members stand still between two polls, as all streams do that are not asked for an item.
//! What it holds is either polled whenever that was woken, or dropped: a member that has ended at once, those that have lost
//! a race as soon as it is won.
//!
//! One poll polls each member at most once, and ends with the first item; the next poll goes on with the member after the one
//! that gave it. So between two items of one member, each other gets a turn. A member that has items all the time starves
//! nobody. Where 256 members in a row have been woken and have nothing to give, the poll ends too, and asks for the next one,
//! so that other tasks have their turn.
//!
//! Those that have been woken are polled, and nobody else: what a wake costs does not depend on how many others wait. To know
//! who was woken takes memory that the wakers share, which outlives the members if they do. So a tuple goes without, and polls
//! all of its twelve members at most; an array or a `Vec` of up to six does too, since so few take no longer to be polled.
//!
//! # What is allocated
//!
//! Nothing, for a tuple, and for an array of up to six. For more, or a `Vec` of more: the bookkeeping of who was woken, at the
//! first poll, in seven pieces, however many members there are. A `Vec` may take one for the members themselves. A [`Group`]
//! and a [`FlattenConcurrent`] allocate when they have more members at a time than ever before, in pieces that double. Without
//! the feature `alloc`, all members are polled.
//!
//! # How it is built
//!
//! `members` says what a member's turn can be. `many` and `tuple` hold members; `slab` those that come and go. `turns` goes
//! round those that have been woken: `ready` knows which, and `wakers` hears of it, from any thread.
#![expect(unnameable_types, reason = "users name the operations, and see nothing of what holds the members")]

#[cfg(feature = "alloc")]
mod try_flatten_concurrent;

#[cfg(feature = "alloc")]
mod flatten_concurrent;
#[cfg(feature = "alloc")]
mod group;

mod merge;
mod race_streams;

mod streams;

mod many;
mod tuple;

#[cfg(feature = "alloc")]
mod slab;

#[cfg(feature = "alloc")]
pub(crate) mod turns;

#[cfg(feature = "alloc")]
pub(crate) mod ready;
#[cfg(feature = "alloc")]
pub(crate) mod wakers;

pub(crate) mod members;
mod places;

#[cfg(all(test, loom))]
mod loom_model;

#[cfg(feature = "alloc")]
pub use flatten_concurrent::{FlatMapConcurrent, FlattenConcurrent};
#[cfg(feature = "alloc")]
pub use group::{Group, Key, Keyed};
#[cfg(feature = "alloc")]
pub use merge::merge_all;
pub use merge::{Merge, MergeOf, merge};
pub use race_streams::{RaceStreams, RaceStreamsOf, race_streams};
pub use streams::Streams;
#[cfg(feature = "alloc")]
pub(crate) use try_flatten_concurrent::new as try_flatten_concurrent;
#[cfg(feature = "alloc")]
pub use try_flatten_concurrent::{StreamOrError, StreamsOrErrors, TryFlattenConcurrent};
