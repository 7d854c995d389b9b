//! The methods of `AsyncItertools`, beside those of the crate `itertools`. Where that crate has no such method, or orders its
//! calls by other means, a row says by plain iterators what has to happen.

mod adaptors;
mod consumers;

use crate::checks::holds_for;
use crate::table;

holds_for!(adaptors: adaptors::ALL);
holds_for!(consumers: consumers::ALL);

const SOURCES: [&str; 3] = [
    include_str!("../../../../onpar-iter/src/async_itertools.rs"),
    include_str!("../../../../onpar-iter/src/async_itertools_mut.rs"),
    include_str!("../../../../onpar-iter/src/async_itertools_with.rs"),
];

#[test]
fn every_method_has_its_row() {
    table::assert_has_every_method_of(&SOURCES, adaptors::ALL, consumers::ALL);
}

#[test]
fn every_method_that_takes_a_closure_has_one_for_captures_and_one_for_states() {
    table::assert_all_forms_in(SOURCES);
}
