//! Each acceptance point of S3, with stock tools and with onpar, on every executor that it names.

mod point;

use point::{are_complete, holds};
use scorecard::executor::Executor;

#[test]
fn a3_1_many_chunks_go_through_channels_of_one_place() {
    holds("A3.1");
}

#[test]
fn a3_2_the_caller_hears_of_the_cause_as_it_happens_and_the_others_are_closed() {
    holds("A3.2");
}

#[test]
fn a3_3_leaving_the_sending_loop_closes_all_requests_and_leaves_no_task() {
    holds("A3.3");
}

#[test]
fn a3_4_of_two_errors_in_one_poll_neither_is_lost() {
    holds("A3.4");
}

#[test]
fn a3_5_a_panic_closes_the_others_and_reaches_the_caller_once() {
    holds("A3.5");
}

#[test]
fn no_point_is_left_out_here_and_each_is_shown_on_all_executors() {
    are_complete("S3", &["A3.1", "A3.2", "A3.3", "A3.4", "A3.5"], Executor::ALL);
}
