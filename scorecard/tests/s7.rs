//! Each acceptance point of S7, with stock tools and with onpar.

mod point;

use point::{are_complete, holds};

#[test]
fn a7_1_a_service_names_its_runtime_in_one_line() {
    holds("A7.1");
}

#[test]
fn a7_2_the_layer_allocates_nothing_of_its_own() {
    holds("A7.2");
}

#[test]
fn a7_3_a_dependency_that_wants_tokio_runs_on_smol() {
    holds("A7.3");
}

#[test]
fn no_point_is_left_out_here() {
    are_complete("S7", &["A7.1", "A7.2", "A7.3"], &[]);
}
