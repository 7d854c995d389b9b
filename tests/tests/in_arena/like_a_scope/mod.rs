//! One table of scenarios, run with a scope of the heap and with one in an arena, cancelled and made to panic everywhere: the same
//! log.

#[expect(clippy::duplicate_mod, reason = "what is compared is the same text, of one kind of scope and of the other")]
mod in_an_arena;
mod of_the_heap;

use onpar_test::{Boundary, every_poll};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::reported;

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

/// Runs a scenario in both ways with one fault after another, and compares.
fn compare(scenario: &str) {
    reported::listen();
    let mut all = 0;
    for how in [How::Whole, How::Nested, How::Panicking] {
        let logs = |run: fn(How, &str, &Boundary) -> Vec<String>| {
            let mut logs = vec![];
            let boundaries = every_poll(|at| {
                let mut log = run(how, scenario, at);
                log.extend(reported::take());
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

/// A step of a program in a scope. What it would take, and there is not, is left out.
#[derive(Clone, Debug)]
enum Step {
    Hold(&'static str),
    Drop(Index),
    Close(Index),
    Wait,
    Child(Vec<Self>),
    Scope(Vec<Self>),
    Join(Index),
    Cancel(Index),
    Forsake(Index),
}

const NAMES: &[&str] = &["a", "b", "c", "d", "e", "f", "g"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let names = prop::sample::select(NAMES);
    let leaf = prop_oneof![
        3 => names.prop_map(Step::Hold),
        3 => Just(Step::Wait),
        1 => any::<Index>().prop_map(Step::Drop),
        1 => any::<Index>().prop_map(Step::Close),
        1 => any::<Index>().prop_map(Step::Join),
        1 => any::<Index>().prop_map(Step::Cancel),
        1 => any::<Index>().prop_map(Step::Forsake),
    ];
    let step = leaf.prop_recursive(3, 24, 6, |step| {
        let steps = prop::collection::vec(step, 0..6);
        prop_oneof![steps.clone().prop_map(Step::Child), steps.prop_map(Step::Scope)]
    });
    prop::collection::vec(step, 0..8)
}

proptest! {
    #![proptest_config(onpar_tests::cases(512))]

    /// Which of two parts is polled first may differ, and with it what has ended when another is cancelled: so the logs of
    /// programs at random are not the same, but the same must hold of them.
    #[test]
    fn any_program_cancelled_at_any_poll_cleans_up_once_whatever_it_has_opened(steps in steps(), polls in 0..12_usize) {
        for lines in [in_an_arena::scenarios::any(&steps, polls), of_the_heap::scenarios::any(&steps, polls)] {
            for name in NAMES.iter().chain(&["outer"]) {
                let count = |what: &str| {
                    let line = format!("{what} {name}");
                    lines.iter().filter(|it| it.strip_prefix(&*line).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))).count()
                };
                let opened = count("open");
                let ends = [count("start"), count("end"), count("gone")];
                prop_assert_eq!(ends, [opened; 3], "{} in {:?}", name, &lines);
            }
            let last: Vec<_> = lines.iter().rev().take(3).map(String::as_str).collect();
            prop_assert_eq!(last, ["gone outer", "end outer", "start outer (Ended)"], "{:?}", &lines);
        }
    }
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
