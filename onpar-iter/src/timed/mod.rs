//! Streams that need the time. One file for each, named after its method of [`AsyncTimed`](crate::AsyncTimed).
//!
//! Each owns the stream below, drops it when it has ended, and keeps what it waits for as instants of its clock; `Alarm` is
//! the one timer that follows them. Those that give the latest item are rules for [`Latest`].
//!
//! The order within a poll is part of what they mean. Where an item that is there wins over the deadline, the stream below is
//! polled first; where what is due must not be overtaken, the deadline is. Both stand in the docs of each.

mod alarm;

mod timeout;

mod take_until_deadline;
mod timeout_whole;

mod delay_each;
mod throttle;
mod throttle_first;

mod audit;
mod debounce;
mod latest;
mod sample;
mod throttle_latest;

#[cfg(feature = "alloc")]
mod chunks_timeout;

pub use audit::Audit;
#[cfg(feature = "alloc")]
pub use chunks_timeout::ChunksTimeout;
pub use debounce::Debounce;
pub use delay_each::DelayEach;
pub use latest::{Latest, Pace};
pub use sample::Sample;
pub use take_until_deadline::TakeUntilDeadline;
pub use throttle::Throttle;
pub use throttle_first::ThrottleFirst;
pub use throttle_latest::ThrottleLatest;
pub use timeout::Timeout;
pub use timeout_whole::TimeoutWhole;

use alarm::Alarm;

/// So many items at most are taken in one poll without giving any, so that also under a stream that always has one, timers are
/// heard, and other tasks get their turn. Much less would make the wakes between show in the time of an item.
const AT_ONCE: usize = 256;
