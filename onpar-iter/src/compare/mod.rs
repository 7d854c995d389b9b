//! Comparisons: two streams, item by item. One file for each kind of answer.
//!
//! [`Pairwise`] is the future of all of them. As in std, both streams are asked for one item in turn, the left one first,
//! and for no more than it takes to know the answer.

mod cmp;
mod eq;
mod order;
mod pairwise;
mod partial_cmp;

pub use cmp::Cmp;
pub use eq::Eq;
pub use order::Order;
pub use pairwise::{Comparison, Pairwise};
pub use partial_cmp::PartialCmp;
