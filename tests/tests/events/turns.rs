//! Handlers take turns, and the executor gets its turn, too.

use core::cell::Cell;
use core::future::{pending, ready};
use core::iter::repeat;

use futures::stream;
use onpar_scope::events;
use onpar_test::{ByHand, ProbeLog, Trigger};

/// Which arm had which turn, with three streams that are always ready.
fn turns_with(seed: Option<u64>) -> Vec<u32> {
    let mut turns = Vec::new();
    let work = events(&mut turns)
        .on(stream::iter(repeat(0)), async |turns, n| turns.push(n))
        .until(|turns| turns.len() >= 30)
        .on(stream::iter(repeat(1)), async |turns, n| turns.push(n))
        .until(|turns| turns.len() >= 30)
        .on(stream::iter(repeat(2)), async |turns, n| turns.push(n))
        .until(|turns| turns.len() >= 30);
    ByHand::new(match seed {
        Some(seed) => work.seeded(seed).run(),
        None => work.run(),
    })
    .finish();
    turns
}

#[test]
fn arms_take_turns() {
    let turns = turns_with(None);
    assert_eq!(turns, [0, 1, 2].repeat(10));
}

#[test]
fn a_seed_gives_another_order_and_the_same_each_time() {
    let [one, again, other] = [1, 1, 2].map(|seed| turns_with(Some(seed)));
    assert_eq!(one, again);
    assert!(one != other && one != [0, 1, 2].repeat(10));
    assert!([0, 1, 2].iter().all(|arm| one.contains(arm)));
}

#[test]
fn an_arm_that_is_always_ready_starves_neither_another_one_nor_the_executor() {
    let (trigger, turns, log) = (Trigger::never(), Cell::new(0), ProbeLog::new());
    let mut done = false;
    let work = events(&mut done)
        .on(stream::iter(repeat(())), async |_, ()| turns.set(turns.get() + 1))
        .until(|done| *done)
        .once(
            log.probe(async {
                for _ in 0..10 {
                    trigger.pending_once().await;
                }
            }),
            async |done, ()| *done = true,
        )
        .run();
    let mut work = ByHand::new(log.owner(work));
    let mut before = 0;
    while work.poll().is_pending() {
        assert!(work.is_woken());
        assert!((1..=32).contains(&(turns.get() - before)), "{} turns in one poll", turns.get() - before);
        before = turns.get();
    }
    assert_eq!((work.polls(), log.longest().owner_polls), (11, 0));
}

#[test]
fn a_pending_source_is_polled_once_for_each_poll_of_the_loop() {
    let (log, trigger, mut handled) = (ProbeLog::new(), Trigger::never(), 0);
    let packets = stream::unfold(0, async |n| {
        trigger.pending_once().await;
        (n < 10).then_some(((), n + 1))
    });
    let work = events(&mut handled)
        .once(log.probe(pending::<()>()), async |_, ()| ())
        .when(|handled| *handled < 10)
        .on(packets, async |handled, ()| *handled += 1)
        .run();
    let mut work = ByHand::new(work);
    while work.poll().is_pending() {
        assert!(work.is_woken());
    }
    assert_eq!((log.polls(), work.polls()), (12, 12));
}

#[test]
fn a_handler_that_makes_another_arm_ready_has_the_loop_woken() {
    let (messages, arriving) = futures::channel::mpsc::unbounded();
    let mut seen = Vec::new();
    let work = events(&mut seen)
        .on(arriving, async |seen, n: u32| seen.push(n))
        .until(|seen| !seen.is_empty())
        .once(ready(7), async |_, n| messages.unbounded_send(n).expect("the arm is there"))
        .run();
    let mut work = ByHand::new(work);
    assert!(work.poll().is_pending() && work.is_woken());
    assert!(work.poll().is_ready());
    drop(work);
    assert_eq!(seen, [7]);
}
