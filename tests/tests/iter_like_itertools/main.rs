//! Every method of `AsyncItertools` does what the crate `itertools` does, as those of `AsyncIterator` do what std does: it is
//! the same test, of another table. Where the other crate has no such method, or orders its calls by other means, a row says
//! by plain iterators what has to happen.

extern crate alloc;

mod adaptors;
#[path = "../iter_like_std/checks.rs"]
mod checks;
mod consumers;
#[path = "../iter_like_std/executor.rs"]
mod executor;
#[path = "../iter_like_std/table.rs"]
mod table;
#[path = "../iter_like_std/world.rs"]
mod world;

use alloc::collections::BTreeSet;

use proptest::prelude::*;

use crate::checks::inputs;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn an_adaptor_gives_the_items_of_itertools_with_the_same_hints_and_calls(input in inputs()) {
        checks::adaptors_do_the_same(adaptors::ALL, &input)?;
    }

    #[test]
    fn an_adaptor_that_is_lent_goes_on_with_the_items_that_it_has_not_handed_out(input in inputs()) {
        checks::adaptors_lose_nothing_with_whom_they_are_lent_to(adaptors::ALL, &input)?;
    }

    #[test]
    fn a_consumer_gives_the_value_of_itertools_with_the_same_calls(input in inputs()) {
        checks::consumers_do_the_same(consumers::ALL, &input)?;
    }

    #[test]
    fn a_consumer_that_is_dropped_at_any_poll_has_done_a_part_and_no_more(input in inputs()) {
        checks::consumers_take_a_part_and_no_more(consumers::ALL, &input)?;
    }

    #[test]
    fn a_panic_of_a_closure_passes_on_and_the_stream_goes_on_with_the_next_item(input in inputs()) {
        checks::expect_panics();
        checks::adaptors_survive_a_panic(adaptors::ALL, &input)?;
        checks::consumers_pass_a_panic_on(consumers::ALL, &input)?;
    }
}

const SOURCES: [&str; 3] = [
    include_str!("../../../onpar-iter/src/async_itertools.rs"),
    include_str!("../../../onpar-iter/src/async_itertools_mut.rs"),
    include_str!("../../../onpar-iter/src/async_itertools_with.rs"),
];

/// The methods of a trait, each with its source.
fn methods(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let methods = source.split("\n    fn ").skip(1);
    methods.map(|method| (method.split(['<', '(']).next().unwrap_or_default(), method))
}

#[test]
fn every_method_has_its_row() {
    let rows: BTreeSet<&str> = table::names().collect();
    let methods: BTreeSet<&str> = SOURCES.into_iter().flat_map(methods).map(|(name, _)| name).collect();
    assert_eq!(methods.difference(&rows).collect::<Vec<_>>(), [&""; 0], "methods without a row");
    assert_eq!(rows.difference(&methods).collect::<Vec<_>>(), [&""; 0], "rows without a method");
}

/// What a closure changes, and what it is lent, have their own methods: one of each for each method that takes a closure.
#[test]
fn every_method_that_takes_a_closure_has_one_for_captures_and_one_for_states() {
    let [plain, mutable, with] = SOURCES;
    let names = |source| methods(source).map(|(name, _)| name).collect::<Vec<_>>();
    let takers: Vec<&str> =
        methods(plain).filter(|(_, source)| source.contains("AsyncFnMut")).map(|(name, _)| name).collect();
    assert_eq!(names(mutable), takers.iter().map(|name| format!("{name}_mut")).collect::<Vec<_>>());
    assert_eq!(names(with), takers.iter().map(|name| format!("{name}_with")).collect::<Vec<_>>());
}
