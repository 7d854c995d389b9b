//! Whoever was woken is polled in the next poll of the stream that owns it: a probe in each measures the time in between.

use core::cell::Cell;
use core::pin::pin;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::share::Wait;
use onpar_iter::{
    AsyncIterator as _, AsyncStreamExt as _, Group, IntoAsyncIterator as _, Stream, combine_latest, limit, merge_all,
    race_streams, stream,
};
use onpar_test::probe::Gap;
use onpar_test::{ProbeLog, Rt, Sim};

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A tick each so many milliseconds, ten of them, each of which is waited for under a probe.
fn ticks(rt: &Rt, log: &ProbeLog, every: u64) -> impl Stream<Item = u64> + use<> {
    let (rt, log) = (rt.clone(), log.clone());
    stream(async move |mut y| {
        for tick in 1..=10 {
            log.probe(rt.sleep(millis(every))).await;
            y.emit(tick * every).await;
        }
    })
}

/// Runs what is made of ticks, and sees that none was snoozed; and that each item came at its time.
fn check(expected: usize, run: &impl AsyncFn(&Rt, &ProbeLog) -> usize) {
    Sim::new(1).run(async |rt| {
        let log = ProbeLog::with_clock(rt.clone());
        assert_eq!(log.owner(run(&rt, &log)).await, expected);
        assert!(log.polls() > 10);
        assert_eq!(log.longest(), Gap::default());
    });
}

/// Counts the items, each of which says when it is due.
async fn count_in_time(rt: &Rt, stream: impl Stream<Item = u64>) -> usize {
    let (start, count) = (rt.now(), Cell::new(0));
    stream
        .for_each(async |due: u64| {
            assert_eq!(rt.now() - start, millis(due));
            count.set(count.get() + 1);
        })
        .await;
    count.get()
}

#[test]
fn a_merge_of_few_and_of_many() {
    for members in [3, 100] {
        check(members * 10, &async |rt, log| {
            count_in_time(rt, merge_all((0..members as u64).map(|n| ticks(rt, log, n % 7 + 1)).collect::<Vec<_>>()))
                .await
        });
    }
}

#[test]
fn a_group_and_concurrent_flattening() {
    check(400, &async |rt, log| {
        count_in_time(rt, (0..40).map(|n| Box::pin(ticks(rt, log, n % 7 + 1))).collect::<Group<_>>()).await
    });
    check(400, &async |rt, log| {
        let streams: Vec<_> = (0..40).map(|n| ticks(rt, log, n % 7 + 1)).collect();
        count_in_time(rt, streams.into_async_iter().flatten_concurrent(limit!(40))).await
    });
}

#[test]
fn a_race_and_what_has_won_it() {
    check(10, &async |rt, log| {
        count_in_time(rt, race_streams((3..40).map(|n| ticks(rt, log, n)).collect::<Vec<_>>())).await
    });
}

#[test]
fn what_is_latest() {
    check(10, &async |rt, log| {
        let (a, b) = (ticks(rt, log, 3), ticks(rt, log, 31));
        // The first of `b` comes after the last of `a`. At the same time, their order would be the schedule's.
        combine_latest((a, b)).count().await
    });
    check(10, &async |rt, log| ticks(rt, log, 7).with_latest_from(ticks(rt, log, 1)).count().await);
    check(19, &async |rt, log| {
        let (inner_rt, inner_log) = (rt.clone(), log.clone());
        let outer = ticks(rt, log, 10);
        // One tick of each, at 7, until the next one switches; and all ten of the last.
        outer.switch_map_with((inner_rt, inner_log), async |(rt, log), _| ticks(rt, log, 7)).count().await
    });
}

#[test]
fn a_shared_stream() {
    check(20, &async |rt, log| {
        let shared = ticks(rt, log, 5).share(limit!(2), Wait);
        count_in_time(rt, shared.subscribe().merge(shared.subscribe())).await
    });
}

#[test]
fn a_stream_until_a_future_ends() {
    // Five ticks until then, and the sixth is under way.
    check(5, &async |rt, log| count_in_time(rt, ticks(rt, log, 7).take_until(log.probe(rt.sleep(millis(40))))).await);
    // The future is under way when the stream ends.
    check(10, &async |rt, log| count_in_time(rt, ticks(rt, log, 3).take_until(log.probe(rt.sleep(millis(40))))).await);
}

#[test]
fn what_is_ready_in_chunks() {
    for most in [limit!(1), limit!(2), limit!(5)] {
        check(30, &async |rt, log| {
            let all = merge_all((0..3).map(|n| ticks(rt, log, n % 2 + 1)).collect::<Vec<_>>());
            let (start, count) = (rt.now(), Cell::new(0));
            let chunks = all.ready_chunks(most).for_each(async |chunk: Vec<u64>| {
                // Each is due now: what is ready waits for nothing else.
                assert!(chunk.iter().all(|due| rt.now() - start == millis(*due)), "{chunk:?}");
                count.set(count.get() + chunk.len());
            });
            chunks.await;
            count.get()
        });
    }
}

#[test]
fn what_is_looked_at_before_it_is_taken() {
    check(10, &async |rt, log| {
        let (start, mut count) = (rt.now(), 0);
        let mut ticks = pin!(ticks(rt, log, 5).peekable());
        while let Some(due) = ticks.as_mut().peek().await.copied() {
            assert_eq!(rt.now() - start, millis(due));
            // Whoever has looked and waits holds up nothing that was begun: the next tick has not been.
            rt.sleep(millis(0)).await;
            let even = ticks.as_mut().next_if(|due| due % 2 == 0).await;
            let taken = if even.is_some() { even } else { ticks.as_mut().next().await };
            assert_eq!(taken, Some(due));
            count += 1;
        }
        count
    });
}

#[test]
fn a_fused_stream() {
    check(10, &async |rt, log| count_in_time(rt, ticks(rt, log, 3).fuse()).await);
}
