//! Probes: a snoozed future shows, a well-driven one does not.

use core::future::poll_fn;
use core::task::Poll;
use core::time::Duration;
use std::pin::pin;

use onpar_test::{ByHand, Clock as _, ProbeLog, Sim};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn future_that_is_polled_on_every_wake_has_no_gap() {
    Sim::check(0..10, async |rt| {
        let log = ProbeLog::with_clock(rt.clone());
        log.owner(async {
            log.probe(rt.sleep(SECOND)).await;
            log.probe(rt.yield_now()).await;
        })
        .await;
        assert_eq!((log.polls(), log.wakes()), (4, 2));
        assert_eq!((log.longest().owner_polls, log.longest().time), (0, Duration::ZERO));
    });
}

#[test]
fn future_that_is_left_while_the_body_sleeps_has_a_gap() {
    Sim::check(0..10, async |rt| {
        let log = ProbeLog::with_clock(rt.clone());
        log.owner(async {
            let mut inner = pin!(log.probe(rt.sleep(SECOND)));
            poll_fn(|cx| Poll::Ready(inner.as_mut().poll(cx).is_pending())).await;
            rt.sleep(3 * SECOND).await;
            inner.await;
        })
        .await;
        assert_eq!(log.gaps().len(), 1);
        assert_eq!(log.longest().time, 2 * SECOND);
        assert!(log.longest().owner_polls >= 1);
    });
}

#[test]
fn future_that_is_dropped_while_woken_ends_its_gap_there() {
    let log = ProbeLog::new();
    let trigger = onpar_test::Trigger::never();
    let mut task = ByHand::new(log.probe(trigger.pending_once()));
    assert!(task.poll().is_pending());
    assert!(log.gaps().is_empty());
    drop(task);
    assert_eq!(log.gaps().len(), 1);
}
