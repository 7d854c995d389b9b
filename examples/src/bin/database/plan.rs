//! [`Plan`]: when a task pauses, and when it is cancelled.

use core::time::Duration;

/// What happens to one task. Everything random is in here, and comes from the seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// The number of the task, and the row that it inserts.
    pub(crate) task: u32,
    /// Between the begin and the insert.
    pub(crate) before: Duration,
    /// Between the insert and the commit.
    pub(crate) after: Duration,
    /// How long the caller waits before it cancels the task.
    pub(crate) patience: Duration,
}

impl Plan {
    /// The plans of `tasks` tasks. The patience reaches from "cancelled before it began" to "almost never cancelled".
    pub(crate) fn seeded(seed: u64, tasks: u32) -> Vec<Self> {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut up_to = |millis: u64| Duration::from_micros(random.u64(0..=millis * 1000));
        (0..tasks).map(|task| Self { task, before: up_to(2), after: up_to(2), patience: up_to(8) }).collect()
    }
}
