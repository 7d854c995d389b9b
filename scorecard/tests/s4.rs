//! Each acceptance point of S4, with stock tools and with onpar, on every executor that it names.

mod point;

use point::{are_complete, holds};
use scorecard::executor::Executor;

#[test]
fn a4_1_a_query_takes_its_own_time_while_items_are_processed() {
    holds("A4.1");
}

#[test]
fn a4_2_stages_that_share_a_lock_do_not_wait_for_each_other_for_ever() {
    holds("A4.2");
}

#[test]
fn a4_3_who_waits_for_a_lock_and_then_for_something_else_holds_up_nobody() {
    holds("A4.3");
}

#[test]
fn a4_4_what_was_claimed_is_processed_or_handed_back() {
    holds("A4.4");
}

#[test]
fn a4_5_a_limit_of_zero_is_an_error_where_it_is_read() {
    holds("A4.5");
}

#[test]
fn a4_6_nothing_that_was_woken_is_left_unpolled() {
    holds("A4.6");
}

#[test]
fn no_point_is_left_out_here_and_each_is_shown_on_all_executors() {
    are_complete("S4", &["A4.1", "A4.2", "A4.3", "A4.4", "A4.5", "A4.6"], Executor::ALL);
}
