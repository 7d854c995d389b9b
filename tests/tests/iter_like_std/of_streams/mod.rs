//! The methods of `AsyncStreamExt`, where what they give does not depend on who comes first: beside one stream that gives
//! nothing or the same all the time, or one at a time. What they do where it does depend on that is in `streams`.

mod adaptors;

use crate::checks::holds_for;
use crate::table;

holds_for!(adaptors: adaptors::ALL);

#[test]
fn every_method_has_its_row() {
    table::assert_has_every_method_of(
        &[include_str!("../../../../onpar-iter/src/async_stream_ext.rs")],
        adaptors::ALL,
        &[],
    );
}
