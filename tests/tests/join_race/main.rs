//! Joins and races: what they give, whom they poll, and that what they drop is cleaned up before they return.

extern crate alloc;

mod join;

mod try_join;

mod race;

mod race_ok;

mod turns;

mod faults;

use core::time::Duration;

use onpar_core::{AsyncDrop, ExitReason};
use onpar_scope::{Cleanup, Guard, defer, guard};
use onpar_test::{Clock as _, Instant, Rt};
use onpar_tests::{Log, Resource};

async fn millis(rt: &Rt, millis: u64) {
    rt.sleep(Duration::from_millis(millis)).await;
}

/// How many milliseconds of virtual time have passed.
fn elapsed(rt: &Rt) -> u128 {
    (rt.now() - Instant::ORIGIN).as_millis()
}

/// A guard whose cleanup takes so long, and logs its name, its reason, and its end.
fn held(rt: &Rt, log: &Log, name: &'static str, millis: u64) -> Guard<Resource<Rt>> {
    guard(Resource { name, millis, log: log.clone(), clock: rt.clone() })
}

/// A guard whose cleanup logs its name and reason, and is ready at once.
fn told(log: &Log, name: &'static str) -> Guard<Told> {
    guard(Told { log: log.clone(), name })
}

struct Told {
    log: Log,
    name: &'static str,
}

impl AsyncDrop for Told {
    type Error = core::convert::Infallible;

    async fn async_drop(self, reason: ExitReason) -> Result<(), Self::Error> {
        self.log.add(format!("{}: {reason:?}", self.name));
        Ok(())
    }
}

/// A guard whose cleanup fails.
fn refuses(name: &'static str) -> Guard<(), impl Cleanup<()>> {
    defer((), async |()| Err("refused")).named(name)
}

/// All lines, sorted: for cleanups that run beside each other.
fn sorted(log: &Log) -> Vec<String> {
    let mut lines = log.take();
    lines.sort();
    lines
}
