//! Streams of what is latest: older items make way for newer ones.
//!
//! * [`combine_latest`](combine_latest()) gives the latest item of each of several streams, whenever one of them has a new one.
//! * [`WithLatestFrom`] gives the items of one stream beside the latest one of another.
//! * [`SwitchMap`] gives the items of the stream that was begun for the latest item, and drops the one before.
//!
//! What is latest is seen when the stream is polled: of items that have come in the meantime, `combine_latest` gives a
//! combination for each, the others take the last. Nothing is allocated.

mod combine_latest;
mod switch_map;
mod with_latest_from;

pub use combine_latest::{CombineLatest, CombineLatestOf, Combined, combine_latest};
pub use switch_map::SwitchMap;
pub use with_latest_from::WithLatestFrom;

/// So many items may be taken in one poll without one being given. A stream that always has another would else be taken from
/// for ever.
const AT_ONCE: usize = 64;
