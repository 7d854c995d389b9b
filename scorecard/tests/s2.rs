//! Each acceptance point of S2, with onpar, on every executor.

use scorecard::{row::Row, selection, stories};

/// Runs onpar's side of every row of this point.
fn holds(point: &str) {
    let rows = selection::select(&[point.to_owned()]).unwrap_or_else(|error| panic!("{error}"));
    assert!(!rows.is_empty());
    for row in rows {
        match row.onpar() {
            Ok(measured) if !measured.has_failed() => {}
            bad => panic!("{point} on {}, {}: {bad:?}", row.executor.name(), row.case.what),
        }
    }
}

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
    let story = stories::ALL.iter().find(|story| story.name == "S2").expect("the story is there");
    let names: Vec<_> = story.points.iter().map(|point| point.name).collect();
    assert_eq!(names, ["A2.1", "A2.2", "A2.3", "A2.4", "A2.5"]);
    for point in names {
        let rows: Vec<_> = Row::all().into_iter().filter(|row| row.point.name == point).collect();
        assert_eq!(rows.len(), scorecard::executor::Executor::ALL.len(), "{point}");
    }
}
