//! Each acceptance point of S1, with stock tools and with onpar, on every executor that it names.

mod point;

use point::{are_complete, holds};
use scorecard::executor::Executor;

#[test]
fn a1_1_after_a_timeout_the_next_connection_finds_the_server_closed() {
    holds("A1.1");
}

#[test]
fn a1_2_whatever_cancels_inside_a_scope_the_server_is_closed_when_it_returns() {
    holds("A1.2");
}

#[test]
fn a1_3_cleanups_run_in_order_on_every_way_out() {
    holds("A1.3");
}

#[test]
fn a1_4_a_cleanup_never_blocks_the_executor() {
    holds("A1.4");
}

#[test]
fn a1_5_the_caller_gets_the_outcome_and_the_error_of_the_close() {
    holds("A1.5");
}

#[test]
fn a1_6_a_close_that_never_ends_is_reported_when_the_budget_is_spent() {
    holds("A1.6");
}

#[test]
fn a1_7_a_hard_drop_is_told_or_reaped() {
    holds("A1.7");
}

#[test]
fn a1_8_forgetting_harms_nobody() {
    holds("A1.8");
}

#[test]
fn no_point_is_left_out_here_and_each_is_shown_on_all_executors() {
    are_complete("S1", &["A1.1", "A1.2", "A1.3", "A1.4", "A1.5", "A1.6", "A1.7", "A1.8"], Executor::ALL);
}
