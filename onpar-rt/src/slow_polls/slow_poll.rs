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
    /// The name of the task, or of the future that is watched, if it has one.
    pub name: Option<&'a str>,
    /// Where it was spawned, or given to [`watch`](super::SlowPolls::watch).
    pub place: &'static Location<'static>,
    /// How long the poll took, without what has been reported of a future within it.
    pub duration: Duration,
    /// Whether it is a task; else it was given to [`watch`](super::SlowPolls::watch).
    pub is_task: bool,
}

impl fmt::Display for SlowPoll<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_task { "the task " } else { "the future " })?;
        if let Some(name) = self.name {
            write!(f, "`{name}`, ")?;
        }
        let Self { place, duration, .. } = self;
        let begun = if self.is_task { "spawned" } else { "watched" };
        write!(
            f,
            "{begun} at {place}, kept its thread for {duration:.1?}: give what blocks to `spawn_blocking`, and long loops a \
             `checkpoint()`"
        )
    }
}
