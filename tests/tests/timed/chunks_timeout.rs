//! `chunks_timeout`: up to so many items at a time, none of which waits longer than so.

use core::pin::pin;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, IntoAsyncIterator as _, Stream as _, limit};
use onpar_test::Sim;

use crate::arrivals::{Script, ms, record, since_start};

#[test]
fn a_chunk_is_given_when_it_is_full_when_its_time_is_up_and_at_the_end() {
    let script = Script::new([0, 1, 2, 5, 14, 15, 30], 33);
    let (given, end) = record(|rt| script.stream(rt).chunks_timeout(rt.clone(), limit!(3), ms(10)));
    assert_eq!(given, [(2, vec![0, 1, 2]), (15, vec![3, 4, 5]), (33, vec![6])]);
    assert_eq!(end, 33);
    let script = Script::new([0, 9, 11], 40);
    let (given, end) = record(|rt| script.stream(rt).chunks_timeout(rt.clone(), limit!(3), ms(10)));
    assert_eq!((given, end), (vec![(10, vec![0, 1]), (21, vec![2])], 40));
}

#[test]
fn an_item_that_comes_when_the_time_is_up_is_still_in_the_chunk() {
    let script = Script::new([0, 10], 40);
    let (given, _) = record(|rt| script.stream(rt).chunks_timeout(rt.clone(), limit!(3), ms(10)));
    assert_eq!(given, [(10, vec![0, 1])]);
}

#[test]
fn a_silent_stream_gives_no_empty_chunks() {
    let (given, end) = record(|rt| Script::new([], 500).stream(rt).chunks_timeout(rt.clone(), limit!(3), ms(10)));
    assert_eq!((given, end), (vec![], 500));
}

#[test]
fn full_chunks_of_what_is_ready_set_no_timer() {
    Sim::new(1).run(async |rt| {
        let mut chunks = pin!((0..6).into_async_iter().chunks_timeout(&rt, limit!(2), ms(10)));
        while let Some(chunk) = chunks.as_mut().next().await {
            assert_eq!((chunk.len(), rt.timers()), (2, 0));
        }
    });
}

#[test]
fn what_a_chunk_holds_when_it_is_given_up_is_there_and_its_time_begins_anew() {
    Sim::new(1).run(async |rt| {
        let mut chunks = pin!(Script::new([0, 1, 7], 50).stream(&rt).chunks_timeout(&rt, limit!(9), ms(10)));
        assert!(onpar_scope::timeout(&rt, ms(3), chunks.as_mut().next()).await.is_err());
        assert_eq!(chunks.as_mut().remainder(), [0, 1]);
        assert_eq!(chunks.as_mut().remainder(), [0_u32; 0]);
        assert_eq!((chunks.as_mut().next().await, since_start(&rt)), (Some(vec![2]), 17));
        assert_eq!(chunks.as_mut().next().await, None);
    });
}

#[test]
fn no_time_gives_what_is_ready_together_and_all_the_time_full_chunks() {
    let script = Script::new([0, 0, 0, 5], 1_000_000_000);
    let (given, _) = record(|rt| script.stream(rt).chunks_timeout(rt.clone(), limit!(2), Duration::ZERO));
    assert_eq!(given, [(0, vec![0, 1]), (0, vec![2]), (5, vec![3])]);
    let (given, _) = record(|rt| script.stream(rt).chunks_timeout(rt.clone(), limit!(3), Duration::MAX));
    assert_eq!(given, [(0, vec![0, 1, 2]), (1_000_000_000, vec![3])]);
}

#[test]
fn the_hint_counts_the_chunk_that_has_begun_once() {
    Sim::new(1).run(async |rt| {
        let mut chunks = pin!(Script::new([0, 0, 1, 1, 1], 20).stream(&rt).chunks_timeout(&rt, limit!(3), ms(10)));
        assert_eq!(chunks.size_hint(), (2, Some(5)));
        assert!(futures::poll!(chunks.as_mut().next()).is_pending());
        assert_eq!(chunks.size_hint(), (2, Some(4)));
        assert_eq!(chunks.as_mut().next().await, Some(vec![0, 1, 2]));
        assert_eq!(chunks.size_hint(), (1, Some(2)));
        rt.sleep(ms(1)).await;
        assert_eq!(chunks.as_mut().next().await, Some(vec![3, 4]));
    });
}
