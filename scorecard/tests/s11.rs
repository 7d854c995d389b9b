//! Each acceptance point of S11, with stock tools and with onpar.

mod point;

use point::{are_complete, holds};
use scorecard::executor::Executor;

#[test]
fn a11_1_generic_calls_allocate_nothing() {
    holds("A11.1");
}

#[test]
fn a11_2_calls_of_an_object_allocate_nothing() {
    holds("A11.2");
}

#[test]
fn a11_3_generic_code_spawns_what_any_client_does() {
    holds("A11.3");
}

#[test]
fn a11_4_no_proc_macro_is_built_by_default_and_the_build_is_short() {
    holds("A11.4");
}

#[test]
fn a11_5_a_cancelled_call_has_cleaned_up() {
    holds("A11.5");
}

#[test]
fn no_point_is_left_out_here_and_each_is_shown_on_all_executors() {
    are_complete("S11", &["A11.1", "A11.2", "A11.3", "A11.4", "A11.5"], Executor::ALL);
}
