//! [`Progress`]: how far a pipeline is.

use core::time::Duration;

/// How far a pipeline is, as [`progress`](super::Concurrent::progress) reports it.
///
/// # Examples
///
/// ```
/// use onpar_iter::concurrent::Progress;
///
/// fn line(progress: &Progress) -> String {
///     format!("{} done, {} under way, {:.1}/s", progress.done, progress.in_flight, progress.per_second)
/// }
/// assert_eq!(line(&Progress::default()), "0 done, 0 under way, 0.0/s");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// How many items have been worked on to their end, those that a filter held back included.
    pub done: u64,
    /// How many have been taken and not worked on to their end: they are under way, or wait for their turn.
    pub in_flight: u64,
    /// How many have been done per second since the report before.
    pub per_second: f64,
    /// The time since the pipeline's first poll.
    pub elapsed: Duration,
}

impl Progress {
    /// How many have been done per second, from the start.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::concurrent::Progress;
    ///
    /// assert_eq!(Progress::default().per_second_overall(), 0.0);
    /// ```
    pub fn per_second_overall(&self) -> f64 {
        per_second(self.done, self.elapsed)
    }
}

/// So many items in this time; none in no time.
#[expect(clippy::cast_precision_loss, reason = "a figure to be read by people")]
pub(super) fn per_second(items: u64, time: Duration) -> f64 {
    if time.is_zero() { 0.0 } else { items as f64 / time.as_secs_f64() }
}
