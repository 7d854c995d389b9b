//! What scopes, guards and event loops allocate, counted; and that a guard causes no more allocations and no more polls for
//! there being many. (That it takes no more instructions either, the benches show: `guards_together_*` and `guards_by_poll_*`.)

extern crate alloc;

mod reads;

use alloc::sync::Arc;
use core::convert::Infallible;
use core::future::{pending, poll_fn, ready};
use core::mem::replace;
use core::pin::pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use core::time::Duration;

use futures::channel::mpsc;
use futures::future::select;
use futures::{SinkExt as _, StreamExt as _, stream};
use onpar::rt::local::LocalClock;
use onpar_core::{AsyncDrop, ExitReason, JoinError};
use onpar_scope::{Guard, defer, events, guard, join, race, scope, timeout, try_join, using};
use onpar_test::{Allocations, ByHand, Clock as _, CountingAllocator, Sim, Trigger, allocations, live_bytes};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

struct Connection;

impl AsyncDrop for Connection {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Polls a future until it is ready, here and now, and counts its allocations.
fn count(future: impl Future) -> u64 {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let ((), counted) = allocations(|| while future.as_mut().poll(&mut context).is_pending() {});
    counted.count
}

/// The same on a thread that has no memory kept from anything before.
fn count_on_a_new_thread(work: impl AsyncFnOnce() + Send) -> u64 {
    std::thread::scope(|s| s.spawn(|| count(work())).join().expect("no panic"))
}

/// The allocations of `work` in a scope that has seen it once, done a thousand times.
fn count_steady(work: impl AsyncFn()) -> u64 {
    let body = scope(async |_| {
        work().await;
        count(async {
            for _ in 0..1000 {
                work().await;
            }
        })
    });
    ByHand::new(body).finish()
}

#[test]
fn an_empty_scope_allocates_once() {
    assert_eq!(count_on_a_new_thread(async || scope(async |_| ()).await), 1);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn a_scope_within_a_scope_allocates_nothing_in_the_steady_state() {
    assert_eq!(count_steady(async || scope(async |_| ()).await), 0);
}

/// The name and the place that a report of a child shows.
const LABEL: usize = size_of::<(&str, &core::panic::Location<'_>)>();

#[test]
#[cfg_attr(feature = "tracing", ignore = "a child has a span then")]
fn a_child_takes_at_most_96_bytes_beside_its_future_and_its_label() {
    // Larger than what is rounded up to be used again.
    let future = async |bytes: [u8; 2000]| {
        Trigger::never().pending_once().await;
        bytes
    };
    let bytes = scope(async |s| {
        let future = future([0; 2000]);
        let size = size_of_val(&future);
        let (child, allocated) = allocations(|| s.spawn(future));
        drop(child);
        assert_eq!(allocated.count, 1);
        usize::try_from(allocated.bytes).expect("it fits") - size
    });
    let bytes = ByHand::new(bytes).finish();
    assert!(bytes <= LABEL + 96, "{bytes} bytes, {LABEL} of which are the label");
}

#[test]
#[cfg_attr(feature = "tracing", ignore = "a scope has a span then")]
fn a_scope_takes_at_most_576_bytes_beside_its_body() {
    let ((), allocated) =
        std::thread::scope(|s| s.spawn(|| allocations(|| drop(scope(async |_| ())))).join().expect("no panic"));
    assert_eq!(allocated.count, 1);
    assert!(allocated.bytes <= 576, "{} bytes", allocated.bytes);
}

#[test]
fn a_guard_allocates_nothing_until_it_ends() {
    let guards = scope(async |_| {
        count(async {
            let Connection = Guard::into_inner(guard(Connection));
        })
    });
    assert_eq!(ByHand::new(guards).finish(), 0);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn a_close_allocates_once_and_nothing_in_the_steady_state() {
    let close = async || guard(Connection).close().await.unwrap();
    assert_eq!(count_on_a_new_thread(async || close().await), 1);
    assert_eq!(count_on_a_new_thread(async || scope(async |_| close().await).await), 2);
    assert_eq!(count_steady(close), 0);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn two_types_of_guards_in_turn_allocate_nothing_in_the_steady_state() {
    let work = async || {
        guard(Connection).close().await.unwrap();
        defer([0_u64; 9], async |_| ()).close().await.unwrap();
    };
    assert_eq!(count_steady(work), 0);
}

#[test]
fn a_guard_dropped_un_closed_allocates_once_and_several_at_once_less_than_once_each() {
    assert_eq!(count_on_a_new_thread(async || scope(async |_| drop(guard(Connection))).await), 2);
    let three = async || {
        let _guards = (guard(Connection), guard(Connection), guard(Connection));
    };
    // One alone, then two together, unless memory must be fresh.
    let guards = if cfg!(onpar_fresh_memory) { 3 } else { 2 };
    assert_eq!(count_on_a_new_thread(async || scope(async |_| three().await).await), 1 + guards);
}

#[test]
fn a_child_allocates_once() {
    assert_eq!(count_on_a_new_thread(async || scope(async |s| s.spawn(async {}).await).await), 2);
    assert_eq!(count_on_a_new_thread(async || scope(async |s| drop(s.spawn(async {}))).await), 2);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn a_scope_that_spawns_and_finishes_children_in_turn_allocates_nothing_in_the_steady_state() {
    let trigger = Trigger::never();
    let mut task = ByHand::new(scope(async |s| {
        loop {
            s.spawn(trigger.pending_once()).await;
            drop(s.spawn(async {}));
            trigger.pending_once().await;
        }
    }));
    let mut polls = |polls| (0..polls).for_each(|_| assert!(task.poll().is_pending()));
    polls(100);
    assert_eq!(allocations(|| polls(1000)).1.count, 0);
}

/// The allocations of so many children that are all alive at once and pending once, and the polls of their scope.
fn cost_of_children(children: usize) -> (u64, usize) {
    let run = move || {
        let trigger = Trigger::never();
        let mut task = ByHand::new(scope(async |s| (0..children).for_each(|_| drop(s.spawn(trigger.pending_once())))));
        let ((), allocated) = allocations(|| while task.poll().is_pending() {});
        (allocated.count, task.polls())
    };
    std::thread::scope(|s| s.spawn(run).join().expect("no panic"))
}

#[test]
fn a_child_among_a_hundred_thousand_costs_what_one_among_a_thousand_costs() {
    let [few, many] = [1_000, 100_000].map(cost_of_children);
    let together = if cfg!(onpar_fresh_memory) { 1 } else { TOGETHER };
    assert_eq!(many.0 - few.0, 99_000 / together);
    // Each is polled twice, and the executor has its turn after every 256 of those.
    assert!(few.1 <= 2_000 / 256 + 2 && many.1 <= 200_000 / 256 + 2, "{} polls, {} polls", few.1, many.1);
}

/// What a scope with so many children allocates.
fn cost_of_observed(children: usize, observed: Option<LocalClock>) -> Allocations {
    let run = move || {
        let mut work = scope(async |s| (0..children).for_each(|_| drop(s.spawn(pending::<()>()))));
        if let Some(clock) = observed {
            work = work.observed(clock);
        }
        let mut task = ByHand::new(work);
        allocations(|| while task.poll().is_pending() && task.is_woken() {}).1
    };
    std::thread::scope(|s| s.spawn(run).join().expect("no panic"))
}

#[test]
#[cfg_attr(any(onpar_fresh_memory, feature = "tracing"), ignore = "not rounded up to classes, or with a span")]
fn a_child_costs_more_only_where_it_is_observed() {
    let many = cost_of_observed(1001, None);
    let clock = onpar::rt::local::run(async |rt| rt.clock());
    let observed = cost_of_observed(1001, Some(clock));
    assert!(observed.bytes > many.bytes, "{observed:?}: an observed scope writes its children down");
    assert!(observed.count < many.count + 50, "{observed:?}: in a table that grows now and then");
}

#[test]
fn to_ask_a_scope_that_nobody_observes_costs_the_same_with_a_thousand_children_as_with_none() {
    let ask = |children: usize| {
        let work = scope(async |s| {
            (0..children).for_each(|_| drop(s.spawn(async {})));
            let (tree, allocated) = allocations(|| s.tree());
            assert_eq!(tree.children(), children);
            allocated.count
        });
        ByHand::new(work).finish()
    };
    assert_eq!(ask(1000), ask(0));
}

#[test]
fn a_task_of_a_runtime_allocates_its_child_its_scope_and_what_they_share() {
    /// Runs nothing, and allocates nothing: the task is dropped at once.
    #[derive(Clone)]
    struct Closed;

    impl onpar_test::Spawn for Closed {
        type Task<T: Send + 'static> = core::future::Ready<Result<T, JoinError>>;

        fn spawn<F: Future<Output: Send + 'static> + Send + 'static>(&self, _: F) -> Self::Task<F::Output> {
            ready(Err(JoinError::dropped()))
        }
    }

    let children = count_on_a_new_thread(async || scope(async |s| s.spawn(async {}).await).await);
    let tasks = count_on_a_new_thread(async || scope(async |s| drop(s.spawn_on(&Closed, async {}).await)).await);
    assert_eq!((children, tasks), (2, 4));
}

#[test]
fn a_bracket_allocates_nothing_unless_it_is_dropped_mid_way() {
    let trigger = Trigger::never();
    let bracket = || using(ready(Ok::<_, Infallible>(7_u32)), async |_| trigger.pending_once().await, async |_, _| ());
    assert_eq!(count(async { bracket().await }), count(async { trigger.pending_once().await }));
    let dropped = scope(async |_| {
        let mut bracket = Box::pin(bracket());
        let mut context = Context::from_waker(Waker::noop());
        assert!(bracket.as_mut().poll(&mut context).is_pending());
        allocations(|| drop(bracket)).1.count
    });
    assert_eq!(ByHand::new(dropped).finish(), 1);
}

#[test]
fn an_event_loop_allocates_nothing_whatever_its_arms_do() {
    let (trigger, mut state) = (Trigger::never(), (0, 0));
    let pending = count(async { trigger.pending_once().await });
    let work = events(&mut state)
        .on(stream::iter(0..100), async |(sum, _), n| *sum += n)
        .on(stream::iter(0..100), async |(sum, _), n| {
            ready(()).await;
            *sum += n;
        })
        .when(|(sum, _)| *sum > 9)
        .once(ready(7), async |(sum, _), n| *sum += n)
        .repeat(|(_, times)| (*times < 50).then(|| ready(1)), async |(_, times), n| *times += n)
        .on_parked(|(_, times), n| *times += n)
        .repeat_with(
            7,
            |(_, times)| (*times < 100).then_some(1),
            async |seven, n| *seven * n,
            async |(_, times), seven| *times += seven,
        )
        .restarted_by(|(_, times)| *times)
        .once(async { trigger.pending_once().await }, async |_, ()| ());
    assert_eq!(count(work.run()) - pending, 0);
    assert!(state.0 == 9907 && state.1 >= 100, "{state:?}");
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn a_timeout_within_a_scope_allocates_nothing_in_the_steady_state() {
    let count = Sim::from_env().run(async |rt| {
        let clock = rt.clone();
        let sleeps = count(async { drop(clock.sleep(Duration::from_secs(1))) });
        scope(async |_| {
            let once = async || timeout(&rt, Duration::from_secs(1), async {}).await.unwrap();
            once().await;
            count(async { once().await }) - sleeps
        })
        .await
    });
    assert_eq!(count, 0);
}

#[test]
fn a_join_of_a_tuple_or_a_small_array_allocates_nothing() {
    let trigger = Trigger::never();
    let once = async || trigger.pending_once().await;
    let alone = count(once());
    assert_eq!(count(join((once(), once(), once()))), 3 * alone);
    assert_eq!(count(join([(); 30].map(|()| once()))), 30 * alone);
}

#[test]
fn a_join_of_many_allocates_once_for_all_wakers_and_a_vec_once_for_members_and_once_for_outputs() {
    let trigger = Trigger::never();
    let once = async || trigger.pending_once().await;
    let alone = count(once());
    assert_eq!(count(join([(); 100].map(|()| once()))), 100 * alone + 1);
    let number = async |n: u64| {
        trigger.pending_once().await;
        n
    };
    let members: Vec<_> = (0..1000).map(number).collect();
    assert_eq!(count(async { join(members).await }), 1000 * alone + 3);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn a_race_within_a_scope_allocates_nothing_in_the_steady_state() {
    assert_eq!(count_steady(async || race((ready(()), pending())).await), 0);
    assert_eq!(count_steady(async || try_join((ready(Ok::<_, ()>(())),)).await.map_or((), |_| ())), 0);
}

/// What so many guards cost together, all alive at once.
#[derive(Debug, PartialEq, Eq)]
struct Cost {
    allocations: u64,
    polls_of_the_scope: usize,
    polls_of_cleanups: usize,
}

/// How many nodes are allocated together where many live at once.
const TOGETHER: u64 = 8;

/// The cost of so many guards, dropped in one poll or one in each. Each cleanup is pending once.
fn cost_of_many(guards: usize, one_per_poll: bool) -> Cost {
    let run = move || {
        let polls = Arc::<AtomicUsize>::default();
        let mut task = ByHand::new(scope(async |_| {
            let cleanup = async |polls: Arc<AtomicUsize>| {
                let mut last = false;
                poll_fn(|cx| {
                    polls.fetch_add(1, Ordering::Relaxed);
                    cx.waker().wake_by_ref();
                    if replace(&mut last, true) { Poll::Ready(()) } else { Poll::Pending }
                })
                .await;
            };
            let mut held = Vec::with_capacity(guards);
            held.extend((0..guards).map(|_| defer(Arc::clone(&polls), cleanup)));
            let trigger = Trigger::never();
            while one_per_poll && held.pop().is_some() {
                trigger.pending_once().await;
            }
        }));
        let ((), allocated) = allocations(|| while task.poll().is_pending() {});
        let polls_of_cleanups = polls.load(Ordering::Relaxed);
        Cost { allocations: allocated.count, polls_of_the_scope: task.polls(), polls_of_cleanups }
    };
    std::thread::scope(|s| s.spawn(run).join().expect("no panic"))
}

#[test]
fn a_guard_among_a_hundred_thousand_costs_what_one_among_a_thousand_costs() {
    for one_per_poll in [false, true] {
        let [few, many] = [1_000, 100_000].map(|guards| cost_of_many(guards, one_per_poll));
        // One after another, each polled twice and woken once.
        assert_eq!((few.polls_of_the_scope, few.polls_of_cleanups), (1_001, 2_000));
        assert_eq!((many.polls_of_the_scope, many.polls_of_cleanups), (100_001, 200_000));
        // All are pending at once, and need memory of their own; or the memory of the last is used again.
        let growth = match (cfg!(onpar_fresh_memory), one_per_poll) {
            (true, _) => 99_000,
            (false, false) => 99_000 / TOGETHER,
            (false, true) => 0,
        };
        assert_eq!(many.allocations - few.allocations, growth, "{few:?}, {many:?}");
    }
}

/// Connections that are cancelled by foreign code, one after another: what is pending stays bounded, and memory flat.
#[test]
fn a_scope_that_lives_for_ever_keeps_flat_memory_and_a_bounded_number_of_cleanups() {
    // A million takes a debug build too long; what grows shows sooner.
    const CONNECTIONS: u32 = if cfg!(debug_assertions) { 50_000 } else { 1_000_000 };
    static OPEN: AtomicUsize = AtomicUsize::new(0);
    let open = &OPEN;
    let (growth, most) = Sim::new(0).step_limit(u64::MAX).run(async |rt| {
        scope(async |s| {
            let connection = async || {
                open.fetch_add(1, Ordering::Relaxed);
                let _connection = defer(rt.clone(), async |rt| {
                    rt.sleep(Duration::from_millis(5)).await;
                    open.fetch_sub(1, Ordering::Relaxed);
                });
                pending::<()>().await;
            };
            let cancelled = async || {
                let deadline = pin!(rt.sleep(Duration::from_millis(1)));
                select(pin!(connection()), deadline).await;
                open.load(Ordering::Relaxed)
            };
            // Whatever there is to fill is filled by then.
            for _ in 0..100 {
                cancelled().await;
            }
            let (before, mut most) = (live_bytes(), 0);
            for _ in 0..CONNECTIONS {
                most = most.max(cancelled().await);
            }
            let growth = live_bytes() - before;
            s.settled().await;
            assert_eq!(open.load(Ordering::Relaxed), 0);
            (growth, most)
        })
        .await
    });
    assert!(most <= 6, "{most} connections open at once, with a cleanup of 5 ms and one connection a millisecond");
    assert!(growth.abs() < 4096, "{growth} bytes more after {CONNECTIONS} connections");
}

/// Three children take what the body sends, through channels that hold one item beside that of the sender.
#[test]
fn sending_to_children_takes_no_more_memory_for_more_items() {
    fn most_live(items: u32) -> i64 {
        let (before, mut most) = (live_bytes(), 0);
        let sent = scope(async |s| {
            let mut senders = Vec::new();
            let mut children = Vec::new();
            for _ in 0..3 {
                let (sender, items) = mpsc::channel(0);
                senders.push(sender);
                children.push(s.spawn(items.fold(0, async |taken, item: Box<u32>| taken + u64::from(*item))));
            }
            for _ in 0..items {
                for sender in &mut senders {
                    assert!(sender.send(Box::new(1)).await.is_ok());
                }
                most = most.max(live_bytes() - before);
            }
            drop(senders);
            let mut taken = 0;
            for child in children {
                taken += child.await;
            }
            taken
        });
        assert_eq!(ByHand::new(sent).finish(), 3 * u64::from(items));
        most
    }
    most_live(10); // the thread has memory to use again from now on
    assert_eq!(most_live(10), most_live(10_000));
}
