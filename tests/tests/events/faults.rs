//! A cancel and a panic at every point of a loop with every kind of arm: nothing is lost, and nobody is left with the state.

use core::cell::RefCell;
use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use futures::stream;
use onpar_scope::events;
use onpar_test::{ByHand, InjectedPanic, Trigger, every_poll};

/// What has become of each item that a source gave.
#[derive(Debug, Default)]
struct Ledger {
    given: RefCell<Vec<u32>>,
}

#[derive(Debug, Default)]
struct State {
    handling: Option<u32>,
    handled: Vec<u32>,
    parked: Vec<u32>,
}

impl Ledger {
    fn give(&self, item: u32) -> u32 {
        self.given.borrow_mut().push(item);
        item
    }

    /// Every item that was given has been handled, was being handled, or was handed out.
    #[track_caller]
    fn assert_accounts_for(&self, state: State) {
        let mut seen = [state.handled, state.parked, state.handling.into_iter().collect()].concat();
        let mut given = self.given.borrow().clone();
        seen.sort_unstable();
        given.sort_unstable();
        assert_eq!(seen, given);
    }
}

const ITEMS: usize = 3 + 2 + 3 + 1;

/// A loop with every kind of arm, all of which are pending now and then.
async fn work(state: &mut State, ledger: &Ledger, trigger: &Trigger) {
    let handle = async |state: &mut State, item: u32| {
        assert_eq!(state.handling.replace(item), None, "two handlers at once");
        trigger.pending_once().await;
        state.handling = None;
        state.handled.push(item);
    };
    let park = |state: &mut State, item| state.parked.push(item);
    let mut resource = vec![30, 31, 32];
    events(state)
        .on(
            stream::unfold(10, async |n| {
                trigger.pending_once().await;
                (n < 13).then(|| (ledger.give(n), n + 1))
            }),
            async |state, item| handle(state, item).await,
        )
        .on_parked(park)
        .on(stream::iter([20, 21]).map_with(ledger), async |state, item| handle(state, item).await)
        .when(|state| !state.handled.is_empty())
        .on_parked(park)
        .repeat_with(
            &mut resource,
            |state| (state.handled.len() < 8).then_some(()),
            async |resource, ()| {
                trigger.pending_once().await;
                // Given only when it is taken out, so that being dropped before loses nothing.
                resource.pop().map(|item| ledger.give(item))
            },
            async |state, item| {
                if let Some(item) = item {
                    handle(state, item).await;
                }
            },
        )
        .on_parked(|state, item| state.parked.extend(item))
        .once(async { ledger.give(40) }, async |state, item| handle(state, item).await)
        .on_parked(park)
        .await;
}

/// `stream.map`, whose closure is not one of the loop's.
trait MapWith: futures::Stream<Item = u32> + Sized {
    fn map_with(self, ledger: &Ledger) -> impl futures::Stream<Item = u32> {
        futures::StreamExt::map(self, |item| ledger.give(item))
    }
}

impl<St: futures::Stream<Item = u32>> MapWith for St {}

#[test]
fn a_loop_is_cancelled_at_every_poll_and_accounts_for_every_item() {
    let boundaries = every_poll(|at| {
        let (mut state, ledger, trigger) = (State::default(), Ledger::default(), Trigger::never());
        let ended = ByHand::new(at.cancel(work(&mut state, &ledger, &trigger))).finish();
        assert_eq!(ended.is_some(), !at.has_fired());
        if ended.is_some() {
            assert_eq!((state.handled.len(), state.parked.len()), (ITEMS, 0));
        }
        ledger.assert_accounts_for(state);
    });
    assert!(boundaries > ITEMS, "only {boundaries} boundaries");
}

#[test]
fn a_loop_is_cancelled_when_woken_at_every_poll_and_accounts_for_every_item() {
    let boundaries = every_poll(|at| {
        let (mut state, ledger, trigger) = (State::default(), Ledger::default(), Trigger::never());
        ByHand::new(at.cancel_when_woken(work(&mut state, &ledger, &trigger))).finish();
        ledger.assert_accounts_for(state);
    });
    assert!(boundaries > ITEMS, "only {boundaries} boundaries");
}

#[test]
fn a_panic_at_every_point_passes_on_and_every_item_is_accounted_for() {
    let boundaries = every_poll(|at| {
        let (mut state, ledger, trigger) = (State::default(), Ledger::default(), at.panic_trigger());
        let ended = at.catch(|| ByHand::new(work(&mut state, &ledger, &trigger)).finish());
        assert_eq!(ended.is_some(), !at.has_fired());
        ledger.assert_accounts_for(state);
    });
    assert!(boundaries > ITEMS, "only {boundaries} boundaries");
}

#[test]
fn a_loop_is_forgotten_at_every_poll_and_does_no_harm() {
    let polls = (0..1000).find(|&polls| {
        let (mut state, ledger, trigger) = (State::default(), Ledger::default(), Trigger::never());
        let mut task = ByHand::new(work(&mut state, &ledger, &trigger));
        let ended = (0..polls).any(|_| task.poll().is_ready());
        core::mem::forget(task);
        assert!(state.handled.len() <= ITEMS);
        ended
    });
    assert!(polls > Some(ITEMS), "only {polls:?} polls");
}

#[test]
fn a_loop_that_is_polled_again_after_a_panic_lends_the_state_to_nobody_else() {
    let (mut handled, trigger) = (Vec::new(), Trigger::panic_at(0));
    let mut work = ByHand::new(
        events(&mut handled)
            .on(stream::iter([1, 2]), async |handled, n| {
                handled.push(n);
                trigger.point().await;
            })
            .on(stream::iter([3]), async |handled, n| handled.push(n))
            .run(),
    );
    let first = catch_unwind(AssertUnwindSafe(|| work.poll())).expect_err("the handler panics");
    assert!(InjectedPanic::is(&*first));
    // The handler is there still, and says that it must not be polled any more.
    assert!(catch_unwind(AssertUnwindSafe(|| work.poll())).is_err());
    drop(work);
    assert_eq!(handled, [1]);
}
