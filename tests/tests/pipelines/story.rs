//! How many items are under way, how long a call takes while others wait, and what a shared lock does.

use core::cell::{Cell, RefCell};
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_test::{ProbeLog, Sim};
use tokio::sync::Semaphore;

use crate::{Level, millis};

#[test]
fn selects_take_their_own_time_while_one_item_is_processed() {
    Sim::new(1).run(async |rt| {
        let (selecting, processing, claimed) = (Level::default(), Level::default(), Level::default());
        let worst = Cell::new(Duration::ZERO);
        let processed = RefCell::new(Vec::new());
        let start = rt.now();
        (0..20)
            .into_async_iter()
            .concurrent(limit!(5))
            .map(async |row| {
                claimed.up();
                selecting.up();
                let began = rt.now();
                rt.sleep(millis(10)).await; // the query, whose peer loses patience soon
                worst.set(worst.get().max(rt.now() - began));
                selecting.down();
                row
            })
            .concurrent(limit!(1))
            .for_each(async |row| {
                processing.up();
                rt.sleep(millis(200)).await;
                processing.down();
                claimed.down();
                processed.borrow_mut().push(row);
            })
            .await;
        assert_eq!(worst.get(), millis(10));
        assert!(selecting.most.get() <= 5);
        assert_eq!(processing.most.get(), 1);
        assert!(claimed.most.get() <= 6, "{}", claimed.most.get());
        assert_eq!(processed.into_inner(), (0..20).collect::<Vec<_>>());
        assert!(rt.now() - start <= millis(20 * 200 + 20));
    });
}

#[test]
fn stages_that_share_a_lock_do_not_wait_for_each_other_for_ever() {
    for ordered in [true, false] {
        Sim::new(2).run(async |rt| {
            let lock = Semaphore::new(1);
            let hold = async || {
                let _permit = lock.acquire().await;
                rt.sleep(millis(1)).await;
            };
            let pipeline = (0..20).into_async_iter().concurrent(limit!(5));
            let pipeline = if ordered { pipeline } else { pipeline.unordered() };
            let selected = pipeline.map(async |row| {
                hold().await;
                row
            });
            let count = Cell::new(0);
            let done = selected.concurrent(limit!(2)).try_for_each(async |_| {
                hold().await;
                count.set(count.get() + 1);
                Ok::<_, ()>(())
            });
            assert_eq!(done.await, Ok(()));
            assert_eq!(count.get(), 20);
        });
    }
}

#[test]
fn no_call_that_was_woken_stays_unpolled_while_the_pipeline_is_polled() {
    Sim::new(3).run(async |rt| {
        let log = ProbeLog::with_clock(rt.clone());
        let pipeline = (0..20_u64)
            .into_async_iter()
            .concurrent(limit!(4))
            .map(async |n| {
                log.probe(rt.sleep(millis(n % 7 + 1))).await;
                n
            })
            .unordered()
            .concurrent(limit!(2))
            .for_each(async |_| log.probe(rt.sleep(millis(5))).await);
        log.owner(pipeline).await;
        assert_eq!(log.longest().owner_polls, 0);
        assert_eq!(log.longest().time, Duration::ZERO);
    });
}

#[test]
fn the_limit_is_kept_full() {
    Sim::new(5).run(async |rt| {
        let running = Level::default();
        let start = rt.now();
        let work = (0..30).into_async_iter().concurrent(limit!(3)).for_each(async |_| {
            running.up();
            rt.sleep(millis(10)).await;
            running.down();
        });
        work.await;
        assert_eq!((running.most.get(), rt.now() - start), (3, millis(100)));
    });
}

#[test]
fn each_stage_keeps_its_own_limit_full() {
    Sim::new(9).run(async |rt| {
        let levels = [Level::default(), Level::default(), Level::default()];
        let work = async |stage: usize, time: u64| {
            levels[stage].up();
            rt.sleep(millis(time)).await;
            levels[stage].down();
        };
        let start = rt.now();
        let first = (0..60).into_async_iter().concurrent(limit!(6)).map(async |_| work(0, 20).await);
        let second = first.concurrent(limit!(3)).map(async |()| work(1, 10).await);
        second.concurrent(limit!(1)).for_each(async |()| work(2, 1).await).await;
        assert_eq!(levels.each_ref().map(|level| level.most.get()), [6, 3, 1]);
        // 60 items, 3 in 10 ms; the first and the last of them pass the other stages alone.
        assert!(rt.now() - start <= millis(20 + 200 + 10), "{:?}", rt.now() - start);
    });
}

#[test]
fn no_more_is_claimed_than_the_limits_say_while_a_later_stage_is_slow() {
    Sim::new(10).run(async |rt| {
        let claimed = Level::default();
        let rows = (0..40).inspect(|_| claimed.up()).into_async_iter();
        let selected = rows.concurrent(limit!(4)).map(async |n| {
            rt.sleep(millis(1)).await;
            n
        });
        let kept = selected.concurrent(limit!(2)).filter(async |_| {
            rt.sleep(millis(2)).await;
            true
        });
        let slow = kept.concurrent(limit!(1)).for_each(async |_| {
            rt.sleep(millis(50)).await;
            claimed.down();
        });
        slow.await;
        assert_eq!(claimed.most.get(), 4 + 2 + 1);
    });
}
