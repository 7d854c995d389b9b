//! What has to hold for each row of a table: the same value, the same items taken and closures called in the same order, and
//! a `size_hint` as good; dropped at any poll, a part of it and no more; and a panic of a closure passes on.

use core::panic::AssertUnwindSafe;
use core::task::Poll;
use std::panic::{self, catch_unwind};
use std::sync::Once;

use onpar_iter::{AsyncIterator as _, AsyncIteratorMut as _, Stream};
use onpar_test::ByHand;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::executor::{block_on_by_hand, block_on_sim, block_on_tokio, poll_times};
use crate::table::{self, Adaptor, Consumer, MOST};
use crate::world::{Hint, Input, World};

/// All of it, for the rows of a table.
macro_rules! holds_for {
    (adaptors: $rows:expr) => {
        proptest::proptest! {
            #![proptest_config(onpar_tests::cases(200))]

            #[test]
            fn an_adaptor_gives_the_same_items_with_the_same_hints_and_calls(input in $crate::checks::inputs()) {
                $crate::checks::adaptors_do_the_same($rows, &input)?;
            }

            #[test]
            fn a_hint_of_an_adaptor_is_true_however_little_its_stream_knows(input in $crate::checks::inputs()) {
                $crate::checks::hints_are_true_in_every_world($rows, &input)?;
            }

            #[test]
            fn an_adaptor_that_is_lent_goes_on_with_the_items_not_handed_out(input in $crate::checks::inputs()) {
                $crate::checks::adaptors_lose_nothing_with_whom_they_are_lent_to($rows, &input)?;
            }

            #[test]
            fn a_panic_of_a_closure_passes_on_and_the_stream_goes_on_with_the_next_item(input in $crate::checks::inputs()) {
                $crate::checks::expect_panics();
                $crate::checks::adaptors_survive_a_panic($rows, &input)?;
            }
        }
    };
    (consumers: $rows:expr) => {
        proptest::proptest! {
            #![proptest_config(onpar_tests::cases(200))]

            #[test]
            fn a_consumer_gives_the_same_value_with_the_same_calls(input in $crate::checks::inputs()) {
                $crate::checks::consumers_do_the_same($rows, &input)?;
            }

            #[test]
            fn a_consumer_that_is_dropped_at_any_poll_has_done_a_part_and_no_more(input in $crate::checks::inputs()) {
                $crate::checks::consumers_take_a_part_and_no_more($rows, &input)?;
            }

            #[test]
            fn a_panic_of_a_closure_of_a_consumer_passes_on(input in $crate::checks::inputs()) {
                $crate::checks::expect_panics();
                $crate::checks::consumers_pass_a_panic_on($rows, &input)?;
            }
        }
    };
}
pub(crate) use holds_for;

pub(crate) fn inputs() -> impl Strategy<Value = Input> {
    let items = || proptest::collection::vec(-3..6_i32, 0..7);
    (items(), items(), proptest::collection::vec(0..4_u8, 0..30)).prop_map(|(left, right, waits)| Input {
        left,
        right,
        waits,
    })
}

/// Under three executors.
pub(crate) fn adaptors_do_the_same(rows: &[Adaptor], input: &Input) -> TestCaseResult {
    for row in rows {
        let (expected, expected_log) = table::drain(row.sync, input);
        let expected_log = row.in_one_order(expected_log);
        for (name, later) in row.later {
            for block_on in [block_on_by_hand, block_on_tokio, block_on_sim] {
                let (found, log) = table::drain_later(*later, input, block_on);
                prop_assert_eq!(&found.items, &expected.items, "{} of {:?}", name, input);
                prop_assert_eq!(row.in_one_order(log), &*expected_log, "{} of {:?}", name, input);
                prop_assert_eq!(found.stays_ended, found.ended, "{} of {:?}", name, input);
                prop_assert!(found.hints_are_as_good_as(&expected), "{}: {:?}, {:?}", name, &found, &expected);
            }
        }
    }
    Ok(())
}

/// What a stream may say of how many items are left; the last of it lies, of items that need more memory than there is.
const CLAIMS: [fn(usize) -> Hint; 5] = [
    |_| (0, None),
    |left| (left / 2, left.checked_mul(2)),
    |left| (left, None),
    |_| (0, Some(usize::MAX)),
    |_| (usize::MAX, Some(usize::MAX)),
];

/// Whatever a stream knows, what is made of it says no more than is true, and counts without an overflow.
pub(crate) fn hints_are_true_in_every_world(rows: &[Adaptor], input: &Input) -> TestCaseResult {
    let [honest @ .., lie] = CLAIMS;
    for (name, later) in rows.iter().flat_map(|row| row.later) {
        // One of them for each case: there are many cases.
        let world = World::claiming(input, honest[input.waits.len() % honest.len()]);
        let (found, _) = table::drain_later_in(&world, *later, block_on_by_hand);
        prop_assert!(found.hints_are_true(), "{} of {:?}: {:?}", name, input, found);
        let world = World::claiming(input, lie);
        let mut stream = later(&world);
        // What is gathered first would find no memory for so many: its hint is asked for alone.
        let gathers = ["k_", "sorted"].iter().any(|start| name.starts_with(start));
        for _ in 0..MOST {
            let (lower, upper) = stream.size_hint();
            prop_assert!(upper.is_none_or(|upper| lower <= upper), "{} of {:?}: {:?}", name, input, (lower, upper));
            if gathers || block_on_by_hand(Box::pin(stream.next())).is_none() {
                break;
            }
        }
    }
    Ok(())
}

/// Lent to a consumer that is dropped at any poll, an adaptor goes on with just the items that it has not handed out.
pub(crate) fn adaptors_lose_nothing_with_whom_they_are_lent_to(rows: &[Adaptor], input: &Input) -> TestCaseResult {
    for row in rows {
        let expected = table::drain(row.sync, input).0.items;
        for (name, later) in row.later {
            for polls in 0.. {
                let world = World::new(input);
                let mut stream = later(&world);
                let mut items = Vec::new();
                let lent = stream.as_mut().take(MOST).extend_into(&mut items);
                let ended = poll_times(Box::pin(lent), polls);
                let to_come = MOST - items.len();
                if !ended {
                    block_on_by_hand(Box::pin(
                        stream.as_mut().take(to_come).for_each_mut(async |item| items.push(item)),
                    ));
                }
                prop_assert_eq!(&items, &expected, "{} of {:?} after {} polls", name, input, polls);
                if ended {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Under three executors.
pub(crate) fn consumers_do_the_same(rows: &[Consumer], input: &Input) -> TestCaseResult {
    for row in rows {
        let world = World::new(input);
        let expected = ((row.sync)(&world), world.log());
        for (name, later) in row.later {
            for block_on in [block_on_by_hand, block_on_tokio, block_on_sim] {
                let world = World::new(input);
                let found = block_on(later(&world));
                prop_assert_eq!((found, world.log()), expected.clone(), "{} of {:?}", name, input);
            }
        }
    }
    Ok(())
}

/// Of three items at a time: the same value, and as many calls and items, in another order.
pub(crate) fn pipelines_of_three_give_the_same(rows: &[Consumer], input: &Input) -> TestCaseResult {
    for row in rows {
        let world = World::new(input);
        let expected = (row.sync)(&world);
        for (name, later) in row.later {
            let world_of_three = World::of_three(input);
            prop_assert_eq!(block_on_by_hand(later(&world_of_three)), expected.clone(), "{} of {:?}", name, input);
            let (found, calls) = (world_of_three.log(), world.log());
            prop_assert!(calls.iter().all(|event| found.contains(event)), "{} of {:?}: {:?}", name, input, found);
            prop_assert_eq!(found.len(), calls.len(), "{} of {:?}: {:?}", name, input, found);
        }
    }
    Ok(())
}

/// What has been taken by a consumer that is dropped at any poll is the beginning of what it takes; so the rest is still there.
pub(crate) fn consumers_take_a_part_and_no_more(rows: &[Consumer], input: &Input) -> TestCaseResult {
    for row in rows {
        let world = World::new(input);
        (row.sync)(&world);
        let whole = world.log();
        for (name, later) in row.later {
            for polls in 0.. {
                let world = World::new(input);
                let ended = poll_times(later(&world), polls);
                let done = world.log();
                prop_assert!(whole.starts_with(&done), "{} of {:?}: {:?}", name, input, done);
                if ended {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// A panic in any call passes on, once; and polled again, the stream goes on to its end.
pub(crate) fn adaptors_survive_a_panic(rows: &[Adaptor], input: &Input) -> TestCaseResult {
    for (name, later) in rows.iter().flat_map(|row| row.later) {
        let counted = World::new(input);
        block_on_by_hand(Box::pin(async { later(&counted).take(MOST).count().await }));
        for call in 0..counted.calls() {
            let world = World::panicking_at(input, call);
            let mut stream = ByHand::new(later(&world).take(MOST));
            let mut panics = 0;
            loop {
                let polled = catch_unwind(AssertUnwindSafe(|| stream.poll_with(Stream::poll_next)));
                match polled {
                    Ok(Poll::Ready(None)) => break,
                    Ok(Poll::Ready(Some(_))) => {}
                    Ok(Poll::Pending) => prop_assert!(stream.is_woken(), "{} of {:?}", name, input),
                    Err(_) => panics += 1,
                }
            }
            prop_assert_eq!(panics, 1, "{} of {:?}, call {}", name, input, call);
        }
    }
    Ok(())
}

/// A panic in any call passes on; what is left can be dropped.
pub(crate) fn consumers_pass_a_panic_on(rows: &[Consumer], input: &Input) -> TestCaseResult {
    for (name, later) in rows.iter().flat_map(|row| row.later) {
        let counted = World::new(input);
        block_on_by_hand(later(&counted));
        for call in 0..counted.calls() {
            let world = World::panicking_at(input, call);
            let ended = catch_unwind(AssertUnwindSafe(|| block_on_by_hand(later(&world))));
            prop_assert!(ended.is_err(), "{} of {:?}, call {}", name, input, call);
        }
    }
    Ok(())
}

/// The panics of a [`World`] say nothing: there are many.
pub(crate) fn expect_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !info.payload_as_str().is_some_and(|words| words.contains(World::PANIC)) {
                others(info);
            }
        }));
    });
}
