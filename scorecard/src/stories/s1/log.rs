//! [`Log`]: where cleanups write when they start and end.

use alloc::sync::Arc;
use std::sync::{Mutex, PoisonError};

/// Cheap to clone: every clone writes to the same log.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub(super) fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.into());
    }

    pub(super) fn is_exactly(&self, lines: &[&str]) -> bool {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) == lines
    }
}
