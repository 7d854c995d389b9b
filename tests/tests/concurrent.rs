//! Concurrent pipelines: how many items are under way, in which order they come, what a shared lock does, and what becomes of
//! the items when a pipeline ends early. (The story behind them: `barbara_battles_buffered_streams`.)

extern crate alloc;

use alloc::sync::Arc;
use core::cell::{Cell, RefCell};
use core::future::{pending, poll_fn};
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::{Mutex, PoisonError};

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_scope::{defer, scope};
use onpar_test::{ByHand, ProbeLog, Sim};
use onpar_tests::Log;
use proptest::prelude::*;
use tokio::sync::Semaphore;

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// How many of something there are now, and were at most.
#[derive(Default)]
struct Level {
    now: Cell<usize>,
    most: Cell<usize>,
}

impl Level {
    fn up(&self) {
        self.now.set(self.now.get() + 1);
        self.most.set(self.most.get().max(self.now.get()));
    }

    fn down(&self) {
        self.now.set(self.now.get() - 1);
    }
}

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
fn results_keep_the_order_of_the_source_unless_told_otherwise() {
    Sim::new(4).run(async |rt| {
        let slow_first = async |n: u64| {
            rt.sleep(millis(10 - n)).await;
            n
        };
        let ordered = (0..4).into_async_iter().concurrent(limit!(4)).map(slow_first).collect::<Vec<_>>();
        assert_eq!(ordered.await, [0, 1, 2, 3]);
        let as_they_come = (0..4).into_async_iter().concurrent(limit!(4)).unordered().map(slow_first);
        assert_eq!(as_they_come.collect::<Vec<_>>().await, [3, 2, 1, 0]);
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
fn the_first_error_ends_it_at_that_instant_and_what_was_claimed_is_handed_back() {
    Sim::new(6).run(async |rt| {
        let (left, done) = (Mutex::new(Vec::new()), RefCell::new(Vec::new()));
        let claimed = Cell::new(0);
        let start = rt.now();
        let result = (0..100_u64)
            .inspect(|n| claimed.set(n + 1))
            .into_async_iter()
            .concurrent(limit!(5))
            .on_unfinished(|n| left.lock().unwrap_or_else(PoisonError::into_inner).push(n))
            .filter(async |n| {
                rt.sleep(millis(1)).await;
                n % 2 == 0
            })
            .map(async |n| {
                rt.sleep(millis(10 + n)).await;
                n
            })
            .concurrent(limit!(2))
            .try_for_each(async |n| {
                rt.sleep(millis(20)).await;
                done.borrow_mut().push(n);
                if n == 4 { Err(n) } else { Ok(()) }
            })
            .await;
        assert_eq!(result, Err(4));
        assert_eq!(done.take(), [0, 2, 4]);
        let mut known = left.into_inner().expect("no panic");
        assert!(known.iter().all(|n| *n > 4));
        known.extend([0, 2, 4]);
        known.sort_unstable();
        // Each even item that was claimed is done, or has been handed back, and none is both.
        let even: Vec<u64> = known.iter().copied().filter(|n| n % 2 == 0).collect();
        assert_eq!(even, (0..claimed.get()).step_by(2).collect::<Vec<_>>());
        assert!(rt.now() - start < millis(80));
    });
}

#[test]
fn a_pipeline_that_is_dropped_at_any_poll_hands_back_what_it_claimed() {
    for polls in 0..60 {
        let (claimed, left, done) = (Cell::new(0), RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let source = (0..10).inspect(|_| claimed.set(claimed.get() + 1));
        let mut pipeline = ByHand::new(
            source
                .into_async_iter()
                .concurrent(limit!(3))
                .on_unfinished(|n| left.borrow_mut().push(n))
                .map(async |n| {
                    pending_times(n % 3).await;
                    n
                })
                .concurrent(limit!(1))
                .for_each(async |n| {
                    pending_times(1).await;
                    done.borrow_mut().push(n);
                }),
        );
        for _ in 0..polls {
            if pipeline.poll().is_ready() {
                break;
            }
        }
        drop(pipeline);
        assert_eq!(left.borrow().len() + done.borrow().len(), claimed.get());
        let mut all = [left.take(), done.take()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..claimed.get()).collect::<Vec<_>>());
    }
}

/// Is pending so many times, and wakes itself.
async fn pending_times(times: usize) {
    let mut left = times;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[test]
fn guards_of_what_an_early_end_drops_are_cleaned_up_before_the_scope_around_it_returns() {
    let log = Log::default();
    Sim::new(7).run(async |rt| {
        let result = scope(async |_| {
            let work = (0..5).into_async_iter().concurrent(limit!(5)).try_for_each(async |n| {
                let _connection = defer((log.clone(), rt.clone()), async move |(log, rt)| {
                    rt.sleep(millis(1)).await;
                    log.add(format!("closed {n}"));
                });
                if n == 4 { Err("no") } else { pending().await }
            });
            work.await
        });
        assert_eq!(result.await, Err("no"));
    });
    assert_eq!(log.count("closed"), 5);
}

#[test]
fn a_panic_of_a_closure_passes_on_and_drops_the_rest() {
    let dropped = Arc::new(());
    let mut pipeline = ByHand::new((0..3).into_async_iter().concurrent(limit!(3)).for_each(async |n| {
        let _held = Arc::clone(&dropped);
        assert_ne!(n, 2, "no");
        pending::<()>().await;
    }));
    assert!(catch_unwind(AssertUnwindSafe(|| pipeline.poll())).is_err());
    assert_eq!(Arc::strong_count(&dropped), 1);
}

#[test]
fn it_is_send_with_what_it_borrows() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    let sum = runtime.block_on(async {
        tokio::spawn(is_send(async {
            let (offset, sum) = (7, Mutex::new(0));
            (0..100_u64)
                .into_async_iter()
                .concurrent(limit!(8))
                .filter(async |n| *n >= offset - 7)
                .map(async |n| {
                    tokio::task::yield_now().await;
                    n + offset
                })
                .for_each(async |n| *sum.lock().expect("no panic") += n)
                .await;
            sum.into_inner().expect("no panic")
        }))
        .await
    });
    assert_eq!(sum.expect("no panic"), (0..100).map(|n| n + 7).sum::<u64>());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the limits and however long each call takes: the results of std, in the order of std.
    #[test]
    fn an_ordered_pipeline_gives_what_std_gives(
        items in proptest::collection::vec((0..9_u64, 0..5_u64), 0..30),
        first in 1..6_usize,
        second in 1..6_usize,
    ) {
        let expected: Vec<u64> = items.iter().map(|(n, _)| n * 2).filter(|n| n % 3 != 0).collect();
        let found = Sim::new(8).run(async |rt| {
            let take = async |time: u64| rt.sleep(millis(time)).await;
            let pipeline = items.into_async_iter().concurrent(first.try_into().expect("not zero"));
            let doubled = pipeline.map(async |(n, time)| {
                take(time).await;
                (n * 2, time)
            });
            let some = doubled.concurrent(second.try_into().expect("not zero")).filter(async |(n, time)| {
                take(4 - time).await;
                n % 3 != 0
            });
            some.map(async |(n, _)| n).collect::<Vec<_>>().await
        });
        prop_assert_eq!(found, expected);
    }
}
