//! The suite is known to work: for each of its checks, there is a runtime that is broken just there, and the check finds it.
//!
//! Each runtime is a sound one with a fault. The tests of a file go through all faults of a capability, and through the same
//! runtime without any; at the end, no check is left that no fault has been found by.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

mod blocking;
mod clock;
mod datagram;
mod local;
mod streams;
mod tasks;
mod threads;

use core::time::Duration;
use std::collections::BTreeSet;

use onpar_test::{Conformance, Nonconforming};

/// What a run of the suite has found.
struct Found {
    checks: Vec<&'static str>,
    result: Result<(), Nonconforming>,
}

impl Found {
    fn by<R>(suite: Conformance<R>) -> Self {
        Self { checks: suite.checks().to_vec(), result: suite.finish() }
    }

    fn failed(&self) -> Vec<&'static str> {
        self.result.as_ref().err().map_or(Vec::new(), |error| error.failures.iter().map(|it| it.check).collect())
    }
}

/// How long a check of a broken runtime may take at first: it is not waited for as long as for a sound one on a busy machine.
const SHORT: Duration = Duration::from_millis(600);
const LONG: Duration = Duration::from_mins(1);

/// Runs the suite without a fault and with each of them, with how long a check may take. `faults` has each fault with the check
/// that has to find it.
fn every_check_finds_its_fault<F: Copy + core::fmt::Debug>(
    faults: &[(F, &str)],
    run: impl Fn(Option<F>, Duration) -> Found,
) {
    let sound = run(None, LONG);
    assert_eq!(sound.result, Ok(()), "without a fault");
    let mut unused: BTreeSet<_> = sound.checks.into_iter().collect();
    for &(fault, check) in faults {
        finds(check, fault, |limit| run(Some(fault), limit));
        unused.remove(check);
    }
    assert!(unused.is_empty(), "no fault for {unused:?}");
}

/// What is broken by doing too much at once shows only if the machine does so much in the time of the check. So there is more and
/// more time.
fn finds(check: &str, fault: impl core::fmt::Debug, run: impl Fn(Duration) -> Found) {
    let mut limit = SHORT;
    loop {
        let failed = run(limit).failed();
        if failed.contains(&check) {
            return;
        }
        limit *= 2;
        assert!(limit < LONG, "{fault:?}: `{check}` has not failed, but {failed:?}");
    }
}
