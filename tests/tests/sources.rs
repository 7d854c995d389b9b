//! Sources that wait: intervals by the virtual clock. And the bridges to streams of other crates, which are none.

use core::pin::pin;
use core::task::Poll;
use core::time::Duration;

use onpar_iter::source::MissedTickBehavior::{self, Burst, Delay, Skip};
use onpar_iter::{
    AsyncIterator as _, IntoAsyncIterator as _, Stream, interval, interval_at, pending, poll_fn, stream, sync,
};
use onpar_test::{ByHand, Clock as _, Instant, Rt, Sim};

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// When ticks of 100 ms are taken, and when they were due, if after each of them so much time passes.
fn ticks(missed: MissedTickBehavior, pauses: &'static [u64]) -> Vec<(u64, u64)> {
    Sim::new(3).run(async move |rt| {
        let start = rt.now();
        let since = |time: Instant| u64::try_from((time - start).as_millis()).expect("it is soon");
        let mut ticks = pin!(interval(&rt, millis(100)).missed_ticks(missed));
        let mut taken = Vec::new();
        for pause in pauses {
            let due = ticks.next().await.expect("it never ends");
            taken.push((since(rt.now()), since(due)));
            rt.sleep(millis(*pause)).await;
        }
        taken
    })
}

#[test]
fn ticks_keep_their_rhythm_however_long_each_takes_if_it_is_less_than_a_period() {
    for missed in [Burst, Delay, Skip] {
        assert_eq!(ticks(missed, &[99, 1, 50, 0]), [(0, 0), (100, 100), (200, 200), (300, 300)], "{missed:?}");
    }
}

#[test]
fn ticks_that_were_missed_come_in_a_burst_or_are_left_out_with_or_without_a_delay() {
    let pauses = &[0, 250, 0, 0, 0];
    assert_eq!(ticks(Burst, pauses), [(0, 0), (100, 100), (350, 200), (350, 300), (400, 400)]);
    assert_eq!(ticks(Delay, pauses), [(0, 0), (100, 100), (350, 200), (450, 450), (550, 550)]);
    assert_eq!(ticks(Skip, pauses), [(0, 0), (100, 100), (350, 200), (400, 400), (500, 500)]);
}

#[test]
fn a_tick_that_is_taken_just_as_the_next_one_is_due_has_missed_that_one() {
    let pauses = &[0, 200, 0, 0];
    assert_eq!(ticks(Burst, pauses), [(0, 0), (100, 100), (300, 200), (300, 300)]);
    assert_eq!(ticks(Delay, pauses), [(0, 0), (100, 100), (300, 200), (400, 400)]);
    assert_eq!(ticks(Skip, pauses), [(0, 0), (100, 100), (300, 200), (400, 400)]);
}

#[test]
fn a_period_of_zero_never_waits_for_ever() {
    Sim::new(0).run(async |rt| {
        for missed in [Burst, Delay, Skip] {
            let ticks = interval(&rt, Duration::ZERO).missed_ticks(missed);
            assert_eq!((ticks.period(), ticks.take(5).count().await), (Duration::from_nanos(1), 5));
        }
    });
}

#[test]
fn a_period_without_end_is_waited_for_without_end() {
    Sim::new(0).run(async |rt| {
        let start = rt.now();
        let mut ticks = pin!(interval(&rt, Duration::MAX));
        assert_eq!(ticks.next().await, Some(start));
        let mut second = pin!(ticks.next());
        rt.sleep(Duration::from_hours(24 * 365)).await;
        poll_once(second.as_mut()).await;
    });
}

/// Polls a future that is still pending.
async fn poll_once<T>(mut future: core::pin::Pin<&mut impl Future<Output = T>>) {
    core::future::poll_fn(|cx| {
        assert!(future.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    })
    .await;
}

#[test]
fn an_interval_begins_when_it_is_told_to_and_anew_when_it_is_reset() {
    Sim::new(1).run(async |rt: Rt| {
        let start = rt.now();
        let mut ticks = pin!(interval_at(&rt, start + millis(30), millis(100)));
        assert_eq!(ticks.next().await, Some(start + millis(30)));
        rt.sleep(millis(50)).await;
        ticks.as_mut().reset();
        assert_eq!(ticks.next().await, Some(start + millis(180)));
        ticks.as_mut().reset_at(start + millis(200));
        assert_eq!(ticks.next().await, Some(start + millis(200)));
        assert_eq!(rt.now(), start + millis(200));
    });
}

#[test]
fn no_tick_is_lost_with_a_future_that_waited_for_it() {
    Sim::new(2).run(async |rt| {
        let start = rt.now();
        let mut ticks = pin!(interval(&rt, millis(100)));
        ticks.next().await;
        for _ in 0..5 {
            poll_once(pin!(ticks.next())).await;
            rt.sleep(millis(15)).await;
        }
        assert_eq!(ticks.next().await, Some(start + millis(100)));
        assert_eq!(rt.now(), start + millis(100));
    });
}

#[test]
fn what_is_pending_gives_nothing_and_wakes_nobody() {
    let mut nothing = ByHand::new(pending::<u8>());
    assert!(nothing.poll_with(Stream::poll_next).is_pending());
    assert!(!nothing.is_woken());
}

/// The trait is the same one: there is nothing to convert.
mod of_other_crates {
    use super::*;

    #[test]
    fn streams_of_futures_have_the_methods_of_this_crate() {
        let theirs = futures::stream::iter([1, 2, 3]);
        let odd = theirs.filter(async |n| n % 2 == 1).collect::<Vec<_>>();
        assert_eq!(ByHand::new(odd).finish(), [1, 3]);

        let (send, receive) = futures::channel::mpsc::unbounded();
        send.unbounded_send(7).expect("the receiver is there");
        drop(send);
        assert_eq!(ByHand::new(receive.map(sync(|n| n + 1)).sum::<i32>()).finish(), 8);
    }

    #[test]
    fn streams_of_this_crate_go_where_those_of_futures_go() {
        fn takes(theirs: impl Stream<Item = u8> + Send + 'static) -> futures::stream::BoxStream<'static, u8> {
            futures::StreamExt::boxed(theirs)
        }

        let filtered = takes([1, 2].into_async_iter().filter(async |n| *n > 1));
        let emitted = takes(stream(async |mut y| y.emit(3).await));
        let both = futures::stream::select(filtered, emitted);
        let mut both = ByHand::new(futures::StreamExt::collect::<Vec<_>>(both)).finish();
        both.sort_unstable();
        assert_eq!(both, [2, 3]);
    }

    #[test]
    fn what_can_only_be_polled_becomes_a_stream() {
        let (send, mut receive) = tokio::sync::mpsc::channel(4);
        let items = poll_fn(move |cx| receive.poll_recv(cx));
        for n in 1..=3 {
            send.try_send(n).expect("there is room");
        }
        drop(send);
        assert_eq!(ByHand::new(items.sum::<u8>()).finish(), 6);
    }
}
