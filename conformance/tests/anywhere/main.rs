//! Everything public runs anywhere: by hand, on an executor that nobody knows, and outside of async code.
//!
//! The lists are made from the sources (`build/`): all public functions, and all examples of the documentation, which call
//! most of them. [`calls`] calls the others; a public function that nobody calls fails the first test. No example and no call
//! finds a runtime around it, but what it makes or is given itself: its thread is of its own, and has none.
#![expect(clippy::unwrap_used, reason = "a program that fails is what is looked for")]

extern crate alloc;

mod calls;
mod executor;

/// All examples, each with the functions that it needs around it.
#[expect(warnings, clippy::all, clippy::pedantic, clippy::restriction, reason = "examples show one thing at a time")]
mod written {
    use super::{Example, Function, ended};

    include!(concat!(env!("OUT_DIR"), "/anywhere.rs"));
}

use core::fmt::Debug;
use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

use calls::Call;
use onpar_test::CountingAllocator;
use written::{EXAMPLES, FUNCTIONS};

/// Some examples count what they allocate.
#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// A public function.
pub(crate) struct Function {
    place: &'static str,
    owner: &'static str,
    name: &'static str,
    shown: bool,
}

/// A program that is run.
pub(crate) struct Example {
    place: &'static str,
    panics: bool,
    run: fn(),
}

/// What the `main` of an example gives.
pub(crate) trait Ended {
    fn assert_good(self);
}

impl Ended for () {
    fn assert_good(self) {}
}

impl<T, E: Debug> Ended for Result<T, E> {
    fn assert_good(self) {
        self.map(drop).unwrap();
    }
}

pub(crate) fn ended(main: impl Ended) {
    main.assert_good();
}

/// Hooks belong to the whole process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Those that do not end as they should, with where they stand.
fn wrong(by_hand: bool, programs: impl Iterator<Item = (&'static str, bool, fn())>) -> Vec<&'static str> {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    executor::by_hand(by_hand);
    let ends = |panics, run: fn()| thread::spawn(move || catch_unwind(AssertUnwindSafe(run)).is_err() == panics).join();
    programs.filter(|&(_, panics, run)| !ends(panics, run).unwrap_or(false)).map(|(place, ..)| place).collect()
}

fn everything() -> impl Iterator<Item = (&'static str, bool, fn())> {
    let examples = EXAMPLES.iter().map(|example| (example.place, example.panics, example.run));
    examples.chain(calls::all().map(|Call { of, run, .. }| (*of, false, *run)))
}

#[test]
fn every_public_function_is_called() {
    assert!(FUNCTIONS.len() > 500, "all crates have been read");
    let called = |function: &Function| {
        let of = [function.owner, function.name].join("::");
        calls::all().any(|call| call.of == of && call.calls(function.name))
    };
    let forgotten: Vec<_> = FUNCTIONS.iter().filter(|function| !function.shown && !called(function)).collect();
    let words = forgotten.iter().map(|function| format!("{} {}::{}", function.place, function.owner, function.name));
    let words: Vec<_> = words.collect();
    assert!(words.is_empty(), "show them in an example, or call them in `calls.rs`:\n{}", words.join("\n"));
}

#[test]
fn every_call_is_of_a_function_that_there_is() {
    for call in calls::all() {
        let there = FUNCTIONS.iter().any(|function| call.of == [function.owner, function.name].join("::"));
        assert!(there, "{}", call.of);
    }
}

#[test]
fn everything_runs_when_it_is_polled_by_hand() {
    assert_eq!(wrong(true, everything()), [""; 0]);
}

#[test]
fn everything_runs_on_an_executor_that_nobody_knows() {
    assert_eq!(wrong(false, everything()), [""; 0]);
}

#[test]
fn what_wants_a_runtime_around_it_would_be_found() {
    let sleeps = || executor::block_on(async { tokio::time::sleep(core::time::Duration::ZERO).await });
    for by_hand in [true, false] {
        assert_eq!(wrong(by_hand, [("tokio's sleep", false, sleeps as fn())].into_iter()), ["tokio's sleep"]);
    }
}
