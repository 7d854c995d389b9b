//! Every method of `AsyncIterator` does what std's `Iterator` does: the same value, the same items taken and closures called
//! in the same order, and a `size_hint` as good; whether the stream and the closures are ready at once or pending for a
//! while; under three executors; and dropped at any poll, it has done a part of it and no more. [`checks`] says so.
//!
//! One table has a row for each method ([`adaptors`] and [`consumers`]), and a test sees that none is missing. The futures
//! of the table borrow the world around them and are `Send`, by their type: so they can be spawned.

extern crate alloc;

mod adaptors;
mod checks;
mod consumers;
mod executor;
mod table;
mod world;

use alloc::collections::BTreeSet;

use proptest::prelude::*;

use crate::checks::inputs;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn an_adaptor_gives_the_items_of_std_with_the_same_hints_and_calls(input in inputs()) {
        checks::adaptors_do_the_same(adaptors::ALL, &input)?;
    }

    #[test]
    fn an_adaptor_that_is_lent_goes_on_with_the_items_that_it_has_not_handed_out(input in inputs()) {
        checks::adaptors_lose_nothing_with_whom_they_are_lent_to(adaptors::ALL, &input)?;
    }

    #[test]
    fn a_consumer_gives_the_value_of_std_with_the_same_calls(input in inputs()) {
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

/// The stable methods of std's `Iterator`, as of Rust 1.95.
const STD: &str = "next size_hint count last nth step_by chain zip map for_each filter filter_map enumerate peekable \
    skip_while take_while map_while skip take scan flat_map flatten fuse inspect by_ref collect partition try_fold \
    try_for_each fold reduce all any find find_map position rposition max min max_by_key max_by min_by_key min_by rev unzip \
    copied cloned cycle sum product cmp partial_cmp eq ne lt le gt ge is_sorted is_sorted_by is_sorted_by_key";

#[test]
fn every_method_of_std_but_two_has_its_row() {
    let std: BTreeSet<&str> = STD.split_whitespace().collect();
    assert_eq!(std.len(), 61);
    let named: BTreeSet<&str> = table::names().collect();
    let missing: Vec<_> = std.iter().filter(|name| !named.contains(*name)).collect();
    // `next` and `size_hint` are what all rows are made of, and `by_ref` lends.
    assert_eq!(missing, [&"by_ref", &"next", &"rev", &"rposition", &"size_hint"]);
}

/// What a closure changes, and what it is lent, have their own methods: one of each for each method that takes a closure.
#[test]
fn every_method_that_takes_a_closure_has_its_rows_for_captures_and_for_states() {
    let named: BTreeSet<&str> = table::names().collect();
    let source = include_str!("../../../onpar-iter/src/async_iterator.rs");
    let with_closures = source.split("    fn ").skip(1).filter(|method| method.contains("AsyncFnMut"));
    let methods: Vec<&str> = with_closures.filter_map(|method| method.split(['<', '(']).next()).collect();
    assert_eq!(methods.len(), 26);
    for name in methods {
        assert!(named.contains(format!("{name}_mut").as_str()), "{name}_mut");
        assert!(named.contains(format!("{name}_with").as_str()) || name == "scan", "{name}_with");
    }
}
