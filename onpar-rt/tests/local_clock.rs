//! The local executor's timer. The real clock is what is tested here, so these tests take some milliseconds.
#![cfg(feature = "local")]
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::cell::RefCell;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::rc::Rc;

use onpar_core::{Clock as _, Instant, SpawnLocal as _};
use onpar_rt::local::{self, Local, Sleep};

const MS: Duration = Duration::from_millis(1);

/// Polls the sleep once, so that its timer is set.
async fn poll_once(sleep: &mut Pin<Box<Sleep>>) -> Poll<()> {
    poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await
}

#[test]
fn sleeps_end_in_the_order_of_their_deadlines_and_never_early() {
    let order = Rc::new(RefCell::new(Vec::new()));
    local::run(async |rt| {
        let start = rt.now();
        let tasks: Vec<_> = [3, 1, 2, 1, 0]
            .map(|number| {
                let (rt2, order) = (rt.clone(), Rc::clone(&order));
                let deadline = start + number * MS;
                rt.spawn_local(async move {
                    rt2.sleep_until(deadline).await;
                    assert!(rt2.now() >= deadline);
                    order.borrow_mut().push(number);
                })
            })
            .into_iter()
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert_eq!(*order.borrow(), [0, 1, 1, 2, 3]);
}

#[test]
fn sleep_whose_deadline_has_passed_is_ready_at_its_first_poll() {
    let mut sleep = Box::pin(Local::new().sleep_until(Instant::ORIGIN));
    assert!(sleep.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
}

#[test]
fn dropped_sleep_does_not_delay_the_end() {
    local::run(async |rt| {
        let start = rt.now();
        let mut long = Box::pin(rt.sleep(Duration::from_hours(1)));
        assert!(poll_once(&mut long).await.is_pending());
        drop(long);
        rt.sleep(MS).await;
        assert!(rt.now() - start < Duration::from_mins(1));
    });
}

#[test]
fn reset_to_an_earlier_deadline_wakes_earlier() {
    local::run(async |rt| {
        let mut sleep = Box::pin(rt.sleep(Duration::MAX));
        assert!(poll_once(&mut sleep).await.is_pending());
        let deadline = rt.now() + MS;
        rt.reset(sleep.as_mut(), deadline);
        sleep.as_mut().await;
        assert!(rt.now() >= deadline);
    });
}

#[test]
fn reset_to_a_later_deadline_waits_longer_and_revives_an_ended_sleep() {
    local::run(async |rt| {
        let mut sleep = Box::pin(rt.sleep(MS));
        assert!(poll_once(&mut sleep).await.is_pending());
        for _ in 0..2 {
            let deadline = rt.now() + 3 * MS;
            rt.reset(sleep.as_mut(), deadline);
            sleep.as_mut().await;
            assert!(rt.now() >= deadline);
        }
    });
}

#[test]
fn ten_thousand_sleeps_end() {
    local::run(async |rt| {
        let tasks: Vec<_> = (0..10_000_u32)
            .map(|number| {
                let sleep = rt.sleep(Duration::from_micros(u64::from(number * 7919 % 5000)));
                rt.spawn_local(sleep)
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

#[test]
fn sleep_that_is_set_on_another_thread_ends_the_parking() {
    local::run(async |rt| {
        let clock = rt.clock();
        let (sender, receiver) = std::sync::mpsc::channel::<(Waker, std::sync::mpsc::Sender<()>)>();
        let thread = std::thread::spawn(move || {
            let (waker, done) = receiver.recv().unwrap();
            // The executor is parked by now, or will be: without a timer, for ever.
            let mut sleep = Box::pin(clock.sleep(MS));
            assert!(sleep.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            done.send(()).unwrap();
            sleep
        });
        let (done, is_done) = std::sync::mpsc::channel();
        poll_fn(|cx| {
            if is_done.try_recv().is_ok() {
                return Poll::Ready(());
            }
            // Received once; after that, the timer alone wakes.
            let _gone = sender.send((cx.waker().clone(), done.clone()));
            Poll::Pending
        })
        .await;
        thread.join().unwrap().await;
    });
}

#[test]
fn sleep_that_outlives_its_executor_is_pending_until_its_deadline_has_passed() {
    let (clock, mut sleep) = local::run(async |rt| (rt.clock(), Box::pin(rt.sleep(MS))));
    let cx = &mut Context::from_waker(Waker::noop());
    let mut far = Box::pin(clock.sleep(Duration::from_hours(1)));
    assert!(far.as_mut().poll(cx).is_pending());
    while clock.now() < sleep.deadline() {
        let _early = sleep.as_mut().poll(cx);
        std::thread::yield_now();
    }
    assert!(sleep.as_mut().poll(cx).is_ready());
}

#[test]
fn sleep_is_send_and_static() {
    fn check<C: onpar_core::Clock<Sleep: Send + 'static> + Send + Sync + 'static>(_: &C) {}
    check(&Local::new().clock());
}
