//! Random programs of scopes of all kinds, children, guards, races, timeouts, shields, event loops and panics, under random
//! schedules, and cut off at random times.
//!
//! [`oracle`] says what must hold of them. A failure prints the smallest program that was found to fail;
//! `PROPTEST_CASES=100000` tries more.

extern crate alloc;

mod nursery;

mod oracle;

mod program;

mod run;

use core::panic::AssertUnwindSafe;
use core::time::Duration;

use futures::FutureExt as _;
use onpar_scope::{scope, set_cleanup_hook, timeout};
use onpar_test::{Clock as _, InjectedPanic, Instant, Sim};
use proptest::prelude::*;

use crate::oracle::World;
use crate::program::{Op, Program, kind, program};
use crate::run::run;

/// What waits for so long waits for ever: no program takes a second. Only a limit, or the budget of a shield, is longer.
const EVER: Duration = Duration::from_mins(1);

fn check(program: &Program, limit: Duration, schedule: u64) {
    Sim::new(schedule).step_limit(50_000).run(async |rt| {
        let (world, watch) = World::new(rt.clone());
        let counts = world.counts.clone();
        let work = run(program.clone(), world, None);
        let work = scope(async |_| timeout(&rt, limit, work).await);
        match AssertUnwindSafe(work).catch_unwind().await {
            Err(payload) if !InjectedPanic::is(&*payload) => std::panic::resume_unwind(payload),
            _ => {}
        }
        assert!(rt.now() - Instant::ORIGIN < EVER, "something waited for ever");
        watch.assert_over();
        counts.assert_even();
    });
}

proptest! {
    // Most programs are small, and soon over: eight times as many as is usual.
    #![proptest_config(onpar_tests::cases(2048))]

    #[test]
    fn whatever_it_does_it_ends_and_each_cleanup_runs_once_and_before_its_scope_ends(
        (kind, program) in (kind(), program(4)),
        limit in prop_oneof![2 => Just(2 * EVER), 1 => (0..50_u64).prop_map(Duration::from_millis)],
        schedule in any::<u64>(),
    ) {
        // What is told of the panics is not looked at; what leaks is missed.
        set_cleanup_hook(|_| {});
        check(&[Op::Scope(kind, program)].into(), limit, schedule);
    }
}
