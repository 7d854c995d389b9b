//! The adapter for tokio 1.
#![cfg(feature = "tokio-1")]

use core::future::{pending, poll_fn};
use core::task::{Context, Poll, Waker};
use core::time::Duration;

use onpar_core::{Clock as _, Instant, Spawn as _};
use onpar_rt::tokio_1::{NoRuntime, Tokio};
use tokio::runtime::{Builder, Runtime};

const SECOND: Duration = Duration::from_secs(1);

/// A runtime of one thread whose clock is paused.
fn paused() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime can be built")
}

#[test]
fn clock_follows_a_paused_clock() {
    let runtime = paused();
    let rt = Tokio::new(runtime.handle().clone()).unwrap();
    runtime.block_on(async {
        rt.sleep(3600 * SECOND).await;
        assert_eq!(rt.now(), Instant::ORIGIN + 3600 * SECOND);
    });
    // Outside too.
    assert_eq!(rt.now(), Instant::ORIGIN + 3600 * SECOND);
}

#[test]
fn sleep_may_be_made_and_polled_outside_the_runtime() {
    let runtime = paused();
    let rt = Tokio::new(runtime.handle().clone()).unwrap();
    let mut sleep = Box::pin(rt.sleep(SECOND));
    assert!(sleep.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    runtime.block_on(sleep);
    assert_eq!(rt.now(), Instant::ORIGIN + SECOND);
}

#[test]
fn sleep_whose_deadline_has_passed_is_ready_at_its_first_poll() {
    paused().block_on(async {
        let rt = Tokio::current().unwrap();
        let deadline = rt.now() + SECOND;
        let mut sleep = Box::pin(rt.sleep_until(deadline));
        tokio::time::advance(SECOND).await;
        let polled = poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await;
        assert!(polled.is_ready());
        rt.sleep_until(Instant::ORIGIN).await;
        assert_eq!(rt.now(), deadline);
    });
}

#[test]
fn sleep_of_no_length_lets_other_tasks_run() {
    paused().block_on(async {
        let rt = Tokio::current().unwrap();
        let other = rt.spawn(async {});
        let clock = rt.clone();
        let spins = rt.spawn(async move {
            loop {
                clock.sleep(Duration::ZERO).await;
            }
        });
        other.await.unwrap();
        drop(spins);
    });
}

#[test]
fn reset_moves_a_sleep_both_ways_and_revives_an_ended_one() {
    paused().block_on(async {
        let rt = Tokio::current().unwrap();
        let mut sleep = Box::pin(rt.sleep(Duration::MAX));
        assert!(poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await.is_pending());
        for seconds in [5, 6, 9] {
            rt.reset(sleep.as_mut(), Instant::ORIGIN + seconds * SECOND);
            sleep.as_mut().await;
            assert_eq!(rt.now(), Instant::ORIGIN + seconds * SECOND);
        }
    });
}

#[test]
fn reset_of_a_pending_sleep_wakes_at_the_new_deadline() {
    paused().block_on(async {
        let rt = Tokio::current().unwrap();
        let mut sleep = Box::pin(rt.sleep(10 * SECOND));
        let clock = rt.clone();
        let mut polls = 0;
        poll_fn(|cx| {
            polls += 1;
            let polled = sleep.as_mut().poll(cx);
            if polls == 1 {
                clock.reset(sleep.as_mut(), Instant::ORIGIN + SECOND);
            }
            polled
        })
        .await;
        assert_eq!(rt.now(), Instant::ORIGIN + SECOND);
    });
}

#[test]
fn panic_of_a_task_goes_to_its_handle() {
    paused().block_on(async {
        let rt = Tokio::current().unwrap();
        let error = rt.spawn(async { panic!("no more") }).await.map(|(): ()| ()).unwrap_err();
        assert_eq!(error.to_string(), "the task panicked: no more");
    });
}

#[test]
fn task_that_is_aborted_or_left_or_late_is_dropped() {
    let runtime = paused();
    let rt = Tokio::new(runtime.handle().clone()).unwrap();
    runtime.block_on(async {
        let task = rt.spawn(pending::<()>());
        task.abort_handle().abort();
        assert!(!task.await.unwrap_err().is_panic());
    });
    let left = rt.spawn(pending::<()>());
    drop(runtime);
    let late = rt.spawn(async {});
    paused().block_on(async {
        assert!(!left.await.unwrap_err().is_panic());
        assert!(!late.await.unwrap_err().is_panic());
    });
}

#[test]
fn sleep_whose_runtime_is_gone_does_not_panic() {
    let runtime = paused();
    let rt = Tokio::new(runtime.handle().clone()).unwrap();
    let cx = &mut Context::from_waker(Waker::noop());
    let mut known = Box::pin(rt.sleep(SECOND));
    assert!(known.as_mut().poll(cx).is_pending());
    let mut unknown = Box::pin(rt.sleep(SECOND));
    drop(runtime);
    let mut late = Box::pin(rt.sleep(SECOND));
    for _ in 0..2 {
        assert!(known.as_mut().poll(cx).is_pending());
        assert!(unknown.as_mut().poll(cx).is_pending());
        assert!(late.as_mut().poll(cx).is_pending());
    }
    rt.reset(late.as_mut(), Instant::ORIGIN);
    assert!(late.as_mut().poll(cx).is_ready());
}

#[test]
fn no_runtime_is_an_error() {
    let error = Tokio::current().unwrap_err();
    assert!(matches!(error, NoRuntime::Outside(_)));
    assert!(error.to_string().contains("Tokio::new"));
}

#[test]
fn runtime_without_a_timer_is_an_error() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let error = Tokio::try_from(runtime.handle().clone()).unwrap_err();
    assert!(matches!(error, NoRuntime::NoTimer));
    assert!(error.to_string().contains("enable_time"));
}
