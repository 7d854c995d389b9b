//! The methods of pipelines, `Concurrent` and `Lending`: of one item at a time they do what std does, call by call; of three at
//! a time they give the same. What they do where it matters who comes first is in `pipelines`.

mod consumers;

use proptest::prelude::*;

use crate::checks::{holds_for, inputs, pipelines_of_three_give_the_same};
use crate::table;

holds_for!(consumers: consumers::ALL);

proptest! {
    #![proptest_config(onpar_tests::cases(200))]

    #[test]
    fn three_items_at_a_time_give_the_same_value(input in inputs()) {
        pipelines_of_three_give_the_same(consumers::ALL, &input)?;
    }
}

#[test]
fn every_method_has_its_row() {
    let sources = [
        include_str!("../../../../onpar-iter/src/concurrent/pipeline.rs"),
        include_str!("../../../../onpar-iter/src/concurrent/lending.rs"),
    ];
    table::assert_has_every_method_of(&sources, &[], consumers::ALL);
}
