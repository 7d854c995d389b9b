//! [`SlowPoll`]: a poll that took too long.

use core::fmt;
use core::panic::Location;
use core::time::Duration;

/// A poll that took too long: whose, and how long.
///
/// # Examples
///
/// ```
/// use onpar_rt::slow_polls::SlowPoll;
///
/// fn count_by_name(poll: &SlowPoll<'_>) -> String {
///     format!("slow_polls{{task={:?}}} {}", poll.name, poll.duration.as_millis())
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SlowPoll<'a> {
    /// The task's name, if it has one.
    pub name: Option<&'a str>,
    /// Where it was spawned.
    pub place: &'static Location<'static>,
    /// How long the poll took.
    pub duration: Duration,
}

impl fmt::Display for SlowPoll<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the task ")?;
        if let Some(name) = self.name {
            write!(f, "`{name}`, ")?;
        }
        let Self { place, duration, .. } = self;
        write!(
            f,
            "spawned at {place}, kept its thread for {duration:.1?}: give what blocks to `spawn_blocking`, and long loops a \
             `checkpoint()`"
        )
    }
}
