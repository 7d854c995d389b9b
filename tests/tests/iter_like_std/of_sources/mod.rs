//! The sources, beside those of `std::iter`. Those that wait for something else than a closure have tests of their own.

mod adaptors;

use alloc::collections::BTreeSet;

use crate::checks::holds_for;
use crate::table;

holds_for!(adaptors: adaptors::ALL);

/// `interval` needs a clock, `channel` a sender, and `pending` gives nothing: see `sources` and `channels`.
const ELSEWHERE: [&str; 4] = ["channel", "interval", "interval_at", "pending"];

#[test]
fn every_source_has_its_row() {
    let source = include_str!("../../../../onpar-iter/src/source/mod.rs");
    let functions: BTreeSet<&str> = source.split("pub use ").skip(1).flat_map(names_in).collect();
    let rows: BTreeSet<&str> = table::names(adaptors::ALL, &[]).chain(ELSEWHERE).collect();
    assert_eq!(rows, functions);
}

/// The functions among what a `pub use` names.
fn names_in(line: &str) -> impl Iterator<Item = &str> {
    let exported = line.split_once("::").map_or("", |(_, exported)| exported);
    let exported = exported.split(';').next().unwrap_or_default();
    exported.split(['{', '}', ',', ' ', '\n']).filter(|name| name.starts_with(char::is_lowercase))
}
