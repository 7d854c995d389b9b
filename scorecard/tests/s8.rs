//! Each acceptance point of S8, with stock tools and with onpar.

mod point;

use point::{are_complete, holds};

#[test]
fn a8_1_a_library_depends_on_no_runtime() {
    holds("A8.1");
}

#[test]
fn a8_2_a_library_runs_on_a_runtime_that_it_does_not_know() {
    holds("A8.2");
}

#[test]
fn a8_3_a_thousand_sleeps_need_no_threads() {
    holds("A8.3");
}

#[test]
fn a8_4_a_read_through_an_adapter_allocates_nothing() {
    holds("A8.4");
}

#[test]
fn a8_5_the_tests_of_a_library_hold_on_each_runtime() {
    holds("A8.5");
}

#[test]
fn no_point_is_left_out_here() {
    are_complete("S8", &["A8.1", "A8.2", "A8.3", "A8.4", "A8.5"], &[]);
}
