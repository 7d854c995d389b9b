//! What arms there are, when they begin, rest and end, and when their loop does.

extern crate alloc;

use alloc::rc::Rc;
use core::cell::Cell;
use core::future::{pending, ready};
use core::time::Duration;

use futures::channel::mpsc::unbounded;
use futures::stream;
use onpar_scope::events;
use onpar_test::{ByHand, Clock as _, Instant, Sim, Trigger};

const MILLI: Duration = Duration::from_millis(1);

#[test]
fn a_loop_without_arms_ends_at_once() {
    let mut state = 7;
    let () = ByHand::new(events(&mut state).run()).finish();
    assert_eq!(state, 7);
}

#[test]
fn a_loop_ends_when_every_arm_is_over_and_gives_the_state_back() {
    let mut log = Vec::new();
    ByHand::new(
        events(&mut log)
            .on(stream::iter(0..3), async |log, n| log.push(n))
            .once(ready(7), async |log, n| log.push(n))
            .on(stream::empty(), async |log, n| log.push(n))
            .run(),
    )
    .finish();
    assert_eq!(log, [0, 7, 1, 2]);
}

#[test]
#[should_panic(expected = "an event loop was polled after it had ended")]
fn a_loop_that_has_ended_says_so_if_it_is_polled() {
    let mut state = ();
    let mut work = ByHand::new(events(&mut state).run());
    assert!(work.poll().is_ready());
    let _ = work.poll();
}

#[test]
fn what_the_arms_own_is_dropped_when_the_loop_ends_and_not_when_it_is_dropped() {
    let (owned, mut state) = (Rc::new(()), ());
    let (source, captured) = (Rc::clone(&owned), Rc::clone(&owned));
    let mut work = ByHand::new(
        events(&mut state)
            .once(async move { drop(source) }, async move |(), ()| {
                assert_eq!(Rc::strong_count(&captured), 2);
            })
            .run(),
    );
    assert!(work.poll().is_ready());
    assert_eq!(Rc::strong_count(&owned), 1);
    drop(work);
}

#[test]
fn an_arm_is_open_while_its_condition_holds_and_what_it_took_meanwhile_waits() {
    let (numbers, taken) = (stream::iter(1..=3), Cell::new(0));
    let trigger = Trigger::never();
    let mut log = Vec::new();
    ByHand::new(
        events(&mut log)
            .on(futures::StreamExt::inspect(numbers, |_| taken.set(taken.get() + 1)), async |log, n| log.push(n))
            .when(|log: &Vec<_>| log.contains(&7))
            .once(
                async {
                    trigger.pending_once().await;
                    assert_eq!(taken.get(), 1);
                },
                async |log, ()| log.push(7),
            )
            .run(),
    )
    .finish();
    assert_eq!(log, [7, 1, 2, 3]);
}

#[test]
fn a_loop_whose_arms_are_all_closed_ends_since_nobody_could_open_them() {
    let mut closed = true;
    let work = events(&mut closed)
        .on(stream::pending::<()>(), async |_, ()| unreachable!("it is closed"))
        .when(|closed| !closed)
        .once(ready(()), async |_, ()| unreachable!("it is closed"))
        .when(|closed| !closed)
        .run();
    ByHand::new(work).finish();
}

#[test]
fn a_closed_arm_is_polled_all_the_same_and_does_not_hold_what_others_need() {
    Sim::check(0..20, async |rt| {
        let (lock, mut loaded) = (tokio::sync::Mutex::new(()), None::<(&str, &str)>);
        let holder = async {
            let _locked = lock.lock().await;
            rt.sleep(5 * MILLI).await;
        };
        events(&mut loaded)
            .once(holder, async |loaded, ()| *loaded = loaded.map(|(by, _)| (by, "then the holder")))
            .when(Option::is_some)
            .once(
                async {
                    rt.sleep(MILLI).await;
                    drop(lock.lock().await);
                },
                async |loaded, ()| *loaded = Some(("the waiter", "")),
            )
            .await;
        assert_eq!(loaded, Some(("the waiter", "then the holder")));
    });
}

#[test]
fn an_arm_ends_once_its_condition_holds_and_drops_its_source_then() {
    let (owned, mut seen) = (Rc::new(()), 0);
    let source = Rc::clone(&owned);
    let numbers = stream::repeat_with(move || Rc::strong_count(&source));
    let trigger = Trigger::never();
    ByHand::new(
        events(&mut seen)
            .on(numbers, async |seen, _| *seen += 1)
            .until(|seen| *seen == 3)
            .once(async { trigger.pending_once().await }, async |seen, ()| {
                assert_eq!((*seen, Rc::strong_count(&owned)), (3, 1));
            })
            .run(),
    )
    .finish();
}

#[test]
fn an_arm_that_ends_by_its_condition_has_taken_no_item_that_it_did_not_handle() {
    let (taken, mut seen) = (Cell::new(0), 0);
    let numbers = futures::StreamExt::inspect(stream::iter(1..), |_| taken.set(taken.get() + 1));
    ByHand::new(events(&mut seen).on(numbers, async |seen, _| *seen += 1).until(|seen| *seen == 3).run()).finish();
    assert_eq!((seen, taken.get()), (3, 3));
}

#[test]
fn conditions_add_up() {
    let mut log = Vec::new();
    let open = |log: &Vec<u32>| log.len() >= 2;
    ByHand::new(
        events(&mut log)
            .on(stream::iter(10..), async |log, n| log.push(n))
            .when(|log| open(log))
            .until(|log| log.len() == 5)
            .when(|log| log.contains(&1))
            .on(stream::iter(0..3), async |log, n| log.push(n))
            .run(),
    )
    .finish();
    assert_eq!(log, [0, 1, 10, 2, 11]);
}

#[test]
fn repeated_work_is_made_of_the_state_as_its_handler_left_it() {
    let mut numbers = vec![1];
    ByHand::new(
        events(&mut numbers)
            .repeat(
                |numbers| numbers.last().filter(|last| **last < 100).map(|last| ready(last * 2)),
                async |numbers, next| numbers.push(next),
            )
            .run(),
    )
    .finish();
    assert_eq!(numbers, [1, 2, 4, 8, 16, 32, 64, 128]);
}

#[test]
fn repeated_work_that_rests_begins_again_when_a_handler_has_given_it_something_to_do() {
    let (messages, arriving) = unbounded();
    let (mut queue, sent) = (Vec::new(), Cell::new(0));
    let mut work = ByHand::new(
        events(&mut queue)
            .on(arriving, async |queue, message: u32| queue.push(message))
            .repeat(|queue| queue.pop().map(ready), async |_, message| sent.set(sent.get() + message))
            .run(),
    );
    assert!(work.poll().is_pending());
    for message in [3, 4] {
        messages.unbounded_send(message).unwrap();
        assert!(work.is_woken() && work.poll().is_pending());
    }
    assert_eq!(sent.get(), 7);
    drop(messages);
    assert!(work.poll().is_ready());
}

#[test]
fn work_begins_anew_when_its_value_has_changed_and_only_then() {
    Sim::check(0..20, async |rt| {
        let (start, begun) = (rt.now(), Cell::new(0));
        let at = |millis| rt.sleep_until(start + millis * MILLI);
        let packets = stream::unfold([3_u32, 6, 9, 12].into_iter(), async |mut times| {
            let time = times.next()?;
            at(time).await;
            Some((time, times))
        });
        let mut last = start;
        let ended = events(&mut last)
            .on(packets, async |last, time| {
                // The packet at 6 is none that counts.
                if time != 6 {
                    *last = rt.now();
                }
            })
            .repeat(
                |last| {
                    begun.set(begun.get() + 1);
                    Some(rt.sleep_until(*last + 8 * MILLI))
                },
                async |_, ()| core::ops::ControlFlow::Break(rt.now() - start),
            )
            .restarted_by(|last: &Instant| *last)
            .await;
        assert_eq!(ended, core::ops::ControlFlow::Break(20 * MILLI));
        assert_eq!(begun.get(), 4);
    });
}

#[test]
fn work_with_a_resource_begins_anew_with_the_same_resource_and_what_was_under_way_is_dropped_first() {
    let (mut polls, trigger, mut restarts) = (0_u32, Trigger::never(), 0_u32);
    ByHand::new(
        events(&mut restarts)
            .repeat_with(
                &mut polls,
                |restarts| (*restarts < 9).then_some(*restarts),
                async |polls, restarts| {
                    **polls += 1;
                    if restarts < 3 { pending().await } else { restarts }
                },
                async |restarts, given| {
                    assert_eq!(given, *restarts);
                    *restarts = 9;
                },
            )
            .restarted_by(|restarts| *restarts)
            .on(
                stream::unfold(0, async |n| {
                    trigger.pending_once().await;
                    (n < 3).then_some(((), n + 1))
                }),
                async |restarts, ()| *restarts += 1,
            )
            .run(),
    )
    .finish();
    assert_eq!((polls, restarts), (4, 9));
}

#[test]
fn a_loop_in_a_handler_of_a_loop_has_the_part_of_the_state_that_it_is_given() {
    let mut state = (0, 0);
    ByHand::new(
        events(&mut state)
            .on(stream::iter(1..=3), async |(outer, inner), n| {
                *outer += n;
                events(inner).on(stream::iter(0..n), async |inner, _| *inner += 1).await;
            })
            .run(),
    )
    .finish();
    assert_eq!(state, (6, 6));
}

#[test]
fn sixty_four_arms_are_not_too_many() {
    macro_rules! arms {
        ($events:expr; ) => { $events.run() };
        ($events:expr; $_:tt $($more:tt)*) => { arms!($events.once(ready(1), async |sum, n| *sum += n); $($more)*) };
    }
    let mut sum = 0;
    ByHand::new(arms!(events(&mut sum); 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8
        1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8))
    .finish();
    assert_eq!(sum, 64);
}
