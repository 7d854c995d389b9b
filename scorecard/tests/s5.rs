//! Each acceptance point of S5, with stock tools and with onpar.

mod point;

use point::{are_complete, holds};

#[test]
fn a5_1_no_call_panics_for_want_of_a_runtime() {
    holds("A5.1");
}

#[test]
fn a5_2_what_is_missing_is_said_at_compile_time() {
    holds("A5.2");
}

#[test]
fn a5_3_a_library_that_wants_tokio_runs_without_it() {
    holds("A5.3");
}

#[test]
fn a5_4_who_blocks_is_reported_by_name() {
    holds("A5.4");
}

#[test]
fn no_point_is_left_out_here() {
    are_complete("S5", &["A5.1", "A5.2", "A5.3", "A5.4"], &[]);
}
