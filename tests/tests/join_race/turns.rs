//! Who is polled when: whoever was woken, once in each poll, and nobody else where there are many.

use core::cell::Cell;
use core::future::{pending, poll_fn};
use core::task::{Poll, Waker};
use std::thread;

use futures::channel::oneshot;
use futures::executor::block_on;
use onpar_scope::{join, join_all, race_all};
use onpar_test::{ByHand, ProbeLog, Trigger};

#[test]
fn only_the_woken_member_among_ten_thousand_is_polled_and_in_the_next_poll() {
    let (log, idle) = (ProbeLog::new(), ProbeLog::new());
    let (wake, woken) = oneshot::channel::<()>();
    let mut woken = Some(woken);
    let members = (0..10_000).map(|n| {
        let woken = if n == 5_000 { woken.take() } else { None };
        let (log, idle) = (&log, &idle);
        async move {
            match woken {
                Some(woken) => log.probe(woken).await.is_ok(),
                None => idle.probe(pending()).await,
            }
        }
    });
    let mut work = ByHand::new(log.owner(join_all(members)));
    assert!(work.poll().is_pending() && !work.is_woken());
    assert_eq!((idle.polls(), log.polls()), (9_999, 1));
    wake.send(()).unwrap();
    assert!(work.is_woken());
    assert!(work.poll().is_pending() && !work.is_woken());
    assert_eq!((idle.polls(), log.polls(), log.longest().owner_polls), (9_999, 2, 0));
}

#[test]
fn a_member_that_wakes_itself_has_one_turn_in_a_poll_and_starves_nobody() {
    for many in [1, 10, 1_000] {
        let (turns, ended) = (Cell::new(0), Cell::new(0));
        let trigger = Trigger::never();
        let restless = async {
            loop {
                turns.set(turns.get() + 1);
                trigger.pending_once().await;
            }
        };
        let others = join_all((0..many).map(async |_| {
            trigger.pending_once().await;
            trigger.pending_once().await;
            ended.set(ended.get() + 1);
        }));
        let mut work = ByHand::new(join((restless, others)));
        for polls in 1..=3 {
            assert!(work.poll().is_pending() && work.is_woken());
            assert_eq!(turns.get(), polls);
        }
        assert_eq!(ended.get(), many);
    }
}

#[test]
fn a_restless_member_of_a_large_race_starves_nobody_and_lets_the_executor_go_on() {
    let trigger = Trigger::never();
    let mut work = ByHand::new(race_all((0..1_000).map(async |n| {
        for _ in 0..if n == 700 { 2 } else { 1_000_000 } {
            trigger.pending_once().await;
        }
        n
    })));
    assert!(work.poll().is_pending() && work.is_woken());
    assert_eq!(trigger.passed(), 1_000);
    assert!(work.poll().is_pending());
    assert_eq!(work.poll(), Poll::Ready(Some(700)));
    assert!(trigger.passed() < 3_000);
}

#[test]
fn wakers_that_outlive_the_join_or_come_late_wake_nobody_and_do_no_harm() {
    for many in [2, 64, 65, 5_000] {
        let wakers = core::cell::RefCell::new(Vec::<Waker>::new());
        let kept = join_all((0..many).map(|_| {
            poll_fn(|cx| {
                wakers.borrow_mut().push(cx.waker().clone());
                Poll::Ready(())
            })
        }));
        let mut work = ByHand::new(kept);
        assert!(work.poll().is_ready());
        drop(work);
        for waker in wakers.into_inner() {
            let clone = waker.clone();
            waker.wake();
            clone.wake_by_ref();
        }
    }
}

#[test]
fn a_member_woken_twice_between_two_polls_is_polled_once() {
    let (log, wakers) = (ProbeLog::new(), core::cell::RefCell::new(Vec::<Waker>::new()));
    let mut work = ByHand::new(join_all((0..100).map(|_| {
        log.probe(poll_fn(|cx| {
            wakers.borrow_mut().push(cx.waker().clone());
            Poll::<()>::Pending
        }))
    })));
    assert!(work.poll().is_pending());
    let woken = wakers.take();
    for waker in [&woken[3], &woken[3], &woken[99], &woken[3]] {
        waker.wake_by_ref();
    }
    assert_eq!(work.wakes(), 1);
    assert!(work.poll().is_pending());
    assert_eq!(log.polls(), 102);
}

#[test]
fn members_woken_by_many_threads_all_end() {
    for round in 0..20 {
        let (wakes, woken): (Vec<_>, Vec<_>) = (0..1_000).map(|_| oneshot::channel::<usize>()).unzip();
        thread::scope(|s| {
            let mut wakes = wakes.into_iter().enumerate().collect::<Vec<_>>();
            for _ in 0..4 {
                let share = wakes.split_off(wakes.len().saturating_sub(250));
                s.spawn(move || share.into_iter().for_each(|(n, wake)| wake.send(n + round).expect("somebody waits")));
            }
            let outputs = block_on(join_all(woken));
            let outputs: Vec<_> = outputs.into_iter().map(|output| output.expect("it was sent")).collect();
            assert_eq!(outputs, (round..1_000 + round).collect::<Vec<_>>());
        });
    }
}
