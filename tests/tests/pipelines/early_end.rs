//! What becomes of the items, and of what the calls hold, when a pipeline ends early.

use core::cell::{Cell, RefCell};
use core::future::pending;
use core::ops::ControlFlow;
use core::panic::AssertUnwindSafe;
use std::panic::{catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_scope::{defer, scope, try_scope};
use onpar_test::{Sim, every_poll};
use onpar_tests::Log;

use crate::{millis, pending_times};

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

/// What was seen of the items: which were claimed, handed back, and done.
#[derive(Default)]
struct Seen {
    claimed: Cell<usize>,
    left: RefCell<Vec<usize>>,
    done: RefCell<Vec<usize>>,
}

impl Seen {
    fn items(&self) -> impl Iterator<Item = usize> {
        (0..10).inspect(|_| self.claimed.set(self.claimed.get() + 1))
    }

    fn hand_back(&self, item: usize) {
        self.left.borrow_mut().push(item);
    }

    async fn finish(&self, item: usize) {
        pending_times(1).await;
        self.done.borrow_mut().push(item);
    }

    /// Each claimed item has been done or handed back, and none is both; and they were handed back in order.
    fn check(&self) {
        assert!(self.left.borrow().is_sorted());
        let mut all = [self.left.take(), self.done.take()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..self.claimed.get()).collect::<Vec<_>>());
    }
}

#[test]
fn a_pipeline_that_is_dropped_at_any_poll_hands_back_what_it_claimed() {
    let boundaries = every_poll(|at| {
        let seen = Seen::default();
        let claimed = seen.items().into_async_iter().concurrent(limit!(3)).on_unfinished(|n| seen.hand_back(n));
        let mapped = claimed.map(async |n| {
            pending_times(n % 3).await;
            n
        });
        at.drive(at.cancel(mapped.concurrent(limit!(1)).for_each(async |n| seen.finish(n).await)));
        assert_eq!(seen.left.borrow().is_empty(), !at.has_fired() || seen.claimed.get() == seen.done.borrow().len());
        seen.check();
    });
    assert!(boundaries > 10, "{boundaries}");
}

#[test]
fn the_same_without_order_and_with_a_filter() {
    let boundaries = every_poll(|at| {
        let seen = Seen::default();
        let claimed = seen.items().into_async_iter().concurrent(limit!(3)).on_unfinished(|n| seen.hand_back(n));
        let odd = claimed.unordered().filter(async |n| {
            pending_times(n % 4).await;
            if n % 2 == 0 {
                seen.done.borrow_mut().push(*n);
            }
            n % 2 == 1
        });
        at.drive(at.cancel(odd.concurrent(limit!(2)).for_each(async |n| seen.finish(n).await)));
        seen.check();
    });
    assert!(boundaries > 5, "{boundaries}");
}

/// Not `Clone`.
struct Item(usize);

#[test]
fn items_that_cannot_be_cloned_are_lent_and_handed_back() {
    let boundaries = every_poll(|at| {
        let seen = Seen::default();
        let items = seen.items().map(Item).into_async_iter().concurrent(limit!(3));
        let lent = items.on_unfinished_lent(|Item(n)| seen.hand_back(n)).map(async |Item(n)| {
            pending_times(n % 3).await;
            *n
        });
        // The item is kept while a later stage works on what the first one made of it.
        at.drive(at.cancel(lent.concurrent(limit!(1)).for_each(async |n| seen.finish(n).await)));
        seen.check();
    });
    assert!(boundaries > 10, "{boundaries}");
}

#[test]
fn items_that_are_lent_to_the_last_stage_are_handed_back_when_it_fails() {
    let seen = Seen::default();
    let items = seen.items().map(Item).into_async_iter().concurrent(limit!(4));
    let work = items.on_unfinished_lent(|Item(n)| seen.hand_back(n)).try_for_each(async |Item(n)| {
        if *n == 2 {
            seen.done.borrow_mut().push(*n);
            return ControlFlow::Break(*n);
        }
        pending().await
    });
    assert_eq!(onpar_test::ByHand::new(work).finish(), ControlFlow::Break(2));
    assert_eq!(*seen.left.borrow(), [0, 1]);
    seen.check();
}

#[test]
fn what_has_been_done_in_the_poll_of_the_first_error_is_not_handed_back() {
    for bad in 0..4 {
        let seen = Seen::default();
        let claimed = seen.items().into_async_iter().concurrent(limit!(4)).on_unfinished(|n| seen.hand_back(n));
        let work = claimed.try_for_each(async |n| {
            seen.finish(n).await;
            if n == bad { Err(n) } else { Ok(()) }
        });
        assert_eq!(onpar_test::ByHand::new(work).finish(), Err(bad));
        assert_eq!(seen.done.borrow().len(), 4, "all four were woken at once");
        seen.check();
    }
}

#[test]
fn items_are_handed_back_when_all_calls_have_been_dropped() {
    let lock = tokio::sync::Mutex::new(());
    let handed_back = Cell::new(0);
    let claimed = (0..3).into_async_iter().concurrent(limit!(3)).on_unfinished(|_| {
        assert!(lock.try_lock().is_ok(), "the call that had it has gone");
        handed_back.set(handed_back.get() + 1);
    });
    let mut work = onpar_test::ByHand::new(claimed.for_each(async |_| {
        let _locked = lock.lock().await;
        pending::<()>().await;
    }));
    assert!(work.poll().is_pending());
    assert!(lock.try_lock().is_err());
    drop(work);
    assert_eq!(handed_back.get(), 3);
}

#[test]
fn an_item_that_cannot_be_handed_back_keeps_no_other_one_from_it() {
    for (calls_panic, lent) in [(false, false), (false, true), (true, false), (true, true)] {
        let left = RefCell::new(vec![]);
        let hand_back = |n| {
            left.borrow_mut().push(n);
            resume_unwind(Box::new(n));
        };
        let work = async |n| match n {
            3 if calls_panic => resume_unwind(Box::new("of a call")),
            3 => Err("no"),
            _ => pending().await,
        };
        let items = (0..9).into_async_iter().concurrent(limit!(4));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            if lent {
                let mut work =
                    onpar_test::ByHand::new(items.on_unfinished_lent(hand_back).try_for_each(async |n| work(*n).await));
                work.poll().is_ready()
            } else {
                onpar_test::ByHand::new(items.on_unfinished(hand_back).try_for_each(work)).poll().is_ready()
            }
        }));
        let panic = ended.expect_err("the first panic passes on");
        assert_eq!(panic.downcast_ref(), (!calls_panic).then_some(&0));
        assert_eq!(panic.downcast_ref(), calls_panic.then_some(&"of a call"));
        assert_eq!(left.take(), if calls_panic { vec![0, 1, 2, 3] } else { vec![0, 1, 2] });
    }
}

#[test]
fn wherever_it_is_dropped_or_a_call_panics_the_scope_around_it_awaits_the_cleanups() {
    for panics in [false, true] {
        let boundaries = every_poll(|at| {
            let log = Log::default();
            let trigger = at.panic_trigger();
            let step = async |stage: &str, n: usize| {
                log.add("opened");
                let _connection = defer(log.clone(), async move |log| {
                    pending_times(2).await;
                    log.add("closed");
                });
                if panics {
                    trigger.point().await;
                }
                pending_times(n % 3).await;
                log.add(stage);
            };
            let opened_is_closed = || assert_eq!(log.count("opened"), log.count("closed"));
            let ended = at.drive(async {
                let scope = scope(async |_| {
                    let first = (0..5).into_async_iter().concurrent(limit!(2)).map(async |n| {
                        step("first", n).await;
                        n
                    });
                    let work = first.concurrent(limit!(1)).for_each(async |n| step("second", n).await);
                    if panics {
                        work.await;
                        Some(())
                    } else {
                        at.cancel(work).await
                    }
                });
                let ended = scope.await;
                opened_is_closed();
                ended
            });
            opened_is_closed();
            assert_eq!(ended.flatten().is_some(), !at.has_fired());
            assert_eq!(log.count("second") == 5, !at.has_fired());
        });
        assert!(boundaries > 5, "{boundaries}");
    }
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

/// A resource that says when its cleanup begins and ends, which takes a millisecond.
fn connection(log: &Log, rt: &onpar_test::sim::Rt, n: u64) -> impl Sized + use<> {
    defer((log.clone(), rt.clone()), async move |(log, rt)| {
        log.add(format!("closing {n}"));
        rt.sleep(millis(1)).await;
        log.add(format!("closed {n}"));
    })
}

#[test]
fn the_error_of_another_child_drops_a_pipeline_and_the_scope_awaits_its_cleanups() {
    let log = Log::default();
    Sim::new(11).run(async |rt| {
        let (left, start) = (Mutex::new(Vec::new()), rt.now());
        let failed = try_scope(async |s| {
            drop(s.spawn(async {
                rt.sleep(millis(5)).await;
                Err::<(), _>("no")
            }));
            let claimed = (0..100_u64).into_async_iter().concurrent(limit!(4)).on_unfinished(|n| {
                left.lock().unwrap_or_else(PoisonError::into_inner).push(n);
            });
            claimed
                .for_each(async |n| {
                    let _connection = connection(&log, &rt, n);
                    rt.sleep(millis(2 + 2 * n)).await;
                })
                .await;
            Ok(())
        })
        .await;
        assert_eq!(failed.map_err(|failure| failure.primary), Err("no"));
        // Those that were handed back were under way: cleaned up when the scope has returned, one after another.
        assert_eq!(left.into_inner().expect("no panic"), [2, 3, 4, 5]);
        assert_eq!(rt.now() - start, millis(5 + 4));
    });
    assert_eq!((log.count("closing"), log.count("closed")), (6, 6));
}

#[test]
fn the_first_error_of_a_call_leaves_the_scope_by_the_question_mark_when_all_is_cleaned_up() {
    let log = Log::default();
    Sim::new(12).run(async |rt| {
        let start = rt.now();
        let result: Result<(), String> = scope(async |_| {
            let work = (0..9_u64).into_async_iter().concurrent(limit!(3)).map(async |n| {
                let _connection = connection(&log, &rt, n);
                rt.sleep(millis(n + 1)).await;
                n
            });
            let work = work
                .concurrent(limit!(2))
                .try_for_each(async |n| if n == 1 { Err(format!("{n} is bad")) } else { Ok(()) });
            work.await?;
            Ok(())
        })
        .await;
        assert_eq!(result, Err("1 is bad".to_owned()));
        // The cleanups of 1, which has ended then, and of 2 and 3, which were under way.
        assert_eq!(rt.now() - start, millis(2 + 3));
    });
    assert_eq!(log.count("closing"), log.count("closed"));
}
