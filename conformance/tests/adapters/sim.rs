//! The deterministic runtime.

use onpar_test::{Conformance, Order, Sim};

#[test]
fn simulation_conforms_whatever_its_schedule() {
    // The panic of an output that nobody takes is one that nobody has seen, which a test may permit.
    Sim::new(0).allow_leftovers().run_seeds(0..5, async |rt| {
        let mut suite = Conformance::new(rt);
        suite.clock().await;
        suite.spawn().await;
        suite.spawn_local().await;
        suite.blocking().await;
        suite.finish().unwrap();
    });
}

#[test]
fn simulation_in_order_conforms() {
    Sim::new(0).order(Order::Fifo).run(async |rt| {
        let mut suite = Conformance::new(rt);
        suite.spawn_order().await;
        suite.finish().unwrap();
    });
}
