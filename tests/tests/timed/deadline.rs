//! `take_for`, `take_until_deadline` and `timeout_whole`: the items until a deadline.

use alloc::rc::Rc;
use core::pin::pin;
use core::time::Duration;

use onpar_core::{Clock as _, Elapsed, Instant};
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, IntoAsyncIterator as _, Stream as _};
use onpar_test::Sim;

use crate::arrivals::{Script, ms, record, record_pausing, since_start};

#[test]
fn the_items_that_come_before_the_deadline_and_the_end_at_it() {
    let script = Script::new([3, 9, 10, 11], 50);
    assert_eq!(record(|rt| script.stream(rt).take_for(rt.clone(), ms(10))), (vec![(3, 0), (9, 1)], 10));
    let deadline = Instant::ORIGIN + ms(11);
    let (given, end) = record(|rt| script.stream(rt).take_until_deadline(rt.clone(), deadline));
    assert_eq!((given, end), (vec![(3, 0), (9, 1), (10, 2)], 11));
}

#[test]
fn a_stream_that_ends_before_its_deadline_ends_then() {
    let script = Script::new([3], 9);
    assert_eq!(record(|rt| script.stream(rt).take_for(rt.clone(), ms(10))), (vec![(3, 0)], 9));
    let (given, end) = record(|rt| script.stream(rt).timeout_whole(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(3, Ok(0))], 9));
}

#[test]
fn what_is_cut_short_is_an_error_of_the_whole() {
    let script = Script::new([3, 12], 15);
    let (given, end) = record(|rt| script.stream(rt).timeout_whole(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(3, Ok(0)), (10, Err(Elapsed))], 10));
    let collected = Sim::new(1).run(async |rt| {
        let items = script.stream(&rt).timeout_whole(&rt, ms(10)).collect::<Result<Vec<_>, _>>().await;
        (items, since_start(&rt))
    });
    assert_eq!(collected, (Err(Elapsed), 10));
}

#[test]
fn the_time_of_the_whole_runs_from_the_call_and_the_reader_is_part_of_it() {
    Sim::new(1).run(async |rt| {
        let items = Script::new([0, 0], 30).stream(&rt).take_for(&rt, ms(10));
        rt.sleep(ms(9)).await;
        let mut items = pin!(items);
        assert_eq!(items.as_mut().next().await, Some(0));
        rt.sleep(ms(1)).await;
        assert_eq!((items.as_mut().next().await, since_start(&rt)), (None, 10));
    });
}

/// Each item takes a millisecond of work, and none is ever pending.
#[test]
fn a_stream_that_always_has_an_item_ends_at_the_deadline() {
    Sim::new(1).run(async |rt| {
        let busy = (0..).into_async_iter().inspect(async |_| rt.work(ms(1)));
        assert_eq!(busy.take_for(&rt, ms(10)).count().await, 10);
    });
}

#[test]
fn what_the_stream_was_not_asked_for_is_still_in_it_and_what_is_not_needed_is_dropped() {
    Sim::new(1).run(async |rt| {
        let mut source = Script::new([1, 2, 20, 21], 21).stream(&rt);
        let first = (&mut source).take_for(&rt, ms(10)).collect::<Vec<_>>().await;
        assert_eq!((first, source.collect::<Vec<_>>().await), (vec![0, 1], vec![2, 3]));

        let owned = Rc::new(());
        let held = Rc::downgrade(&owned);
        let source = onpar_iter::stream(async move |mut y| {
            y.emit(1).await;
            core::future::pending::<()>().await;
            drop(owned);
        });
        let mut cut = pin!(source.take_for(&rt, ms(10)));
        assert!(!cut.is_cut());
        assert_eq!(cut.as_mut().next().await, Some(1));
        assert!(held.upgrade().is_some());
        assert_eq!(cut.as_mut().next().await, None);
        assert!(cut.is_cut() && held.upgrade().is_none());
    });
}

#[test]
fn only_a_deadline_that_has_cut_it_is_told() {
    Sim::new(1).run(async |rt| {
        let mut whole = pin!(Script::new([1], 9).stream(&rt).take_for(&rt, ms(10)));
        assert_eq!(whole.as_mut().count().await, 1);
        assert!(!whole.is_cut());
    });
}

#[test]
fn no_time_at_all_and_all_the_time() {
    let script = Script::new([0, 5], 1_000_000_000);
    assert_eq!(record(|rt| script.stream(rt).take_for(rt.clone(), Duration::ZERO)), (vec![], 0));
    let (given, end) = record(|rt| script.stream(rt).timeout_whole(rt.clone(), Duration::ZERO));
    assert_eq!((given, end), (vec![(0, Err(Elapsed))], 0));
    let (given, end) = record(|rt| script.stream(rt).timeout_whole(rt.clone(), Duration::MAX));
    assert_eq!((given, end), (vec![(0, Ok(0)), (5, Ok(1))], 1_000_000_000));
}

#[test]
fn the_hints_promise_no_item_but_the_first_or_an_error() {
    Sim::new(1).run(async |rt| {
        let script = Script::new([1, 2], 3);
        assert_eq!(script.stream(&rt).take_for(&rt, ms(1)).size_hint(), (0, Some(2)));
        assert_eq!(script.stream(&rt).timeout_whole(&rt, ms(1)).size_hint(), (1, Some(3)));
        assert_eq!(script.vague(&rt).timeout_whole(&rt, ms(1)).size_hint(), (0, None));
    });
}

#[test]
fn a_reader_that_is_late_for_the_deadline_finds_the_end() {
    let script = Script::new([1, 2, 3], 4);
    let (given, end) = record_pausing(&[20], |rt| script.stream(rt).timeout_whole(rt.clone(), ms(10)));
    assert_eq!((given, end), (vec![(1, Ok(0)), (21, Err(Elapsed))], 41));
}
