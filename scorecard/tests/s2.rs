//! Each acceptance point of S2, with stock tools and with onpar, on every executor that it names.

mod point;

use point::{are_complete, holds};
use scorecard::executor::Executor;

#[test]
fn a2_1_a_packet_at_any_poll_costs_no_item() {
    holds("A2.1");
}

#[test]
fn a2_2_a_packet_at_every_poll_holds_nobody_up() {
    holds("A2.2");
}

#[test]
fn a2_3_handlers_change_one_state_and_no_update_is_lost() {
    holds("A2.3");
}

#[test]
fn a2_4_a_handler_that_waits_for_a_lock_of_the_loaders_gets_it() {
    holds("A2.4");
}

#[test]
fn a2_5_no_arm_is_kept_and_left_unpolled() {
    holds("A2.5");
}

#[test]
fn no_point_is_left_out_here_and_each_is_shown_on_all_executors() {
    are_complete("S2", &["A2.1", "A2.2", "A2.3", "A2.4", "A2.5"], Executor::ALL);
}
