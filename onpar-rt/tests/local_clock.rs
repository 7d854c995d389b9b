//! The local executor's timer. The real clock is what is tested here, so these tests take some milliseconds.
//!
//! A machine may take the processor away for any time between any two lines, so nothing here supposes that a deadline of
//! the next milliseconds has not passed yet: each test looks, and starts again with a unit twice as long if it has.
#![cfg(feature = "local")]
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::cell::{Cell, RefCell};
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

/// A sleep of a millisecond, or more if need be, whose timer is set and was not due at that time.
fn short_sleep(clock: &impl onpar_core::Clock<Sleep = Sleep>, cx: &mut Context<'_>) -> Pin<Box<Sleep>> {
    let mut unit = MS;
    loop {
        let mut sleep = Box::pin(clock.sleep(unit));
        if sleep.as_mut().poll(cx).is_pending() {
            return sleep;
        }
        unit *= 2;
    }
}

/// The order in which five sleeps end, none of which was due when the last was set, or `None` if one was. `once_set` runs
/// when all are set.
fn order_of_ends(unit: Duration, once_set: fn(&Local, last: Instant)) -> Option<Vec<usize>> {
    const DEADLINES: [u32; 5] = [4, 2, 3, 2, 1];
    let (is_set, order) = (Rc::new(Cell::new(0)), Rc::new(RefCell::new(Vec::new())));
    let in_time = local::run(async |rt| {
        let start = rt.now();
        let tasks: Vec<_> = (0..DEADLINES.len())
            .map(|number| {
                let (rt2, is_set, order) = (rt.clone(), Rc::clone(&is_set), Rc::clone(&order));
                rt.spawn_local(async move {
                    let deadline = start + DEADLINES[number] * unit;
                    let mut sleep = Box::pin(rt2.sleep_until(deadline));
                    if poll_once(&mut sleep).await.is_pending() && rt2.now() < start + unit {
                        is_set.set(is_set.get() + 1);
                    }
                    if is_set.get() == DEADLINES.len() {
                        once_set(&rt2, start + 4 * unit);
                    }
                    sleep.await;
                    assert!(rt2.now() >= deadline);
                    order.borrow_mut().push(number);
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("nobody cancels it");
        }
        is_set.get() == DEADLINES.len()
    });
    in_time.then(|| order.take())
}

#[test]
fn sleeps_end_in_the_order_of_their_deadlines_and_never_early() {
    let order = (0..).find_map(|doublings| order_of_ends(MS * (1 << doublings), |_, _| {}));
    assert_eq!(order.unwrap(), [4, 1, 3, 2, 0]);
}

#[test]
fn sleeps_that_are_due_at_once_end_in_the_order_of_their_deadlines() {
    let until_all_are_due = |rt: &Local, last| while rt.now() < last {};
    let order = (0..).find_map(|doublings| order_of_ends(MS * (1 << doublings), until_all_are_due));
    assert_eq!(order.unwrap(), [4, 1, 3, 2, 0]);
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
        let mut sleep = poll_fn(|cx| Poll::Ready(short_sleep(&rt, cx))).await;
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
        let (sender, receiver) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let waker: Waker = receiver.recv().unwrap();
            // The executor is parked by now, or will be: without a timer, for ever.
            short_sleep(&clock, &mut Context::from_waker(&waker))
        });
        let mut polled = false;
        poll_fn(|cx| {
            if core::mem::replace(&mut polled, true) {
                return Poll::Ready(());
            }
            sender.send(cx.waker().clone()).unwrap();
            Poll::Pending
        })
        .await;
        let sleep = thread.join().unwrap();
        assert!(rt.now() >= sleep.deadline(), "something else than the timer has woken");
        sleep.await;
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
