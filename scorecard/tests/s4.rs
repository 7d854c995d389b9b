//! Each acceptance point of S4 that there is, with onpar, on every executor that it names.

use scorecard::selection;

#[test]
fn a4_3_who_waits_for_a_lock_and_then_for_something_else_holds_up_nobody() {
    let rows = selection::select(&["A4.3".to_owned()]).unwrap();
    assert_eq!(rows.len(), 6);
    for row in rows {
        let measured = row.onpar().unwrap();
        assert!(!measured.has_failed(), "{} on {}: {measured}", row.case.what, row.executor.name());
    }
}
