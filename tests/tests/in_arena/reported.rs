//! What the cleanup hook is told on this thread. A process has one hook, and the tests here run at once: so all have the same.

use core::cell::RefCell;

use onpar_scope::{CleanupError, CleanupErrorKind, set_cleanup_hook};

thread_local! {
    static REPORTED: RefCell<Vec<String>> = const { RefCell::new(vec![]) };
}

/// From here on, what is told on this thread is kept.
pub(crate) fn listen() {
    set_cleanup_hook(report);
    take();
}

/// What has been told since the last call.
pub(crate) fn take() -> Vec<String> {
    REPORTED.take()
}

fn report(error: &CleanupError) {
    let what = match error.kind() {
        CleanupErrorKind::Panicked(_) => "panicked",
        CleanupErrorKind::ChildPanicked(_) => "child panicked",
        CleanupErrorKind::Leaked => "leaked",
        CleanupErrorKind::FailedInArena(words) => words.as_str(),
        _ => "another error",
    };
    REPORTED.with_borrow_mut(|reported| reported.push(format!("{what} {}", error.name().replace("local ", ""))));
}
