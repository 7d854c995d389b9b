//! Streams that need the time. One file for each, named after its method of [`AsyncTimed`](crate::AsyncTimed).
//!
//! Each owns the stream below, drops it when it has ended, and keeps what it waits for as instants of its clock; `Alarm` is
//! the one timer that follows them. Nothing here allocates, but what says so; a clock may.
//!
//! The order within a poll is part of what they mean. Where an item that is there can win over the deadline, the stream below is
//! polled first; where what is due must not be overtaken, the deadline is. Both stand in the docs of each.

mod alarm;

mod delay_each;
mod timeout;

pub use delay_each::DelayEach;
pub use timeout::Timeout;

use alarm::Alarm;
