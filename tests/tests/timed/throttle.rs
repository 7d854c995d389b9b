//! `throttle` and `throttle_first`: at most one item in so much time, the others later or not at all.

use core::pin::pin;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, Stream as _};
use onpar_test::Sim;

use crate::arrivals::{Script, ms, record, record_pausing, since_start};

#[test]
fn all_items_come_with_so_much_time_between_them() {
    let script = Script::new([3, 4, 5, 50, 55], 56);
    let (given, end) = record(|rt| script.stream(rt).throttle(rt.clone(), ms(10)));
    assert_eq!(given, [(3, 0), (13, 1), (23, 2), (50, 3), (60, 4)]);
    assert_eq!(end, 60);
}

#[test]
fn the_interval_is_counted_from_when_an_item_was_given() {
    let script = Script::new([0, 0, 0], 0);
    let (given, _) = record_pausing(&[25, 0], |rt| script.stream(rt).throttle(rt.clone(), ms(10)));
    assert_eq!(given, [(0, 0), (25, 1), (35, 2)]);
}

#[test]
fn the_end_does_not_wait_for_the_interval() {
    assert_eq!(record(|rt| Script::new([0], 4).stream(rt).throttle(rt.clone(), ms(10))), (vec![(0, 0)], 4));
}

/// A stream that needs 10 ms of being polled for each item gives one each 10 ms; one that slept through the interval, each 20.
#[test]
fn what_is_under_way_in_the_stream_goes_on_during_the_interval() {
    let (given, _) = record(|rt| {
        let clock = rt.clone();
        let slow = onpar_iter::stream(async move |mut y| {
            for n in 0..3 {
                clock.sleep(ms(10)).await;
                y.emit(n).await;
            }
        });
        slow.throttle(rt.clone(), ms(10))
    });
    assert_eq!(given, [(10, 0), (20, 1), (30, 2)]);
}

#[test]
fn one_item_is_taken_ahead_and_no_more() {
    Sim::new(1).run(async |rt| {
        let mut source = Script::new([0, 0, 0], 0).stream(&rt);
        let mut paced = Box::pin((&mut source).throttle(&rt, ms(10)));
        assert_eq!(paced.as_mut().next().await, Some(0));
        assert!(futures::poll!(paced.as_mut().next()).is_pending());
        assert_eq!(paced.size_hint(), (2, Some(2)));
        drop(paced);
        assert_eq!((source.next().await, since_start(&rt)), (Some(2), 0));
    });
}

#[test]
fn an_item_that_comes_too_soon_after_the_one_given_is_dropped() {
    let script = Script::new([3, 4, 12, 13, 14, 30], 31);
    let (given, end) = record(|rt| script.stream(rt).throttle_first(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(3, 0), (13, 3), (30, 5)], 31));
}

#[test]
fn no_interval_is_no_throttle_and_one_for_ever_lets_one_item_through() {
    let script = Script::new([0, 0, 7], 9);
    let all = vec![(0, 0), (0, 1), (7, 2)];
    assert_eq!(record(|rt| script.stream(rt).throttle(rt.clone(), Duration::ZERO)), (all.clone(), 9));
    assert_eq!(record(|rt| script.stream(rt).throttle_first(rt.clone(), Duration::ZERO)), (all, 9));
    assert_eq!(record(|rt| script.stream(rt).throttle_first(rt.clone(), Duration::MAX)), (vec![(0, 0)], 9));
    let (given, end) = record(|rt| {
        let hours = Duration::from_hours(1_000_000);
        script.stream(rt).throttle(rt.clone(), Duration::MAX).take_for(rt.clone(), hours)
    });
    assert_eq!((given, end), (vec![(0, 0)], 3_600_000_000_000));
}

#[test]
fn items_in_their_turn_set_no_timer() {
    Sim::new(1).run(async |rt| {
        let mut stream = pin!(Script::new([0, 0], 0).stream(&rt).throttle(&rt, ms(10)));
        assert_eq!(stream.as_mut().next().await, Some(0));
        rt.sleep(ms(10)).await;
        assert_eq!(stream.as_mut().next().await, Some(1));
        assert_eq!(since_start(&rt), 10);
    });
}
