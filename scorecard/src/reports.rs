//! What onpar's hook has been told: kept here, so that a program can count it.

use std::sync::{Mutex, PoisonError};

use onpar_scope::{CleanupErrorKind, set_cleanup_hook};

/// One call of the hook.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whose cleanup.
    pub name: &'static str,
    /// What happened.
    pub says: String,
    /// Whether nobody was there to run it.
    pub leaked: bool,
}

static REPORTS: Mutex<Vec<Report>> = Mutex::new(Vec::new());

/// Keeps what the hook is told from now on.
pub fn collect() {
    set_cleanup_hook(|error| {
        let leaked = matches!(error.kind(), CleanupErrorKind::Leaked);
        let report = Report { name: error.name(), says: error.kind().to_string(), leaked };
        REPORTS.lock().unwrap_or_else(PoisonError::into_inner).push(report);
    });
    take();
}

/// What it has been told since.
pub fn take() -> Vec<Report> {
    core::mem::take(&mut *REPORTS.lock().unwrap_or_else(PoisonError::into_inner))
}
