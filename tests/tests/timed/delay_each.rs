//! `delay_each`: each item so much later, one after another.

use core::pin::pin;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, Stream as _};
use onpar_test::Sim;

use crate::arrivals::{Script, ms, record, record_pausing, since_start};

#[test]
fn each_item_is_given_so_much_later_and_the_next_one_waits_from_then() {
    let script = Script::new([0, 1, 2, 50], 55);
    let (given, end) = record(|rt| script.stream(rt).delay_each(rt.clone(), ms(10)));
    assert_eq!(given, [(10, 0), (20, 1), (30, 2), (60, 3)]);
    assert_eq!(end, 60);
}

#[test]
fn the_end_is_not_delayed() {
    let (given, end) = record(|rt| Script::new([1], 30).stream(rt).delay_each(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(11, 0)], 30));
    let (given, end) = record(|rt| Script::new([], 5).stream(rt).delay_each(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![], 5));
}

/// A stream that needs 10 ms of being polled for each item: that it is polled while an item waits saves half of the time.
#[test]
fn what_is_under_way_in_the_stream_goes_on_while_an_item_waits() {
    let (given, _) = record(|rt| {
        let clock = rt.clone();
        let slow = onpar_iter::stream(async move |mut y| {
            for n in 0..3 {
                clock.sleep(ms(10)).await;
                y.emit(n).await;
            }
        });
        slow.delay_each(rt.clone(), ms(10))
    });
    assert_eq!(given, [(20, 0), (30, 1), (40, 2)]);
}

/// The one that has come already waits from the instant at which the one before it was given, whenever it is asked for.
#[test]
fn a_delay_runs_on_while_the_reader_does_something_else() {
    let script = Script::new([0, 1, 31, 90], 91);
    let (given, end) = record_pausing(&[15], |rt| script.stream(rt).delay_each(rt.clone(), ms(10)));
    // 0 from 0; 1 from 10, asked for at 25; 2 from 40, which is when it is seen; 3 from 90.
    assert_eq!(given, [(10, 0), (25, 1), (50, 2), (100, 3)]);
    assert_eq!(end, 115);
}

#[test]
fn no_more_than_two_items_are_taken_ahead() {
    Sim::new(1).run(async |rt| {
        let mut source = Script::new([0, 0, 0, 0], 0).stream(&rt);
        let mut delayed = Box::pin((&mut source).delay_each(&rt, ms(10)));
        assert_eq!(delayed.size_hint(), (4, Some(4)));
        assert!(futures::poll!(delayed.as_mut().next()).is_pending());
        assert_eq!(delayed.size_hint(), (4, Some(4)));
        drop(delayed);
        assert_eq!(source.size_hint(), (2, Some(2)));
        assert_eq!((source.next().await, since_start(&rt)), (Some(2), 0));
    });
}

#[test]
fn a_delay_of_nothing_gives_each_item_when_it_comes() {
    let (given, end) = record(|rt| Script::new([0, 0, 7], 9).stream(rt).delay_each(rt.clone(), Duration::ZERO));
    assert_eq!((given, end), (vec![(0, 0), (0, 1), (7, 2)], 9));
}

#[test]
fn a_delay_for_ever_gives_nothing() {
    Sim::new(1).run(async |rt| {
        let mut stream = pin!(Script::new([0], 5).stream(&rt).delay_each(&rt, Duration::MAX));
        let given = onpar_scope::timeout(&rt, Duration::from_hours(1_000_000), stream.as_mut().next()).await;
        assert!(given.is_err());
        assert_eq!(stream.size_hint(), (1, Some(1)));
    });
}
