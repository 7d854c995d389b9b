//! One table of scenarios, run with a scope of the heap and with one in an arena, cancelled and made to panic everywhere: the same
//! log.

#[expect(clippy::duplicate_mod, reason = "what is compared is the same text, of one kind of scope and of the other")]
mod in_an_arena;
mod of_the_heap;

use core::cell::RefCell;

use onpar_scope::{CleanupError, CleanupErrorKind, set_cleanup_hook};
use onpar_test::{Boundary, every_poll};

/// What is cleaned up.
mod resource {
    use core::convert::Infallible;

    use onpar_core::{ExitReason, LocalAsyncDrop};
    use onpar_test::Trigger;
    use onpar_tests::Log;

    pub(super) struct Resource {
        pub(super) name: &'static str,
        pub(super) log: Log,
        pub(super) trigger: Trigger,
    }

    impl LocalAsyncDrop for Resource {
        type Error = Infallible;

        async fn async_drop(self, reason: ExitReason) -> Result<(), Infallible> {
            self.log.add(format!("start {} ({reason:?})", self.name));
            self.trigger.pending_once().await;
            self.trigger.pending_once().await;
            self.log.add(format!("end {}", self.name));
            Ok(())
        }
    }

    impl Drop for Resource {
        fn drop(&mut self) {
            self.log.add(format!("gone {}", self.name));
        }
    }
}

thread_local! {
    /// What the hook was told on this thread.
    static REPORTED: RefCell<Vec<String>> = const { RefCell::new(vec![]) };
}

fn report(error: &CleanupError) {
    let what = match error.kind() {
        CleanupErrorKind::Panicked(_) => "panicked",
        CleanupErrorKind::ChildPanicked(_) => "child panicked",
        CleanupErrorKind::Leaked => "leaked",
        _ => "another error",
    };
    REPORTED.with_borrow_mut(|reported| reported.push(format!("{what} {}", error.name().replace("local ", ""))));
}

/// Runs a scenario in both ways with one fault after another, and compares.
fn compare(scenario: &str) {
    set_cleanup_hook(report);
    let mut all = 0;
    for how in [How::Whole, How::Nested, How::Panicking] {
        let logs = |run: fn(How, &str, &Boundary) -> Vec<String>| {
            let mut logs = vec![];
            let boundaries = every_poll(|at| {
                let mut log = run(how, scenario, at);
                log.extend(REPORTED.take());
                if let How::Whole = how {
                    in_any_order(&mut log);
                }
                logs.push(log);
            });
            (logs, boundaries)
        };
        let (expected, boundaries) = logs(of_the_heap::scenarios::run);
        let (found, _) = logs(in_an_arena::scenarios::run);
        for (number, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_eq!(found, expected, "{how:?}, at boundary {number}");
        }
        assert_eq!(found.len(), expected.len(), "{how:?}: boundaries");
        all += boundaries;
    }
    assert!(all > 10, "only {all} boundaries");
}

/// Nobody is left to run what the outermost scope leaves: an arena's drops the last made first, as locals are, the heap's the
/// first. The order of what is dropped is not compared then.
fn in_any_order(log: &mut Vec<String>) {
    let (mut dropped, rest) =
        log.drain(..).partition::<Vec<_>, _>(|line| line.starts_with("gone") || line.starts_with("leaked"));
    dropped.sort_unstable();
    log.extend(rest.into_iter().chain(dropped));
}

/// What is cancelled, or panics.
#[derive(Clone, Copy, Debug)]
enum How {
    Whole,
    Nested,
    Panicking,
}

macro_rules! table {
    ($($scenario:ident)*) => {$(
        #[test]
        fn $scenario() {
            compare(stringify!($scenario));
        }
    )*};
}

table! {
    guards_in_a_row
    guards_dropped_one_by_one_and_together
    guards_that_are_closed
    children_with_guards
    children_that_spawn_and_are_not_awaited
    a_child_that_is_cancelled
    scopes_within_scopes
    an_error_that_leaves_early
    a_drop_that_makes_guards_and_children
}
