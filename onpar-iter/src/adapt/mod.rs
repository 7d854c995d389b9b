//! Adaptors: what makes a stream of a stream. One file for each, named after its method.
//!
//! [`Map`] holds the one state machine that calls a closure for each item, and [`Steps`] the one that decides, item by item
//! and at once, what to do with it; most adaptors are rules for [`Steps`], over a [`Map`] where they take a closure. Those
//! that do more have state machines of their own. Those of [`AsyncItertools`](crate::AsyncItertools) that hold items back are
//! rules for [`Holding`], and those whose closure sees two neighbours, for [`Adjacent`]. Those of
//! [`AsyncTryIterator`](crate::AsyncTryIterator) stand on [`MapOk`] and [`MapErr`].
//!
//! Like std's iterators they do nothing until they are asked for an item, and ask for no item that they do not need.

mod adjacent;
mod holding;
mod map;
mod steps;

mod cloned;
mod copied;
mod enumerate;
mod filter;
mod filter_map;
mod inspect;
mod map_while;
mod scan;
mod skip;
mod step_by;
mod take;
mod take_while;

mod dedup_by_key;
#[cfg(feature = "std")]
mod duplicates;
#[cfg(feature = "std")]
mod duplicates_by;
mod positions;
mod take_while_inclusive;
mod tuple_windows;
#[cfg(feature = "std")]
mod unique;
#[cfg(feature = "std")]
mod unique_by;
mod update;

#[cfg(feature = "alloc")]
mod chunk_by;
#[cfg(feature = "alloc")]
mod chunks;
mod dedup;
mod dedup_with_count;
#[cfg(feature = "alloc")]
mod extremes;
#[cfg(feature = "alloc")]
mod k_largest;
#[cfg(feature = "alloc")]
mod k_largest_by_key;
#[cfg(feature = "alloc")]
mod k_smallest;
#[cfg(feature = "alloc")]
mod k_smallest_by_key;
#[cfg(feature = "alloc")]
mod sorted;
#[cfg(feature = "alloc")]
mod sorted_by_key;
#[cfg(feature = "alloc")]
mod tail;
mod with_position;

mod coalesce;
mod dedup_by;
mod dedup_by_with_count;

mod chain;
mod cycle;
mod flatten;
mod fuse;
mod peekable;
mod skip_while;
mod zip;

#[cfg(feature = "alloc")]
mod ready_chunks;
mod take_until;

mod and_then;
mod err_into;
mod inspect_err;
mod inspect_ok;
mod map_err;
mod map_ok;
mod ok_into;
mod or_else;
#[cfg(feature = "alloc")]
mod try_chunks;
mod try_filter;
mod try_filter_map;
mod try_flatten;
#[cfg(feature = "alloc")]
mod try_ready_chunks;
mod try_skip_while;
mod try_take_while;

mod array_chunks;
mod either_or_both;
mod interleave;
mod interleave_shortest;
mod intersperse;
mod intersperse_with;
mod map_windows;
mod window;
mod zip_longest;

#[cfg(feature = "alloc")]
mod kmerge;

#[cfg(feature = "alloc")]
mod asked;

mod merge_by;
mod merge_join;
mod merge_join_by;
#[cfg(feature = "alloc")]
mod merge_sort;
#[cfg(feature = "alloc")]
mod sorted_by;
#[cfg(feature = "std")]
pub(crate) mod tee;

pub use adjacent::{Adjacent, Adjoin};
pub use and_then::AndThen;
pub use array_chunks::ArrayChunks;
pub use chain::Chain;
#[cfg(feature = "alloc")]
pub use chunk_by::ChunkBy;
#[cfg(feature = "alloc")]
pub use chunks::Chunks;
pub use cloned::Cloned;
pub use coalesce::Coalesce;
pub use copied::Copied;
pub use cycle::Cycle;
pub use dedup::Dedup;
pub use dedup_by::DedupBy;
pub use dedup_by_key::DedupByKey;
pub use dedup_by_with_count::DedupByWithCount;
pub use dedup_with_count::DedupWithCount;
#[cfg(feature = "std")]
pub use duplicates::Duplicates;
#[cfg(feature = "std")]
pub use duplicates_by::DuplicatesBy;
pub use either_or_both::EitherOrBoth;
pub use enumerate::Enumerate;
pub use err_into::ErrInto;
pub use filter::Filter;
pub use filter_map::FilterMap;
pub use flatten::{FlatMap, Flatten};
pub use fuse::Fuse;
pub use holding::{Hold, Holding};
pub use inspect::Inspect;
pub use inspect_err::InspectErr;
pub use inspect_ok::InspectOk;
pub use interleave::Interleave;
pub use interleave_shortest::InterleaveShortest;
pub use intersperse::Intersperse;
pub use intersperse_with::IntersperseWith;
#[cfg(feature = "alloc")]
pub use k_largest::KLargest;
#[cfg(feature = "alloc")]
pub use k_largest_by_key::KLargestByKey;
#[cfg(feature = "alloc")]
pub use k_smallest::KSmallest;
#[cfg(feature = "alloc")]
pub use k_smallest_by_key::KSmallestByKey;
#[cfg(feature = "alloc")]
pub use kmerge::KMerge;
pub use map::Map;
pub use map_err::MapErr;
pub use map_ok::MapOk;
pub use map_while::MapWhile;
pub use map_windows::MapWindows;
pub use merge_by::MergeBy;
pub use merge_join::{Join, MergeJoin};
pub use merge_join_by::MergeJoinBy;
pub use ok_into::OkInto;
pub use or_else::OrElse;
pub use peekable::{NextIf, NextIfEq, Peek, Peekable};
pub use positions::Positions;
#[cfg(feature = "alloc")]
pub use ready_chunks::ReadyChunks;
pub use scan::Scan;
pub use skip::Skip;
pub use skip_while::SkipWhile;
#[cfg(feature = "alloc")]
pub use sorted::Sorted;
#[cfg(feature = "alloc")]
pub use sorted_by::SortedBy;
#[cfg(feature = "alloc")]
pub use sorted_by_key::SortedByKey;
pub use step_by::StepBy;
pub use steps::{Step, Steps, Verdict};
#[cfg(feature = "alloc")]
pub use tail::Tail;
pub use take::Take;
pub use take_until::TakeUntil;
pub use take_while::TakeWhile;
pub use take_while_inclusive::TakeWhileInclusive;
#[cfg(feature = "std")]
pub use tee::Tee;
#[cfg(feature = "alloc")]
pub use try_chunks::{TryChunks, TryChunksError};
pub use try_filter::TryFilter;
pub use try_filter_map::TryFilterMap;
pub use try_flatten::TryFlatten;
#[cfg(feature = "alloc")]
pub use try_ready_chunks::TryReadyChunks;
pub use try_skip_while::TrySkipWhile;
pub use try_take_while::TryTakeWhile;
pub use tuple_windows::{TupleWindows, WindowTuple};
#[cfg(feature = "std")]
pub use unique::Unique;
#[cfg(feature = "std")]
pub use unique_by::UniqueBy;
pub use update::Update;
pub use window::Window;
pub use with_position::{Position, WithPosition};
pub use zip::Zip;
pub use zip_longest::ZipLongest;
