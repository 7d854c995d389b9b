//! [`Told`]: takes the hook for one test. It is the process's, so the tests that need it take turns.

use core::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use onpar_scope::{CleanupErrorKind, set_cleanup_hook, take_cleanup_hook};

static TURN: Mutex<()> = Mutex::new(());
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Takes the hook for one test, and gives what it was told.
pub(crate) struct Told(#[expect(dead_code, reason = "held until the test ends")] MutexGuard<'static, ()>);

impl Told {
    pub(crate) fn here() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        set_cleanup_hook(|error| {
            let what = match error.kind() {
                CleanupErrorKind::Failed(error) => format!("failed: {error}"),
                CleanupErrorKind::Panicked(words) => format!("panicked: {words}"),
                CleanupErrorKind::ChildPanicked(words) => format!("the child panicked: {words}"),
                CleanupErrorKind::TimedOut => "timed out".to_owned(),
                CleanupErrorKind::Leaked => "leaked".to_owned(),
                _ => "other".to_owned(),
            };
            TOLD.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{} {what}", error.name()));
        });
        let told = Self(turn);
        told.take();
        told
    }

    #[expect(clippy::unused_self, reason = "only whoever has the hook may ask what it was told")]
    pub(crate) fn take(&self) -> Vec<String> {
        mem::take(&mut *TOLD.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// For leaks, which come in no particular order.
    pub(crate) fn take_sorted(&self) -> Vec<String> {
        let mut told = self.take();
        told.sort();
        told
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        take_cleanup_hook();
    }
}
