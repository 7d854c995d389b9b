//! `TaskId`: the number of a task.

/// The number of a task, in the order of spawning. The body is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TaskId(pub(super) u64);

impl TaskId {
    pub(super) const BODY: Self = Self(0);
}
