//! What waits for a handler that will not run is handed out.

extern crate alloc;

use alloc::rc::Rc;
use core::cell::RefCell;
use core::future::{pending, ready};
use core::ops::ControlFlow::Break;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use core::time::Duration;
use std::panic::catch_unwind;

use futures::stream;
use onpar_scope::{events, guard, timeout};
use onpar_test::{ByHand, Sim, Trigger};
use onpar_tests::{Log, Resource};

#[test]
fn a_handler_that_waits_has_at_most_one_item_of_each_arm_wait() {
    let (mut left, trigger) = (Vec::new(), Trigger::never());
    let work = events(&mut left)
        .once(ready(()), async |_, ()| pending::<()>().await)
        .on(stream::iter(1..), async |_, _| unreachable!("the other handler has the state"))
        .on_parked(Vec::push)
        .once(async { trigger.pending_once().await }, async |_, ()| unreachable!("it has it still"))
        .on_parked(|left, ()| left.push(100))
        .repeat(|_| Some(ready(7)), async |_, _| unreachable!("and still"))
        .on_parked(Vec::push)
        .run();
    let mut work = ByHand::new(work);
    assert!(work.poll().is_pending() && work.poll().is_pending() && work.poll().is_pending());
    drop(work);
    // In the order of the arms, with the state, which the handler has given back by being dropped.
    assert_eq!(left, [1, 100, 7]);
}

#[test]
fn a_timeout_over_a_loop_cleans_its_handlers_guards_up_and_hands_out_what_waits() {
    Sim::check(0..20, async |rt| {
        let (log, mut left) = (Log::default(), Vec::new());
        let work = events(&mut left)
            .once(ready(()), async |_, ()| {
                let _held = guard(Resource { name: "held", millis: 5, log: log.clone(), clock: rt.clone() });
                pending::<()>().await;
            })
            .on(stream::iter(1..), async |_, _| unreachable!("the other handler has the state"))
            .on_parked(Vec::push)
            .run();
        assert!(timeout(&rt, Duration::from_millis(10), work).await.is_err());
        assert_eq!(left, [1]);
        assert_eq!(log.take(), ["start held (Cancelled(Deadline))", "end held"]);
    });
}

#[test]
fn what_waits_when_a_handler_ends_the_loop_is_handed_out_before_the_loop_returns() {
    let left = RefCell::new(Vec::new());
    let mut state = ();
    let mut work = ByHand::new(
        events(&mut state)
            .once(ready(()), async |(), ()| Break("enough"))
            .on(stream::iter(1..), async |(), _| ())
            .on_parked(|(), n| left.borrow_mut().push(n))
            .run(),
    );
    assert_eq!(work.poll(), Poll::Ready(Break("enough")));
    assert_eq!(left.take(), [1]);
    drop(work);
    assert_eq!(left.take(), [0_i32; 0]);
}

#[test]
fn an_arm_that_ends_or_begins_anew_hands_out_what_waits() {
    let mut state = (0, Vec::new());
    ByHand::new(
        events(&mut state)
            .on(stream::iter(0..3), async |(round, _), _| *round += 1)
            .repeat(|(round, _)| (*round < 2).then(|| ready(*round)), async |_, _| ())
            .when(|(round, _)| *round > 9)
            .restarted_by(|(round, _)| *round)
            .on_parked(|(_, left), n| left.push(n))
            .on(stream::iter(7..), async |_, _| ())
            .when(|(round, _)| *round > 9)
            .until(|(round, _)| *round == 2)
            .on_parked(|(_, left), n| left.push(n))
            .run(),
    )
    .finish();
    // The repeated work never begins, since its arm is closed. The stream's first item waits until the arm ends.
    assert_eq!(state, (3, vec![7]));
}

#[test]
fn work_that_begins_anew_hands_out_its_outdated_output() {
    let (mut state, trigger) = ((0, Vec::new()), Trigger::never());
    ByHand::new(
        events(&mut state)
            .once(ready(()), async |(round, _), ()| {
                // The output for round 0 is there by then, and waits for this handler.
                trigger.pending_once().await;
                *round = 1;
            })
            .repeat(
                |(round, left): &mut (i32, Vec<_>)| left.is_empty().then(|| ready(*round)),
                async |(_, left), n| left.push(("handled", n)),
            )
            .restarted_by(|(round, _)| *round)
            .on_parked(|(_, left), n| left.push(("parked", n)))
            .run(),
    )
    .finish();
    assert_eq!(state.1, [("parked", 0)]);
}

#[test]
fn without_anybody_to_take_it_what_waits_is_dropped() {
    let (item, mut state) = (Rc::new(()), ());
    let waiting = Rc::clone(&item);
    let mut work = ByHand::new(
        events(&mut state)
            .once(ready(()), async |(), ()| pending::<()>().await)
            .once(ready(waiting), async |(), _| unreachable!("the other handler has the state"))
            .run(),
    );
    assert!(work.poll().is_pending());
    assert_eq!(Rc::strong_count(&item), 2);
    drop(work);
    assert_eq!(Rc::strong_count(&item), 1);
}

#[test]
fn a_loop_that_was_never_polled_has_nothing_to_hand_out() {
    let mut left: Vec<u32> = Vec::new();
    drop(events(&mut left).once(ready(7), async |_, _| ()).on_parked(Vec::push));
    assert_eq!(left, [0_u32; 0]);
}

/// Panics when it is dropped.
struct Explosive;

impl Drop for Explosive {
    fn drop(&mut self) {
        panic!("boom");
    }
}

#[test]
fn everything_that_waits_is_handed_out_though_the_handler_panics_as_it_is_dropped() {
    let mut left = Vec::new();
    let mut work = ByHand::new(
        events(&mut left)
            .once(ready(()), async |_, ()| {
                let _held = Explosive;
                pending::<()>().await;
            })
            .once(ready(1), async |_, _| ())
            .on_parked(Vec::push)
            .once(ready(2), async |_, _| ())
            .on_parked(Vec::push)
            .run(),
    );
    assert!(work.poll().is_pending());
    assert!(catch_unwind(AssertUnwindSafe(|| drop(work))).is_err());
    assert_eq!(left, [1, 2]);
}

#[test]
fn everything_that_waits_is_handed_out_though_somebody_who_takes_it_panics() {
    let mut left = Vec::new();
    let mut work = ByHand::new(
        events(&mut left)
            .once(ready(()), async |_, ()| pending::<()>().await)
            .once(ready(1), async |_, _| ())
            .on_parked(|_, n| panic!("{n} is not wanted"))
            .once(ready(2), async |_, _| ())
            .on_parked(Vec::push)
            .run(),
    );
    assert!(work.poll().is_pending());
    assert!(catch_unwind(AssertUnwindSafe(|| drop(work))).is_err());
    assert_eq!(left, [2]);
}
