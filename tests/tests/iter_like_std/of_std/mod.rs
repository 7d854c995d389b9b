//! The methods of `AsyncIterator`, beside those of std's `Iterator`.

mod adaptors;
mod collections;
mod consumers;
mod lent;

use alloc::collections::BTreeSet;

use crate::checks::holds_for;
use crate::table;

holds_for!(adaptors: adaptors::ALL);
holds_for!(consumers: consumers::ALL);

/// The stable methods of std's `Iterator`, as of Rust 1.95.
const STD: &str = "next size_hint count last nth step_by chain zip map for_each filter filter_map enumerate peekable \
    skip_while take_while map_while skip take scan flat_map flatten fuse inspect by_ref collect partition try_fold \
    try_for_each fold reduce all any find find_map position rposition max min max_by_key max_by min_by_key min_by rev unzip \
    copied cloned cycle sum product cmp partial_cmp eq ne lt le gt ge is_sorted is_sorted_by is_sorted_by_key";

const SOURCES: [&str; 3] = [
    include_str!("../../../../onpar-iter/src/async_iterator.rs"),
    include_str!("../../../../onpar-iter/src/async_iterator_mut.rs"),
    include_str!("../../../../onpar-iter/src/async_iterator_with.rs"),
];

#[test]
fn every_method_of_std_but_two_has_its_row() {
    let std: BTreeSet<&str> = STD.split_whitespace().collect();
    assert_eq!(std.len(), 61);
    let named: BTreeSet<&str> = table::names(adaptors::ALL, consumers::ALL).collect();
    let missing: Vec<_> = std.iter().filter(|name| !named.contains(*name)).collect();
    // `next` and `size_hint` are what all rows are made of, and `by_ref` lends.
    assert_eq!(missing, [&"by_ref", &"next", &"rev", &"rposition", &"size_hint"]);
}

/// Those that std has not: `extend_into` has a row, and `concurrent` begins a pipeline.
#[test]
fn every_method_of_ours_has_its_row() {
    let named: BTreeSet<&str> = table::names(adaptors::ALL, consumers::ALL).collect();
    let missing: Vec<_> = SOURCES
        .iter()
        .flat_map(|source| source.split("\n    fn ").skip(1))
        .filter_map(|method| method.split(['<', '(']).next())
        .filter(|name| !named.contains(name))
        .collect();
    assert_eq!(missing, ["next", "by_ref", "concurrent"]);
}

/// What a closure changes, and what it is lent, have their own methods: one of each for each method that takes a closure.
#[test]
fn every_method_that_takes_a_closure_has_its_rows_for_captures_and_for_states() {
    let named: BTreeSet<&str> = table::names(adaptors::ALL, consumers::ALL).collect();
    let with_closures = SOURCES[0].split("    fn ").skip(1).filter(|method| method.contains("AsyncFnMut"));
    let methods: Vec<&str> = with_closures.filter_map(|method| method.split(['<', '(']).next()).collect();
    assert_eq!(methods.len(), 26);
    for name in methods {
        assert!(named.contains(format!("{name}_mut").as_str()), "{name}_mut");
        assert!(named.contains(format!("{name}_with").as_str()) || name == "scan", "{name}_with");
    }
}
