//! Whoever awaits a child hears of its end, whoever that is: the body, which needs no turn of the executor for it, or anybody else,
//! by the waker that they were polled with. All futures here are polled only when they have been woken.

use core::future::{pending, poll_fn};
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use futures::channel::oneshot;
use futures::future::{Either, join_all, select};
use futures::stream::{FuturesUnordered, StreamExt as _};
use onpar_scope::{Child, local_scope, scope, timeout, try_scope};
use onpar_test::{ByHand, ProbeLog, Sim, Trigger};

#[test]
fn a_body_that_awaits_one_child_after_another_needs_no_turn_of_the_executor_for_each() {
    let mut work = ByHand::new(scope(async |s| {
        let mut sum = 0;
        for number in 0..100 {
            sum += s.spawn(async move { number }).await;
        }
        sum
    }));
    assert_eq!(work.poll(), Poll::Ready(4950));

    let mut work = ByHand::new(local_scope(async |s| {
        s.spawn(async {}).await;
        s.spawn(pending::<()>()).cancel().await
    }));
    assert_eq!(work.poll(), Poll::Ready(None));
}

#[test]
fn the_executor_has_its_turn_after_so_many_children_all_the_same() {
    let mut work = ByHand::new(scope(async |s| {
        loop {
            s.spawn(async {}).await;
        }
    }));
    for _ in 0..10 {
        assert!(work.poll().is_pending() && work.is_woken());
    }
}

#[test]
fn a_time_limit_over_children_without_end_that_are_all_ready_is_kept() {
    Sim::check(0..10, async |rt| {
        let work = scope(async |s| {
            loop {
                s.spawn(async {}).await;
                timeout(&rt, core::time::Duration::from_millis(1), pending::<()>()).await.unwrap_err();
            }
        });
        assert!(timeout(&rt, core::time::Duration::from_millis(10), work).await.is_err());
    });
}

#[test]
fn only_the_body_that_awaits_a_child_is_polled_again() {
    let (log, trigger) = (ProbeLog::new(), Trigger::never());
    let mut work = ByHand::new(scope(async |s| {
        drop(s.spawn(async {}));
        drop(s.spawn(async {}));
        log.probe(async { trigger.pending_once().await }).await;
    }));
    assert!(work.poll().is_pending() && work.is_woken());
    assert_eq!(log.polls(), 1);
    assert!(work.poll().is_ready());
}

/// Polls `work` until nobody wakes it any more, gives the signal, and polls it to its end.
fn finish<T>(work: impl Future<Output = T>, signal: oneshot::Sender<u32>) -> T {
    let mut work = ByHand::new(work);
    while work.poll().is_pending() && work.is_woken() {}
    assert_eq!(signal.send(7), Ok(()));
    assert!(work.is_woken());
    work.finish()
}

#[test]
fn the_body_hears() {
    let (signal, given) = oneshot::channel();
    assert_eq!(finish(scope(async |s| s.spawn(given).await), signal), Ok(7));

    let (signal, given) = oneshot::channel();
    assert_eq!(finish(local_scope(async |s| s.spawn(given).await), signal), Ok(7));

    let (signal, given) = oneshot::channel();
    let work = try_scope(async |s| Ok(s.spawn(given).await));
    assert_eq!(finish(work, signal).unwrap(), 7);
}

#[test]
fn a_body_hears_that_polls_handles_with_wakers_of_its_own() {
    let (signal, given) = oneshot::channel();
    let work = scope(async |s| {
        let mut handles: FuturesUnordered<_> = [s.spawn(given)].into_iter().collect();
        handles.next().await
    });
    assert_eq!(finish(work, signal), Some(Ok(7)));

    let (signal, given) = oneshot::channel();
    let work = scope(async |s| {
        let waits = s.spawn(given);
        // So many that they are polled by wakers of their own.
        let handles = core::iter::once(waits).chain((0..99).map(|n| s.spawn(async move { Ok(n) })));
        join_all(handles).await.into_iter().map(Result::unwrap).sum::<u32>()
    });
    assert_eq!(finish(work, signal), 7 + 4851);
}

#[test]
fn a_body_hears_that_awaits_something_else_too() {
    let (signal, given) = oneshot::channel();
    let work = scope(async |s| match select(pin!(pending::<()>()), s.spawn(given)).await {
        Either::Left(((), _)) => unreachable!("it never ends"),
        Either::Right((output, _)) => output,
    });
    assert_eq!(finish(work, signal), Ok(7));
}

#[test]
fn another_child_hears() {
    let (signal, given) = oneshot::channel();
    let work = scope(async |s| {
        let waits = s.spawn(given);
        s.spawn(waits).await
    });
    assert_eq!(finish(work, signal), Ok(7));
}

#[test]
fn the_body_of_a_scope_in_the_body_hears() {
    let (signal, given) = oneshot::channel();
    let work = scope(async |s| {
        let waits = s.spawn(given);
        scope(async |inner| inner.spawn(waits).await).await
    });
    assert_eq!(finish(work, signal), Ok(7));

    let (signal, given) = oneshot::channel();
    let work = scope(async |s| {
        let mut waits = s.spawn(given);
        scope(async |_| (&mut waits).await).await
    });
    assert_eq!(finish(work, signal), Ok(7));
}

/// Polls a handle once, which must be pending.
async fn look<T>(handle: &mut Child<'_, T>) {
    poll_fn(|cx| {
        assert!(Pin::new(&mut *handle).poll(cx).is_pending());
        Poll::Ready(())
    })
    .await;
}

#[test]
fn who_awaits_a_handle_hears_that_somebody_else_has_polled_before() {
    let (signal, given) = oneshot::channel();
    let work = scope(async |s| {
        let mut waits = s.spawn(given);
        look(&mut waits).await;
        s.spawn(waits).await
    });
    assert_eq!(finish(work, signal), Ok(7));

    let (signal, given) = oneshot::channel();
    let work = scope(async |s| {
        let mut waits = s.spawn(given);
        let (waits,) = s
            .spawn(async {
                look(&mut waits).await;
                (waits,)
            })
            .await;
        waits.await
    });
    assert_eq!(finish(work, signal), Ok(7));
}

#[test]
fn the_body_hears_also_when_its_task_has_another_waker_by_then() {
    let (signal, given) = oneshot::channel();
    let mut work = pin!(scope(async |s| s.spawn(given).await));
    let first = ByHand::new(());
    assert!(work.as_mut().poll(&mut Context::from_waker(first.waker())).is_pending());
    let second = ByHand::new(());
    assert!(work.as_mut().poll(&mut Context::from_waker(second.waker())).is_pending());
    signal.send(7).unwrap();
    assert_eq!((first.is_woken(), second.is_woken()), (false, true));
    assert_eq!(work.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Ok(7)));
}

#[test]
fn a_body_that_has_looked_at_a_handle_and_let_it_go_is_not_kept_from_its_end() {
    let (signal, given) = oneshot::channel();
    let trigger = Trigger::never();
    let work = scope(async |s| {
        let mut waits = s.spawn(given);
        look(&mut waits).await;
        drop(waits);
        trigger.pending_once().await;
    });
    finish(work, signal);
}
