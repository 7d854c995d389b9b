//! `debounce`, `audit`, `sample` and `throttle_latest`: the latest item, when it is due.

use core::pin::pin;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, Stream as _};
use onpar_test::Sim;

use crate::arrivals::{Script, ms, record, record_pausing, since_start};

#[test]
fn debounce_gives_the_latest_item_after_a_silence() {
    let script = Script::new([0, 5, 9, 30, 41], 60);
    let (given, end) = record(|rt| script.stream(rt).debounce(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(19, 2), (40, 3), (51, 4)], 60));
}

#[test]
fn debounce_gives_what_it_holds_at_the_end() {
    let script = Script::new([0, 5], 7);
    assert_eq!(record(|rt| script.stream(rt).debounce(rt.clone(), ms(10))), (vec![(7, 1)], 7));
}

#[test]
fn an_item_that_comes_just_when_the_silence_is_over_is_a_new_one() {
    let script = Script::new([0, 10], 40);
    assert_eq!(record(|rt| script.stream(rt).debounce(rt.clone(), ms(10))), (vec![(10, 0), (20, 1)], 40));
}

/// The silence of 0 was over at 10, when nobody asked; what came at 25 does not take its place.
#[test]
fn an_item_whose_time_came_while_nobody_asked_is_not_overtaken() {
    Sim::new(1).run(async |rt| {
        let mut stream = pin!(Script::new([0, 25], 90).stream(&rt).debounce(&rt, ms(10)));
        assert!(futures::poll!(stream.as_mut().next()).is_pending());
        rt.sleep(ms(30)).await;
        assert_eq!((stream.as_mut().next().await, since_start(&rt)), (Some(0), 30));
        // Seen at 30.
        assert_eq!((stream.as_mut().next().await, since_start(&rt)), (Some(1), 40));
    });
}

#[test]
fn audit_gives_the_latest_item_so_long_after_the_first() {
    let script = Script::new([3, 5, 12, 13, 40, 45], 47);
    let (given, end) = record(|rt| script.stream(rt).audit(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(13, 2), (23, 3), (50, 5)], 50));
}

#[test]
fn sample_gives_the_latest_item_of_each_period_that_has_one() {
    let script = Script::new([3, 5, 10, 29, 30], 33);
    let (given, end) = record(|rt| script.stream(rt).sample(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(10, 1), (20, 2), (30, 3), (40, 4)], 40));
}

#[test]
fn the_periods_of_sample_are_counted_from_the_call_and_idle_ones_set_no_timer() {
    Sim::new(1).run(async |rt| {
        rt.sleep(ms(7)).await;
        let mut stream = pin!(Script::new([99, 1_000], 1_001).stream(&rt).sample(&rt, ms(10)));
        rt.sleep(ms(14)).await;
        assert!(futures::poll!(stream.as_mut().next()).is_pending());
        assert_eq!(rt.timers(), 1, "that of the stream below");
        assert_eq!((stream.as_mut().next().await, since_start(&rt)), (Some(0), 107));
        assert_eq!((stream.as_mut().next().await, since_start(&rt)), (Some(1), 1_007));
    });
}

#[test]
fn throttle_latest_gives_an_item_at_once_and_then_the_latest_of_each_interval() {
    let script = Script::new([3, 5, 9, 14, 40, 41], 42);
    let (given, end) = record(|rt| script.stream(rt).throttle_latest(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(3, 0), (13, 2), (23, 3), (40, 4), (50, 5)], 50));
}

#[test]
fn the_interval_of_throttle_latest_is_counted_from_when_an_item_was_given() {
    let script = Script::new([0, 1, 26, 27], 28);
    let (given, _) = record_pausing(&[25, 0], |rt| script.stream(rt).throttle_latest(rt.clone(), ms(10)));
    assert_eq!(given, [(0, 0), (25, 1), (35, 3)]);
}

#[test]
fn none_of_them_waits_for_no_time_at_all() {
    let script = Script::new([0, 0, 5, 6], 9);
    let expected = (vec![(0, 1), (5, 2), (6, 3)], 9);
    assert_eq!(record(|rt| script.stream(rt).debounce(rt.clone(), Duration::ZERO)), expected);
    assert_eq!(record(|rt| script.stream(rt).audit(rt.clone(), Duration::ZERO)), expected);
    assert_eq!(record(|rt| script.stream(rt).sample(rt.clone(), Duration::ZERO)), expected);
    assert_eq!(record(|rt| script.stream(rt).throttle_latest(rt.clone(), Duration::ZERO)), expected);
}

#[test]
fn for_ever_is_until_the_end_for_a_debounce_and_the_first_item_for_a_throttle() {
    let script = Script::new([0, 5], 9);
    assert_eq!(record(|rt| script.stream(rt).debounce(rt.clone(), Duration::MAX)), (vec![(9, 1)], 9));
    let hours = Duration::from_hours(1);
    let limited = |given: Vec<(u64, u32)>| (given, 3_600_000);
    let found = record(|rt| script.stream(rt).throttle_latest(rt.clone(), Duration::MAX).take_for(rt.clone(), hours));
    assert_eq!(found, limited(vec![(0, 0)]));
    let found = record(|rt| script.stream(rt).audit(rt.clone(), Duration::MAX).take_for(rt.clone(), hours));
    assert_eq!(found, limited(vec![]));
    let found = record(|rt| script.stream(rt).sample(rt.clone(), Duration::MAX).take_for(rt.clone(), hours));
    assert_eq!(found, limited(vec![]));
}

#[test]
fn the_hint_promises_the_last_item_and_no_other() {
    Sim::new(1).run(async |rt| {
        let script = Script::new([0, 5, 20], 40);
        let mut stream = pin!(script.stream(&rt).debounce(&rt, ms(10)));
        assert_eq!(stream.size_hint(), (1, Some(3)));
        assert!(futures::poll!(stream.as_mut().next()).is_pending());
        assert_eq!(stream.size_hint(), (1, Some(3)));
        assert_eq!(stream.as_mut().next().await, Some(1));
        assert_eq!(stream.size_hint(), (1, Some(1)));
        assert_eq!(script.vague(&rt).debounce(&rt, ms(10)).size_hint(), (0, None));
    });
}
