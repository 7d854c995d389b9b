//! Consumers: what makes one value of a stream. One file for each, named after its method.
//!
//! [`Run`] is the future of those that decide on each item at once; what takes a closure stands on a
//! [`Map`](crate::adapt::Map), and sees what the closure gave. [`Accumulate`] is the future of those whose closure takes
//! what has been accumulated so far. What they accumulate is a rule: a [`Consumer`], or an [`Accumulator`].
//!
//! Both end, and ask for no item any more, as soon as the rule knows its result; the stream is dropped with the future.
//! To go on with the rest, pin the stream and pass `stream.as_mut()`.

mod accumulate;
mod run;

mod all;
mod any;
mod count;
mod extend_into;
mod find;
mod find_map;
mod for_each;
mod is_sorted;
mod last;
mod max;
mod max_by_key;
mod min;
mod min_by_key;
mod nth;
mod partition;
mod position;
mod product;
mod sum;
mod try_for_each;
mod unzip;

mod fold;
mod is_sorted_by;
mod max_by;
mod min_by;
mod reduce;
mod try_fold;

mod all_equal;
mod all_equal_value;
#[cfg(feature = "std")]
mod all_unique;
mod at_most_one;
mod collect_array;
mod concat;
mod contains;
#[cfg(feature = "std")]
mod counts;
mod exactly_one;
mod find_position;
#[cfg(feature = "std")]
mod into_group_map;
#[cfg(feature = "std")]
mod into_group_map_by;
#[cfg(feature = "alloc")]
mod join;
#[cfg(feature = "alloc")]
mod max_set;
#[cfg(feature = "alloc")]
mod max_set_by_key;
#[cfg(feature = "alloc")]
mod min_set;
#[cfg(feature = "alloc")]
mod min_set_by_key;
mod minmax;
mod minmax_by_key;
mod partition_map;
mod try_find;

mod partition_result;
mod try_all;
mod try_any;
mod try_concat;

mod try_reduce;

mod held;

pub use accumulate::{Accumulate, Accumulator};
pub use all::All;
pub use all_equal::AllEqual;
pub use all_equal_value::{AllEqualValue, AllEqualValueError};
#[cfg(feature = "std")]
pub use all_unique::AllUnique;
pub use any::Any;
pub use at_most_one::{AtMostOne, AtMostOneError};
pub use collect_array::CollectArray;
pub use concat::Concat;
pub use contains::Contains;
pub use count::Count;
#[cfg(feature = "std")]
pub use counts::Counts;
pub use exactly_one::{ExactlyOne, ExactlyOneError};
pub use extend_into::ExtendInto;
pub use find::Find;
pub use find_map::FindMap;
pub use find_position::FindPosition;
pub use fold::Fold;
pub use for_each::ForEach;
#[cfg(feature = "std")]
pub use into_group_map::IntoGroupMap;
#[cfg(feature = "std")]
pub use into_group_map_by::IntoGroupMapBy;
pub use is_sorted::IsSorted;
pub use is_sorted_by::IsSortedBy;
#[cfg(feature = "alloc")]
pub use join::Join;
pub use last::Last;
pub use max::Max;
pub use max_by::MaxBy;
pub use max_by_key::MaxByKey;
#[cfg(feature = "alloc")]
pub use max_set::MaxSet;
#[cfg(feature = "alloc")]
pub use max_set_by_key::MaxSetByKey;
pub use min::Min;
pub use min_by::MinBy;
pub use min_by_key::MinByKey;
#[cfg(feature = "alloc")]
pub use min_set::MinSet;
#[cfg(feature = "alloc")]
pub use min_set_by_key::MinSetByKey;
pub use minmax::{MinMax, MinMaxResult};
pub use minmax_by_key::MinMaxByKey;
pub use nth::Nth;
pub use partition::Partition;
pub use partition_map::PartitionMap;
pub use partition_result::PartitionResult;
pub use position::Position;
pub use product::Product;
pub use reduce::Reduce;
pub use run::{Consumer, Run};
pub use sum::Sum;
pub use try_all::TryAll;
pub use try_any::TryAny;
pub use try_concat::TryConcat;
pub use try_find::TryFind;
pub use try_fold::TryFold;
pub use try_for_each::TryForEach;
pub use try_reduce::TryReduce;
pub use unzip::Unzip;
