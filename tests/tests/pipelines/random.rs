//! Random pipelines: whatever the limits, the orders and the times, each item is worked on once in each stage, no limit is
//! passed, nothing that was woken is left unpolled, and wherever it ends, each claimed item is done or handed back.

use core::cell::{Cell, RefCell};
use core::num::NonZero;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _};
use onpar_test::{ProbeLog, Sim};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::{Level, millis};

/// One item: how long each of three stages takes, in milliseconds, and whether the second one keeps it.
type Item = ([u64; 3], bool);

#[derive(Clone, Debug)]
struct Plan {
    items: Vec<Item>,
    limits: [usize; 3],
    ordered: [bool; 2],
    /// After so many milliseconds it is dropped.
    dropped: u64,
    seed: u64,
}

fn plans() -> impl Strategy<Value = Plan> {
    let item = ([0..4_u64, 0..4_u64, 0..4_u64], any::<bool>());
    let limits = [1..6_usize, 1..6_usize, 1..4_usize];
    (vec(item, 0..40), limits, any::<[bool; 2]>(), prop_oneof![Just(u64::MAX / 2), 0..30_u64], any::<u64>())
        .prop_map(|(items, limits, ordered, dropped, seed)| Plan { items, limits, ordered, dropped, seed })
}

proptest! {
    #![proptest_config(onpar_tests::cases(256))]

    #[test]
    fn it_keeps_what_it_promises(plan in plans()) {
        run(&plan);
    }
}

fn run(plan: &Plan) {
    Sim::new(plan.seed).run(async |rt| {
        let limit = |stage: usize| NonZero::new(plan.limits[stage]).expect("not zero");
        let levels = [(); 3].map(|()| Level::default());
        let log = ProbeLog::with_clock(rt.clone());
        let (claimed, left) = (Cell::new(0), RefCell::new(vec![]));
        let worked: [RefCell<Vec<usize>>; 3] = Default::default();
        let step = async |stage: usize, number: usize| {
            levels[stage].up();
            worked[stage].borrow_mut().push(number);
            log.probe(rt.sleep(millis(plan.items[number].0[stage]))).await;
            levels[stage].down();
        };
        let items = (0..plan.items.len()).inspect(|_| claimed.set(claimed.get() + 1)).into_async_iter();
        let first = items.concurrent(limit(0)).on_unfinished(|number| left.borrow_mut().push(number));
        let first = if plan.ordered[0] { first } else { first.unordered() };
        let first = first.map(async |number| {
            step(0, number).await;
            number
        });
        let second = first.concurrent(limit(1));
        let second = if plan.ordered[1] { second.ordered() } else { second.unordered() };
        let done = RefCell::new(vec![]);
        let second = second.filter(async |number| {
            step(1, *number).await;
            if !plan.items[*number].1 {
                done.borrow_mut().push(*number);
            }
            plan.items[*number].1
        });
        let third = second.concurrent(limit(2)).for_each(async |number| {
            step(2, number).await;
            done.borrow_mut().push(number);
        });
        let ended = {
            let work = core::pin::pin!(log.owner(third));
            let timer = core::pin::pin!(rt.sleep(millis(plan.dropped)));
            matches!(futures::future::select(work, timer).await, futures::future::Either::Left(_))
        };
        assert_eq!(log.longest().owner_polls, 0, "nothing is left unpolled");
        assert_eq!(log.longest().time, millis(0));
        for (level, limit) in levels.iter().zip(plan.limits) {
            assert!(level.most.get() <= limit);
        }
        assert!(!ended || claimed.get() == plan.items.len() && left.borrow().is_empty());
        assert!(left.borrow().is_sorted());
        // Where a filter's call has ended and its verdict has not been seen, the item is handed back and done: only there.
        let mut all = left.take();
        all.extend(done.take().into_iter().filter(|number| !all.contains(number)).collect::<Vec<_>>());
        all.sort_unstable();
        assert_eq!(all, (0..claimed.get()).collect::<Vec<_>>());
        for (stage, worked) in worked.iter().enumerate() {
            let mut numbers = worked.take();
            // The source comes in order, and an ordered stage passes it on.
            let in_order = stage == 0 || plan.ordered[0] && (stage == 1 || plan.ordered[1]);
            assert!(!in_order || numbers.is_sorted());
            numbers.sort_unstable();
            numbers.dedup();
            let expected = (0..plan.items.len()).filter(|number| stage < 2 || plan.items[*number].1);
            assert!(!ended || numbers.into_iter().eq(expected));
        }
    });
}
