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

pub use accumulate::{Accumulate, Accumulator};
pub use all::All;
pub use any::Any;
pub use count::Count;
pub use extend_into::ExtendInto;
pub use find::Find;
pub use find_map::FindMap;
pub use fold::Fold;
pub use for_each::ForEach;
pub use is_sorted::IsSorted;
pub use is_sorted_by::IsSortedBy;
pub use last::Last;
pub use max::Max;
pub use max_by::MaxBy;
pub use max_by_key::MaxByKey;
pub use min::Min;
pub use min_by::MinBy;
pub use min_by_key::MinByKey;
pub use nth::Nth;
pub use partition::Partition;
pub use position::Position;
pub use product::Product;
pub use reduce::Reduce;
pub use run::{Consumer, Run};
pub use sum::Sum;
pub use try_fold::TryFold;
pub use try_for_each::TryForEach;
pub use unzip::Unzip;
