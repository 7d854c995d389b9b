//! Adaptors: what makes a stream of a stream. One file for each, named after its method.
//!
//! [`Map`] holds the one state machine that calls a closure for each item, and [`Steps`] the one that decides, item by item
//! and at once, what to do with it; most adaptors are rules for [`Steps`], over a [`Map`] where they take a closure. Those
//! that do more have state machines of their own.
//!
//! Like std's iterators they do nothing until they are asked for an item, and ask for no item that they do not need.

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

mod chain;
mod cycle;
mod flatten;
mod fuse;
mod peekable;
mod skip_while;
mod zip;

pub use chain::Chain;
pub use cloned::Cloned;
pub use copied::Copied;
pub use cycle::Cycle;
pub use enumerate::Enumerate;
pub use filter::Filter;
pub use filter_map::FilterMap;
pub use flatten::{FlatMap, Flatten};
pub use fuse::Fuse;
pub use inspect::Inspect;
pub use map::Map;
pub use map_while::MapWhile;
pub use peekable::{NextIf, NextIfEq, Peek, Peekable};
pub use scan::Scan;
pub use skip::Skip;
pub use skip_while::SkipWhile;
pub use step_by::StepBy;
pub use steps::{Step, Steps, Verdict};
pub use take::Take;
pub use take_while::TakeWhile;
pub use zip::Zip;
