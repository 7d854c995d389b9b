//! What is used wrongly, or goes wrong: each has a documented outcome, and nothing is lost in silence.

extern crate alloc;

mod budget;
mod children;
mod drops;
mod errors;
mod faults;
mod leaks;
mod local;
mod reapers;
mod streams;

mod abort;
mod told;

use core::panic::AssertUnwindSafe;
use core::task::Poll;
use std::panic::catch_unwind;

use onpar_scope::scope;
use onpar_test::ByHand;

#[test]
fn a_scope_polled_after_its_end_panics_with_words_and_loses_nothing() {
    let mut task = ByHand::new(scope(async |_| 42));
    assert_eq!(task.poll(), Poll::Ready(42));
    let payload = catch_unwind(AssertUnwindSafe(|| task.poll())).unwrap_err();
    assert!(payload.downcast_ref::<&str>().is_some_and(|words| words.contains("after it had given its result")));
}
