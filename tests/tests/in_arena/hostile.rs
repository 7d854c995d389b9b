//! What no program should do, and some do: nothing is lost that is not forgotten, and nothing is touched that is gone.

use alloc::rc::Rc;
use core::cell::Cell;
use core::future::{pending, poll_fn, ready};
use core::mem;
use core::panic::AssertUnwindSafe;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use onpar_scope::{Arena, ArenaChild, ArenaGuard, ArenaScope, NoRoom, defer, local_scope, scope_in};
use onpar_test::{ByHand, Trigger};
use onpar_tests::Log;

use crate::reported;

fn logged<'s>(s: &ArenaScope<'s, '_>, log: &Log, name: &'static str) -> ArenaGuard<'s, &'static str, &'static str> {
    let (log, trigger) = (log.clone(), Trigger::never());
    let cleanup = async move |name| {
        log.add(format!("start {name}"));
        trigger.pending_once().await;
        log.add(format!("end {name}"));
        Ok(())
    };
    s.defer(name, cleanup).expect("there is room")
}

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_scope_that_is_forgotten_half_way_leaves_the_rest_of_its_arena_to_the_next_one() {
    let log = Log::default();
    let mut arena = Box::leak(Box::new(Arena::<4096>::new())).pinned();
    for polls in 0..4 {
        {
            let words = [String::from("of"), String::from("the frame")];
            let mut forgotten = Box::pin(scope_in(arena.as_mut(), async |s| {
                let _held = logged(s, &log, "held");
                drop(logged(s, &log, "dropped"));
                let child = s.spawn(async {
                    let _in_a_child = logged(s, &log, "in a child");
                    pending::<()>().await;
                    words.len()
                });
                child.expect("there is room").await
            }));
            for _ in 0..polls {
                assert!(poll(forgotten.as_mut()).is_pending());
            }
            // The future leaks, and the words with it no longer.
            mem::forget(forgotten);
        }
        log.take();
        ByHand::new(scope_in(arena.as_mut(), async |s| drop(logged(s, &log, "next")))).finish();
        assert_eq!(log.take(), ["start next", "end next"]);
    }
}

#[test]
fn forgotten_guards_handles_and_scopes_leak_and_keep_their_room() {
    let log = Log::default();
    let mut arena = Box::leak(Box::new(Arena::<4096>::new())).pinned();
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        mem::forget(logged(s, &log, "forgotten"));
        mem::forget(s.spawn(async { 7 }).expect("there is room"));
        let mut closing = Box::pin(logged(s, &log, "closing").close());
        assert!(poll_fn(|cx| Poll::Ready(closing.as_mut().poll(cx))).await.is_pending());
        mem::forget(closing);
        let inner = s.scope(async |s| {
            let _held = logged(s, &log, "held");
            drop(logged(s, &log, "dropped"));
            drop(s.spawn(pending::<()>()));
            pending::<()>().await;
        });
        let mut inner = Box::pin(inner.expect("there is room"));
        assert!(poll_fn(|cx| Poll::Ready(inner.as_mut().poll(cx))).await.is_pending());
        mem::forget(inner);
        drop(logged(s, &log, "seen to"));
    }))
    .finish();
    let lines = log.take();
    assert_eq!(lines, ["start closing", "start dropped", "start seen to", "end seen to"]);
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        drop(s.defer([0_u8; 1024], async |_| ()).expect("the rest is free"));
    }))
    .finish();
}

#[test]
fn a_guard_that_is_moved_into_an_inner_scope_is_cleaned_up_by_its_own() {
    let log = Log::default();
    let mut arena = pin!(Arena::<4096>::new());
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        let moved = logged(s, &log, "moved");
        let inner = s.scope(async |s| {
            let _inner = logged(s, &log, "inner");
            drop(moved);
            log.add("the inner body ends");
        });
        inner.expect("there is room").await;
        log.add("the inner scope has ended");
        s.spawn(pending::<()>()).expect("there is room").cancel().await;
    }))
    .finish();
    let lines = log.take();
    let at = |line: &str| lines.iter().position(|it| it == line).expect("it is there");
    assert!(at("end inner") < at("the inner scope has ended"), "{lines:?}");
    assert!(at("start moved") < at("end moved"), "{lines:?}");
}

#[test]
fn a_child_may_hold_its_own_handle_and_drop_it_or_cancel_itself() {
    let mut arena = pin!(Arena::<4096>::new());
    let log = Log::default();
    for cancels in [false, true] {
        ByHand::new(scope_in(arena.as_mut(), async |s| {
            let own: Rc<Cell<Option<ArenaChild<'_, ()>>>> = Rc::default();
            let child = s.spawn({
                let (own, log, trigger) = (Rc::clone(&own), log.clone(), Trigger::never());
                async move {
                    let _guard = logged(s, &log, "own");
                    trigger.pending_once().await;
                    let handle = own.take().expect("it was put there");
                    if cancels {
                        handle.cancel().await;
                        unreachable!("it is dropped");
                    }
                    drop(handle);
                }
            });
            own.set(Some(child.expect("there is room")));
        }))
        .finish();
        assert_eq!(log.take(), ["start own", "end own"]);
    }
}

/// Spawns, makes a guard, and drops one, as it is dropped.
struct Maker<'s, 'env> {
    s: &'s ArenaScope<'s, 'env>,
    log: Log,
    left: u32,
}

impl Drop for Maker<'_, '_> {
    fn drop(&mut self) {
        let Self { s, ref log, left } = *self;
        let Some(left) = left.checked_sub(1) else { return };
        let next = Maker { s, log: log.clone(), left };
        let guard = logged(s, log, "made");
        drop(s.spawn(async move {
            let (_next, _guard) = (next, guard);
            pending::<()>().await;
        }));
    }
}

#[test]
fn drops_that_spawn_what_spawns_when_it_is_dropped_come_to_an_end() {
    let mut arena = pin!(Arena::<8192>::new());
    let log = Log::default();
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        let inner = s.scope(async |s| {
            let _maker = Maker { s, log: log.clone(), left: 5 };
            pending::<()>().await;
        });
        let mut inner = Box::pin(inner.expect("there is room"));
        assert!(poll_fn(|cx| Poll::Ready(inner.as_mut().poll(cx))).await.is_pending());
    }))
    .finish();
    assert_eq!((log.count("start made"), log.count("end made")), (5, 5));
}

#[test]
fn an_output_that_nobody_takes_may_hold_a_guard_of_the_scope_and_a_maker() {
    let mut arena = pin!(Arena::<8192>::new());
    let log = Log::default();
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        let child = s.spawn(async { (logged(s, &log, "output"), Maker { s, log: log.clone(), left: 0 }) });
        let child = child.expect("there is room");
        s.spawn(ready(())).expect("there is room").await;
        drop(child);
    }))
    .finish();
    assert_eq!(log.take(), ["start output", "end output"]);
}

#[test]
fn a_handle_is_woken_by_the_waker_that_it_was_polled_with() {
    let mut arena = pin!(Arena::<8192>::new());
    let sum = ByHand::new(scope_in(arena.as_mut(), async |s| {
        let trigger = Trigger::never();
        let children = (1..=10).map(|number| {
            let trigger = trigger.clone();
            s.spawn(async move {
                for _ in 0..number {
                    trigger.pending_once().await;
                }
                number
            })
        });
        // It polls only those whose own waker was woken.
        let mut children: FuturesUnordered<_> = children.map(|child| child.expect("there is room")).collect();
        let mut sum = 0;
        while let Some(number) = children.next().await {
            sum += number;
        }
        sum
    }));
    assert_eq!(sum.finish(), 55);
}

#[test]
fn a_loop_of_children_that_are_ready_at_once_lets_the_executor_have_its_thread() {
    let mut arena = pin!(Arena::<1024>::new());
    let mut task = ByHand::new(scope_in(arena.as_mut(), async |s| {
        for _ in 0..1000 {
            s.spawn(ready(())).expect("each gives its room back").await;
        }
    }));
    while task.poll().is_pending() {
        assert!(task.is_woken());
    }
    assert!(task.polls() > 10, "it took {} polls", task.polls());
}

#[test]
fn a_cleanup_may_have_an_arena_and_scopes_of_its_own() {
    let mut arena = pin!(Arena::<4096>::new());
    let log = Log::default();
    let inner = log.clone();
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        let cleanup = async move |()| {
            let mut arena = pin!(Arena::<1024>::new());
            scope_in(arena.as_mut(), async |s| drop(logged(s, &inner, "within"))).await;
            inner.add("end around");
        };
        drop(s.defer((), cleanup).expect("there is room"));
    }))
    .finish();
    assert_eq!(log.take(), ["start within", "end within", "end around"]);
}

#[test]
fn guards_without_a_handle_go_to_the_scope_of_the_heap_around() {
    let log = Log::default();
    let heap = log.clone();
    ByHand::new(local_scope(async |_| {
        let mut arena = pin!(Arena::<1024>::new());
        scope_in(arena.as_mut(), async |s| {
            drop(defer((), async move |()| heap.add("of the heap")));
            drop(logged(s, &log, "of the arena"));
        })
        .await;
        log.add("the arena's scope has ended");
    }))
    .finish();
    let mut lines = log.take();
    lines.sort_unstable();
    assert_eq!(lines, ["end of the arena", "of the heap", "start of the arena", "the arena's scope has ended"]);
}

#[test]
fn a_scope_that_is_dropped_by_a_panic_reports_each_cleanup_and_drops_each_value_once() {
    reported::listen();
    let value = Rc::new(());
    let mut arena = pin!(Arena::<4096>::new());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let mut scope = pin!(scope_in(arena.as_mut(), async |s| {
            let _first = s.defer(Rc::clone(&value), async |_| ()).expect("there is room").named("first");
            let inner = s.scope(async |s| {
                let _second = s.defer(Rc::clone(&value), async |_| ()).expect("there is room").named("second");
                let _third = s.defer(Rc::clone(&value), async |_| ()).expect("there is room").named("third");
                pending::<()>().await;
            });
            inner.expect("there is room").await;
        }));
        assert!(poll(scope.as_mut()).is_pending());
        onpar_test::InjectedPanic::throw();
    }));
    assert!(panicked.is_err());
    assert_eq!(Rc::strong_count(&value), 1);
    assert_eq!(reported::take(), ["leaked third", "leaked second", "leaked first"]);
}

/// Panics as it is dropped, also as the payload of a panic.
struct Bomb(Log);

impl Drop for Bomb {
    fn drop(&mut self) {
        self.0.add("bomb");
        std::panic::resume_unwind(Box::new(()));
    }
}

#[test]
fn panics_of_drops_everywhere_skip_no_cleanup_and_do_not_end_the_process() {
    reported::listen();
    let log = Log::default();
    let mut arena = pin!(Arena::<8192>::new());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        ByHand::new(scope_in(arena.as_mut(), async |s| {
            let _guard = logged(s, &log, "last");
            let bomb = Bomb(log.clone());
            drop(s.defer(Bomb(log.clone()), async |bomb| drop(bomb)).expect("there is room"));
            drop(s.spawn({
                let log = log.clone();
                async move {
                    let _guard = logged(s, &log, "of the child");
                    let _bomb = Bomb(log.clone());
                    pending::<()>().await;
                }
            }));
            drop(s.spawn({
                let log = log.clone();
                async move { std::panic::panic_any(Bomb(log)) }
            }));
            pending::<()>().await;
            drop(bomb);
        }))
        .finish();
    }));
    let payload = panicked.expect_err("the child's panic passes on");
    assert!(payload.is::<Bomb>());
    mem::forget(payload);
    assert_eq!((log.count("end last"), log.count("end of the child"), log.count("bomb")), (1, 1, 3));
}

#[test]
fn a_cleanup_that_panics_as_it_is_dropped_after_its_close_gives_its_room_back() {
    let log = Log::default();
    let mut arena = pin!(Arena::<512>::new());
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        for _ in 0..100 {
            let cleanup = |bomb| {
                poll_fn(move |_| {
                    let _held: &Bomb = &bomb;
                    Poll::Ready(())
                })
            };
            let mut close = s.defer(Bomb(log.clone()), cleanup).expect("there is room each time").close();
            let closed =
                poll_fn(|cx| Poll::Ready(catch_unwind(AssertUnwindSafe(|| Pin::new(&mut close).poll(cx).is_ready()))));
            assert!(closed.await.is_err());
        }
    }))
    .finish();
    assert_eq!(log.count("bomb"), 100);
}

#[test]
fn whatever_has_no_room_is_given_back_and_what_is_there_goes_on() {
    let mut arena = pin!(Arena::<512>::new());
    let log = Log::default();
    ByHand::new(scope_in(arena.as_mut(), async |s| {
        let _first = logged(s, &log, "first");
        let error: NoRoom<[u8; 1000]> = s.defer([7; 1000], async |_| ()).expect_err("there is none");
        assert_eq!((error.into_inner(), error.size()), ([7; 1000], 512));
        let future = {
            let bytes = [7_u8; 1000];
            async move { ready(bytes).await.len() }
        };
        let error = s.spawn(future).expect_err("there is none");
        assert_eq!(error.into_inner().await, 1000);
        let fill: Vec<_> = core::iter::from_fn(|| s.defer((), async |()| ()).ok()).collect();
        assert!(s.scope(async |_| ()).is_err());
        drop(fill);
    }))
    .finish();
    assert_eq!(log.take(), ["start first", "end first"]);
}

#[test]
#[should_panic = "a child was polled after it had given its output"]
fn a_child_that_is_polled_after_its_output_says_so_and_does_not_wait_for_ever() {
    let arena = pin!(Arena::<512>::new());
    ByHand::new(scope_in(arena, async |s| {
        let mut child = s.spawn(async { 42 }).map_err(NoRoom::without_value).expect("there is room for one");
        assert_eq!((&mut child).await, 42);
        child.await
    }))
    .finish();
}

#[test]
fn an_error_of_a_dropped_guard_is_told_by_its_words() {
    reported::listen();
    let arena = pin!(Arena::<512>::new());
    ByHand::new(scope_in(arena, async |s| {
        drop(s.defer((), async |()| Err("refused")).expect("there is room for one").named("request"));
    }))
    .finish();
    assert_eq!(reported::take(), ["refused request"]);
}
