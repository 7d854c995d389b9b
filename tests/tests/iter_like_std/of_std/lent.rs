//! The methods that std gives `&mut self`: a stream that is pinned and lent to them goes on where they stopped.

use core::pin::{Pin, pin};

use onpar_iter::{AsyncIterator as _, AsyncItertools as _};
use proptest::prelude::*;

use crate::checks::inputs;
use crate::executor::{Local, block_on_by_hand, block_on_sim, block_on_tokio, poll_times};
use crate::world::{Event, Items, Later, World};

/// A method, with std, and with a stream that is lent.
struct Row {
    name: &'static str,
    sync: for<'a> fn(&'a World, &mut Items<'a>) -> String,
    later: for<'s, 'a> fn(&'a World, Pin<&'s mut Later<Items<'a>>>) -> Local<'s, String>,
}

macro_rules! rows {
    ($($name:literal: |$w:ident, $items:ident| $sync:expr, $later:expr;)+) => {
        &[$(Row {
            name: $name,
            sync: |$w, $items| { let _ = $w; format!("{:?}", $sync) },
            later: |$w, $items| Box::pin(async move { let _ = $w; format!("{:?}", $later.await) }),
        }),+]
    };
}

const ROWS: &[Row] = rows! {
    "next": |w, items| items.next(), { let mut items = items; async move { items.next().await } };
    "nth": |w, items| items.nth(2), items.nth(2);
    "by_ref": |w, items| items.by_ref().take(2).count(), { let mut items = items; async move { items.by_ref().take(2).count().await } };
    "try_fold": |w, items| items.try_fold(0, |sum, n| { w.saw([sum, n]); (sum < 4).then_some(sum + n) }),
        items.try_fold(0, async |sum, n| { w.saw_later([sum, n]).await; (sum < 4).then_some(sum + n) });
    "try_for_each": |w, items| items.try_for_each(|n| { w.saw([n]); if n < 4 { Ok(()) } else { Err(n) } }),
        items.try_for_each(async |n| { w.saw_later([n]).await; if n < 4 { Ok(()) } else { Err(n) } });
    "all": |w, items| items.all(|n| { w.saw([n]); n < 4 }), items.all(async |n| { w.saw_later([n]).await; n < 4 });
    "any": |w, items| items.any(|n| { w.saw([n]); n > 3 }), items.any(async |n| { w.saw_later([n]).await; n > 3 });
    "find": |w, items| items.find(|n| { w.saw([*n]); *n > 3 }), items.find(async |n| { w.saw_later([*n]).await; *n > 3 });
    "find_map": |w, items| items.find_map(|n| { w.saw([n]); (n > 3).then_some(n * 2) }),
        items.find_map(async |n| { w.saw_later([n]).await; (n > 3).then_some(n * 2) });
    "position": |w, items| items.position(|n| { w.saw([n]); n > 3 }), items.position(async |n| { w.saw_later([n]).await; n > 3 });
    "find_position": |w, items| itertools::Itertools::find_position(items, |n| { w.saw([*n]); *n > 3 }),
        items.find_position(async |n| { w.saw_later([*n]).await; *n > 3 });
    "contains": |w, items| itertools::Itertools::contains(items, &4), items.contains(&4);
};

#[test]
fn each_method_that_std_lends_to_has_its_row() {
    let std = ["next", "nth", "by_ref", "try_fold", "try_for_each", "all", "any", "find", "find_map", "position"];
    assert!(ROWS.iter().map(|row| row.name).take(std.len()).eq(std));
}

proptest! {
    #![proptest_config(onpar_tests::cases(200))]

    #[test]
    fn what_they_have_not_taken_comes_afterwards(input in inputs()) {
        for Row { name, sync, later } in ROWS {
            let world = World::new(&input);
            let mut items = world.left();
            let expected = (sync(&world, &mut items), items.collect::<Vec<_>>(), world.log());
            for block_on in [block_on_by_hand, block_on_tokio, block_on_sim] {
                let world = World::new(&input);
                let mut items = pin!(Later(world.left()));
                let value = block_on(later(&world, items.as_mut()));
                let rest = block_on_by_hand(Box::pin(items.collect::<Vec<_>>()));
                prop_assert_eq!((value, rest, world.log()), expected.clone(), "{} of {:?}", name, input);
            }
        }
    }

    #[test]
    fn dropped_at_any_poll_they_leave_each_item_that_they_have_not_taken(input in inputs()) {
        for Row { name, later, .. } in ROWS {
            for polls in 0.. {
                let world = World::new(&input);
                let mut items = pin!(Later(world.left()));
                let ended = poll_times(later(&world, items.as_mut()), polls);
                let log = world.log();
                let taken = log.iter().filter(|event| matches!(event, Event::Taken(_, Some(_)))).count();
                let rest = block_on_by_hand(Box::pin(items.collect::<Vec<_>>()));
                prop_assert_eq!(&rest, &input.left[taken..], "{} of {:?} after {} polls", name, input, polls);
                if ended {
                    break;
                }
            }
        }
    }
}
