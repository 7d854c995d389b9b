//! Random programs of scopes of all kinds, children, guards, races, timeouts, shields and panics, under random schedules.
//!
//! What each must hold to: it ends; every guard is cleaned up exactly once; and when a scope, a timeout or a race has
//! returned, nothing of what ran in it is alive. A failure prints the program and its seed; `ONPAR_FUZZ=<number of programs>`
//! tries more.

mod nursery;
mod program;
mod run;

use core::panic::AssertUnwindSafe;
use core::sync::atomic::Ordering;
use core::time::Duration;
use std::env;
use std::panic::{catch_unwind, resume_unwind};
use std::sync::Arc;

use futures::FutureExt as _;
use onpar_scope::{scope, set_cleanup_hook, timeout};
use onpar_test::{InjectedPanic, Sim};

use crate::program::{Kind, Op, Random};
use crate::run::{World, run};

#[test]
fn random_programs_end_and_clean_up_exactly_once() {
    let programs = env::var("ONPAR_FUZZ").ok().and_then(|number| number.parse().ok()).unwrap_or(1500);
    // What is told of the panics is not looked at; what is leaked is missed below.
    set_cleanup_hook(|_| {});
    let mut cleaned = 0;
    for seed in 0..programs {
        let mut random = Random(seed);
        let kinds = [Kind::Plain, Kind::FailFast, Kind::CollectAll, Kind::RaceOk, Kind::Bounded];
        let kind = kinds[usize::try_from(seed % 5).expect("it is small")];
        let program = [Op::Scope(kind, random.program(4))].into();
        for schedule in 0..2 {
            let checked = catch_unwind(AssertUnwindSafe(|| check(&program, seed, schedule)));
            cleaned += checked.unwrap_or_else(|payload| {
                println!("program {seed}, schedule {schedule}: {program:?}");
                resume_unwind(payload)
            });
        }
    }
    assert!(cleaned > 0, "the programs do something");
}

/// Runs the program, and cuts it off half-way under some seeds. Gives how many guards there were.
fn check(program: &program::Program, seed: u64, schedule: u64) -> usize {
    Sim::new(schedule).step_limit(20_000).run(async |rt| {
        let world = World { rt: rt.clone(), counts: Arc::default(), region: Arc::default() };
        let limit = if seed.is_multiple_of(3) { Duration::from_millis(seed % 50) } else { Duration::from_hours(2) };
        let work = scope(async |_| timeout(&rt, limit, run(Arc::clone(program), world.clone(), None)).await);
        if let Err(payload) = AssertUnwindSafe(work).catch_unwind().await
            && !InjectedPanic::is(&*payload)
        {
            resume_unwind(payload);
        }
        assert_eq!(Arc::strong_count(&world.region), 1, "nobody is alive after all have returned");
        let opened = world.counts.opened.load(Ordering::Relaxed);
        assert_eq!(world.counts.started.load(Ordering::Relaxed), opened, "each guard is cleaned up once");
        assert_eq!(world.counts.ended.load(Ordering::Relaxed), opened, "each cleanup comes to its end");
        opened
    })
}
