//! Each acceptance point of S10, with stock tools and with onpar, on every executor that it names.

mod point;

use point::{are_complete, holds};
use scorecard::executor::Executor;

#[test]
fn a10_1_timers_run_at_once_and_each_is_done_in_its_own_time() {
    holds("A10.1");
}

#[test]
fn a10_2_the_source_has_no_words_in_the_way() {
    holds("A10.2");
}

#[test]
fn a10_3_every_kind_of_closure_is_taken() {
    holds("A10.3");
}

#[test]
fn a10_4_what_is_not_awaited_runs_and_is_waited_for() {
    holds("A10.4");
}

#[test]
fn no_point_is_left_out_here_and_each_is_shown_on_all_executors() {
    are_complete("S10", &["A10.1", "A10.2", "A10.3", "A10.4"], Executor::ALL);
}
