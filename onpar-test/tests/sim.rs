//! The deterministic runtime: order, time, and what a task's end means.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::future::poll_fn;
use core::task::Poll;
use core::time::Duration;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use onpar_test::{Clock as _, Instant, Order, Rt, Sim, Spawn as _, SpawnLocal as _};

const SECOND: Duration = Duration::from_secs(1);

/// Spawns five tasks, and says in which order they ran.
async fn order_of_five(rt: Rt) -> Vec<u32> {
    let order = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = (0..5)
        .map(|number| {
            let order = Arc::clone(&order);
            rt.spawn(async move { order.lock().expect("not poisoned").push(number) })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic");
    }
    let order = order.lock().expect("not poisoned");
    order.clone()
}

#[test]
fn fifo_runs_tasks_as_they_were_spawned() {
    assert_eq!(Sim::new(9).order(Order::Fifo).run(order_of_five), [0, 1, 2, 3, 4]);
}

#[test]
fn lifo_runs_the_last_first() {
    assert_eq!(Sim::new(9).order(Order::Lifo).run(order_of_five), [4, 3, 2, 1, 0]);
}

#[test]
fn equal_seeds_give_equal_runs() {
    let run = |seed| {
        Sim::new(seed).run(async |rt| {
            let order = order_of_five(rt.clone()).await;
            rt.sleep(SECOND).await;
            (order, rt.random(1000), rt.trace())
        })
    };
    for seed in 0..50 {
        assert_eq!(run(seed), run(seed));
    }
    let orders: std::collections::BTreeSet<_> = (0..50).map(|seed| run(seed).0).collect();
    assert!(orders.len() > 20, "only {} different orders", orders.len());
}

#[test]
fn clock_jumps_to_the_next_timer_and_no_further() {
    Sim::check(0..20, async |rt| {
        let late = rt.spawn({
            let rt = rt.clone();
            async move {
                rt.sleep(2 * SECOND).await;
                rt.now()
            }
        });
        rt.sleep(SECOND).await;
        assert_eq!(rt.now(), Instant::ORIGIN + SECOND);
        assert_eq!(late.await.unwrap(), Instant::ORIGIN + 2 * SECOND);
    });
}

#[test]
fn sleep_whose_deadline_has_passed_is_ready_at_its_first_poll() {
    Sim::new(0).run(async |rt| {
        rt.sleep(SECOND).await;
        let before = rt.trace().events();
        rt.sleep_until(Instant::ORIGIN).await;
        assert_eq!(rt.trace().events(), before);
    });
}

#[test]
fn dropped_sleep_takes_its_timer_away() {
    Sim::new(0).run(async |rt| {
        let mut sleep = Box::pin(rt.sleep(SECOND));
        poll_fn(|cx| {
            assert!(sleep.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
        assert_eq!(rt.timers(), 1);
        drop(sleep);
        assert_eq!(rt.timers(), 0);
    });
}

#[test]
fn reset_moves_a_polled_sleep_both_ways_and_revives_an_ended_one() {
    Sim::new(0).run(async |rt| {
        let mut sleep = Box::pin(rt.sleep_until(Instant::FAR_FUTURE));
        let poll_once = async |sleep: &mut core::pin::Pin<Box<onpar_test::sim::Sleep>>| {
            poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await
        };
        assert!(poll_once(&mut sleep).await.is_pending());
        rt.reset(sleep.as_mut(), Instant::ORIGIN + SECOND);
        assert_eq!(rt.timers(), 1);
        sleep.as_mut().await;
        assert_eq!(rt.now(), Instant::ORIGIN + SECOND);
        rt.reset(sleep.as_mut(), Instant::ORIGIN + 5 * SECOND);
        sleep.as_mut().await;
        assert_eq!(rt.now(), Instant::ORIGIN + 5 * SECOND);
    });
}

#[test]
fn tasks_may_hold_what_is_not_send() {
    let words: Rc<str> = Rc::from("not Send");
    let output = Sim::new(0).run(async |rt| rt.spawn_local(async move { words }).await.unwrap());
    assert_eq!(&*output, "not Send");
}

#[test]
fn panic_of_a_task_goes_to_its_handle() {
    Sim::new(0).run(async |rt| {
        let error = rt.spawn(async { panic!("no more") }).await.map(|(): ()| ()).unwrap_err();
        assert_eq!(error.to_string(), "the task panicked: no more");
    });
}

/// Panics as it is dropped, also as what that panic carries.
struct Bomb(u32);

impl Drop for Bomb {
    fn drop(&mut self) {
        if let Some(left) = self.0.checked_sub(1) {
            std::panic::resume_unwind(Box::new(Bomb(left)));
        }
    }
}

#[test]
fn first_of_the_panics_of_a_task_and_of_what_it_holds_is_its_result() {
    Sim::new(0).run(async |rt| {
        let held = Bomb(2);
        let task = rt.spawn(poll_fn(move |_| -> Poll<()> {
            let _held: &Bomb = &held;
            panic!("first")
        }));
        assert_eq!(task.await.unwrap_err().to_string(), "the task panicked: first");
    });
}

#[test]
fn dropping_the_handle_detaches_the_task() {
    Sim::check(0..20, async |rt| {
        let done = Arc::new(Mutex::new(false));
        let flag = Arc::clone(&done);
        drop(rt.spawn(async move { *flag.lock().unwrap() = true }));
        rt.idle().await;
        assert!(*done.lock().unwrap());
    });
}

#[test]
fn idle_waits_for_the_others_and_not_for_the_clock() {
    Sim::check(0..20, async |rt| {
        let task = rt.spawn({
            let rt = rt.clone();
            async move {
                for _ in 0..10 {
                    rt.yield_now().await;
                }
                rt.sleep(SECOND).await;
            }
        });
        rt.idle().await;
        assert_eq!((rt.now(), rt.tasks(), rt.timers()), (Instant::ORIGIN, 1, 1));
        task.await.unwrap();
    });
}

#[test]
fn tasks_that_are_left_are_dropped_and_their_handles_say_so() {
    let (task, rt) =
        Sim::new(0).allow_leftovers().run(async |rt| (rt.spawn_local(core::future::pending::<()>()), rt.clone()));
    let late = rt.spawn(async { 1 });
    let late_local = rt.spawn_local(async { 1 });
    Sim::new(1).run(async |_| {
        assert!(!task.await.unwrap_err().is_panic());
        assert!(!late.await.unwrap_err().is_panic());
        assert!(!late_local.await.unwrap_err().is_panic());
    });
}

#[test]
fn simulations_nest() {
    let answer = Sim::new(0).run(async |rt| {
        let outer = rt.spawn_local(async { 1 });
        let inner = Sim::new(1).run(async |rt| rt.spawn_local(async { 2 }).await.unwrap());
        outer.await.unwrap() + inner
    });
    assert_eq!(answer, 3);
}

#[test]
fn panic_of_the_body_drops_the_tasks() {
    let held = Arc::new(());
    let copy = Arc::clone(&held);
    let result = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| {
        Sim::new(0).run(async |rt| {
            drop(rt.spawn(async move {
                core::future::pending::<()>().await;
                drop(copy);
            }));
            rt.yield_now().await;
            panic!("the body");
        });
    }));
    assert!(result.is_err());
    assert_eq!(Arc::strong_count(&held), 1);
}

#[test]
fn wake_from_another_thread_is_not_lost() {
    // The schedule keeps turning until the other thread has come: `idle` and timers would not wait for it.
    Sim::new(0).step_limit(u64::MAX).run(async |rt| {
        let flag = Arc::new(Mutex::new((false, None::<core::task::Waker>)));
        let other = Arc::clone(&flag);
        let waiter = rt.spawn(poll_fn(move |cx| {
            let mut flag = flag.lock().unwrap();
            if flag.0 {
                return Poll::Ready(());
            }
            flag.1 = Some(cx.waker().clone());
            Poll::Pending
        }));
        let thread = std::thread::spawn(move || {
            loop {
                let mut flag = other.lock().unwrap();
                if let Some(waker) = flag.1.take() {
                    flag.0 = true;
                    waker.wake();
                    return;
                }
                drop(flag);
                std::thread::yield_now();
            }
        });
        while rt.tasks() > 0 {
            rt.yield_now().await;
        }
        waiter.await.unwrap();
        thread.join().unwrap();
    });
}
