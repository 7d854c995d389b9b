//! `Key`: names a task, also after its place has gone to another.

/// Names a task: its place, and how often the place has been given away before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) index: u32,
    pub(super) generation: u32,
}

impl Key {
    /// The index that no task has.
    const BODY: u32 = u32::MAX;

    /// The key of the body of the `depth`-th `block_on` that runs on the executor; not that of a task.
    pub(super) const fn body(depth: u32) -> Self {
        Self { index: Self::BODY, generation: depth }
    }

    /// The depth of a body, unless this is the key of a task.
    pub(super) fn as_body(self) -> Option<usize> {
        if self.index == Self::BODY { usize::try_from(self.generation).ok() } else { None }
    }
}
