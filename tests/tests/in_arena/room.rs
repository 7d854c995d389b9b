//! The room in an arena: what is given back is used again, and nothing is taken from the heap.

use core::pin::pin;

use onpar_scope::{Arena, NoRoom, scope_in};
use onpar_test::{ByHand, Trigger, allocations};
use proptest::prelude::*;

#[test]
fn a_loop_of_guards_children_and_scopes_goes_on_for_ever_in_little_room() {
    let mut arena = pin!(Arena::<1024>::new());
    let work = scope_in(arena.as_mut(), async |s| {
        for number in 0..1000_u64 {
            let held = s.defer(number, async |_| ()).map_err(NoRoom::without_value)?;
            let child = s.spawn(async move { number }).map_err(NoRoom::without_value)?;
            assert_eq!(child.await, number);
            let inner = s.scope(async |s| drop(s.defer(number, async |_| ()))).map_err(NoRoom::without_value)?;
            inner.await;
            held.close().await.map_err(|never| match never {})?;
        }
        Ok::<_, NoRoom<()>>(())
    });
    assert_eq!(ByHand::new(work).finish(), Ok(()));
    assert!(arena.most_used() <= 1024);
}

#[test]
fn nothing_is_on_the_heap() {
    let mut arena = pin!(Arena::<4096>::new());
    let trigger = Trigger::never();
    let mut task = ByHand::new(scope_in(arena.as_mut(), async |s| {
        let _guard = s.defer([1_u8; 100], async |_| ()).map_err(NoRoom::without_value)?;
        let child = s.spawn(trigger.pending_once()).map_err(NoRoom::without_value)?;
        let inner = s.scope(async |s| {
            drop(s.defer((), async |()| Err("this is told to nobody").or(Ok::<_, &str>(()))));
            trigger.pending_once().await;
        });
        inner.map_err(NoRoom::without_value)?.await;
        child.await;
        Ok::<_, NoRoom<()>>(())
    }));
    let (ended, counted) = allocations(|| {
        while task.poll().is_pending() {}
        true
    });
    assert!(ended);
    assert_eq!(counted.count, 0);
}

#[test]
fn a_value_that_is_aligned_to_more_than_the_arena_stands_where_it_may() {
    #[repr(align(64))]
    struct Aligned(u8);

    let arena = pin!(Arena::<1024>::new());
    ByHand::new(scope_in(arena, async |s| {
        let _small = s.defer(1_u8, async |_| ()).expect("there is room for two");
        let aligned = s.defer(Aligned(2), async |_| ()).map_err(NoRoom::without_value).expect("there is room for two");
        assert_eq!((&raw const *aligned).addr() % 64, 0);
        assert_eq!(aligned.0, 2);
    }))
    .finish();
}

#[derive(Clone, Debug)]
enum Step {
    Hold,
    End(prop::sample::Index),
}

proptest! {
    #![proptest_config(onpar_tests::cases(256))]

    /// Guards of one size in any order: there is room for a further one whenever fewer than fit are held.
    #[test]
    fn guards_of_one_size_never_crumble_the_arena(
        steps in prop::collection::vec(prop_oneof![Just(Step::Hold), any::<prop::sample::Index>().prop_map(Step::End)], 0..60),
    ) {
        let mut arena = pin!(Arena::<2048>::new());
        let work = scope_in(arena.as_mut(), async |s| {
            let hold = || s.defer([0_u8; 40], async |_| ()).map_err(NoRoom::without_value);
            let mut guards: Vec<_> = core::iter::from_fn(|| hold().ok()).collect();
            let fit = guards.len();
            assert!(fit > 5, "only {fit} fit");
            for step in &steps {
                match step {
                    Step::Hold if guards.len() < fit => guards.push(hold()?),
                    Step::End(index) if !guards.is_empty() => {
                        let guard = guards.swap_remove(index.index(guards.len()));
                        guard.close().await.map_err(|never| match never {})?;
                    }
                    _ => {}
                }
            }
            Ok::<_, NoRoom<()>>(())
        });
        prop_assert_eq!(ByHand::new(work).finish(), Ok(()));
    }
}
