//! `timeout` and `timeout_repeating`: each item in time, or an error in its place.

use core::pin::pin;
use core::time::Duration;

use onpar_core::{Clock as _, Elapsed};
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, IntoAsyncIterator as _, Stream as _};
use onpar_test::Sim;

use crate::arrivals::{Script, ms, record, record_pausing, since_start};

const LATE: Result<u32, Elapsed> = Err(Elapsed);

#[test]
fn an_item_that_is_late_is_an_error_once_and_is_given_when_it_comes() {
    let script = Script::new([3, 40, 45], 70);
    let (given, end) = record(|rt| script.stream(rt).timeout(rt.clone(), ms(10)));
    assert_eq!(given, [(3, Ok(0)), (13, LATE), (40, Ok(1)), (45, Ok(2)), (55, LATE)]);
    assert_eq!(end, 70);
}

#[test]
fn one_that_repeats_gives_an_error_for_each_such_time() {
    let script = Script::new([3, 40], 61);
    let (given, end) = record(|rt| script.stream(rt).timeout_repeating(rt.clone(), ms(10)));
    assert_eq!(given, [(3, Ok(0)), (13, LATE), (23, LATE), (33, LATE), (40, Ok(1)), (50, LATE), (60, LATE)]);
    assert_eq!(end, 61);
}

#[test]
fn an_item_that_comes_at_its_last_instant_is_in_time() {
    let script = Script::new([10, 20], 30);
    let (given, end) = record(|rt| script.stream(rt).timeout(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(10, Ok(0)), (20, Ok(1))], 30));
}

/// The stream has had each item within 10 ms; that nobody asked for 50 is not its fault.
#[test]
fn a_reader_that_takes_its_time_causes_no_error() {
    let script = Script::new([0, 1, 55, 120], 121);
    let (given, end) = record_pausing(&[50], |rt| script.stream(rt).timeout(rt.clone(), ms(10)));
    assert_eq!(given, [(0, Ok(0)), (50, Ok(1)), (100, Ok(2)), (150, Ok(3))]);
    assert_eq!(end, 200);
}

#[test]
fn a_stream_that_is_not_polled_gives_no_error_and_the_item_that_is_there_wins() {
    Sim::new(1).run(async |rt| {
        let mut stream = pin!(Script::new([30], 40).stream(&rt).timeout(&rt, ms(10)));
        assert!(futures::poll!(stream.as_mut().next()).is_pending());
        rt.sleep(ms(35)).await;
        assert_eq!(stream.as_mut().next().await, Some(Ok(0)));
        assert_eq!(stream.as_mut().next().await, None);
    });
}

#[test]
fn the_time_that_has_begun_runs_on_while_nobody_asks() {
    Sim::new(1).run(async |rt| {
        let mut stream = pin!(Script::new([90], 95).stream(&rt).timeout(&rt, ms(10)));
        assert!(futures::poll!(stream.as_mut().next()).is_pending());
        rt.sleep(ms(50)).await;
        assert_eq!((stream.as_mut().next().await, since_start(&rt)), (Some(LATE), 50));
        assert_eq!((stream.as_mut().next().await, since_start(&rt)), (Some(Ok(0)), 90));
        assert_eq!((stream.as_mut().next().await, since_start(&rt)), (None, 95));
    });
}

#[test]
fn a_timeout_of_nothing_gives_an_error_before_each_item_that_is_not_there_at_once() {
    let script = Script::new([0, 0, 5], 5);
    let (given, end) = record(|rt| script.stream(rt).timeout(rt.clone(), Duration::ZERO));
    assert_eq!((given, end), (vec![(0, Ok(0)), (0, Ok(1)), (0, LATE), (5, Ok(2))], 5));
}

#[test]
fn a_timeout_for_ever_is_none() {
    let script = Script::new([1_000_000_000], 2_000_000_000);
    let (given, end) = record(|rt| script.vague(rt).timeout_repeating(rt.clone(), Duration::MAX));
    assert_eq!((given, end), (vec![(1_000_000_000, Ok(0))], 2_000_000_000));
}

#[test]
fn a_stream_whose_items_are_there_sets_no_timer() {
    Sim::new(1).run(async |rt| {
        let mut stream = pin!((0..3).into_async_iter().timeout(&rt, ms(10)));
        while let Some(item) = stream.as_mut().next().await {
            assert!(item.is_ok());
            assert_eq!(rt.timers(), 0);
        }
    });
}

#[test]
fn the_first_item_that_is_late_ends_what_collects_into_a_result() {
    let collected = Sim::new(1).run(async |rt| {
        let items = Script::new([3, 40], 50).stream(&rt).timeout(&rt, ms(10));
        (items.collect::<Result<Vec<_>, _>>().await, since_start(&rt))
    });
    assert_eq!(collected, (Err(Elapsed), 13));
}

#[test]
fn the_hint_has_room_for_an_error_before_each_item_and_before_the_end() {
    Sim::new(1).run(async |rt| {
        let mut stream = pin!(Script::new([20], 40).stream(&rt).timeout(&rt, ms(10)));
        for (given, hint) in [(LATE, (1, Some(3))), (Ok(0), (1, Some(2))), (LATE, (0, Some(1)))] {
            assert_eq!(stream.size_hint(), hint);
            assert_eq!(stream.as_mut().next().await, Some(given));
        }
        assert_eq!(stream.size_hint(), (0, Some(0)));
        let repeating = Script::new([20], 40).stream(&rt).timeout_repeating(&rt, ms(10));
        assert_eq!(repeating.size_hint(), (1, None));
    });
}
