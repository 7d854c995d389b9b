//! Each acceptance point of S9, with stock tools and with onpar.

mod point;

use point::{are_complete, holds};

#[test]
fn a9_1_a_chapter_needs_one_crate() {
    holds("A9.1");
}

#[test]
fn a9_3_a_program_names_a_runtime_once() {
    holds("A9.3");
}

#[test]
fn no_point_is_left_out_here() {
    are_complete("S9", &["A9.1", "A9.3"], &[]);
}
