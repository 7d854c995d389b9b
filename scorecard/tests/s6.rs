//! Each acceptance point of S6, with stock tools and with onpar.

mod point;

use point::{are_complete, holds};

#[test]
fn a6_1_a_first_program_is_short_and_tied_to_no_runtime() {
    holds("A6.1");
}

#[test]
fn a6_2_a_call_that_blocks_holds_up_nobody() {
    holds("A6.2");
}

#[test]
fn a6_3_each_question_is_answered_by_a_program() {
    holds("A6.3");
}

#[test]
fn no_point_is_left_out_here() {
    are_complete("S6", &["A6.1", "A6.2", "A6.3"], &[]);
}
