//! In which order results come.

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_test::Sim;
use proptest::prelude::*;

use crate::millis;

#[test]
fn results_keep_the_order_of_the_source_unless_told_otherwise() {
    Sim::new(4).run(async |rt| {
        let slow_first = async |n: u64| {
            rt.sleep(millis(10 - n)).await;
            n
        };
        let ordered = (0..4).into_async_iter().concurrent(limit!(4)).map(slow_first).collect::<Vec<_>>();
        assert_eq!(ordered.await, [0, 1, 2, 3]);
        let as_they_come = (0..4).into_async_iter().concurrent(limit!(4)).unordered().map(slow_first);
        assert_eq!(as_they_come.collect::<Vec<_>>().await, [3, 2, 1, 0]);
    });
}

proptest! {
    #![proptest_config(onpar_tests::cases(256))]

    /// Whatever the limits and however long each call takes: the results of std, in the order of std.
    #[test]
    fn an_ordered_pipeline_gives_what_std_gives(
        items in proptest::collection::vec((0..9_u64, 0..5_u64), 0..30),
        first in 1..6_usize,
        second in 1..6_usize,
    ) {
        let expected: Vec<u64> = items.iter().map(|(n, _)| n * 2).filter(|n| n % 3 != 0).collect();
        let found = Sim::new(8).run(async |rt| {
            let take = async |time: u64| rt.sleep(millis(time)).await;
            let pipeline = items.into_async_iter().concurrent(first.try_into().expect("not zero"));
            let doubled = pipeline.map(async |(n, time)| {
                take(time).await;
                (n * 2, time)
            });
            let some = doubled.concurrent(second.try_into().expect("not zero")).filter(async |(n, time)| {
                take(4 - time).await;
                n % 3 != 0
            });
            some.map(async |(n, _)| n).collect::<Vec<_>>().await
        });
        prop_assert_eq!(found, expected);
    }
}
