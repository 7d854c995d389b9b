//! How handlers end a loop, and what it gives then.

use core::convert::Infallible;
use core::future::ready;
use core::num::ParseIntError;
use core::ops::ControlFlow::{self, Break, Continue};

use futures::stream;
use onpar_scope::events;
use onpar_test::ByHand;

/// Handles these words: sums numbers up, fails with what is none, and stops at a zero.
fn sum(words: &[&str]) -> (Result<ControlFlow<&'static str>, ParseIntError>, u32) {
    let mut sum = 0;
    let outcome = ByHand::new(
        events(&mut sum)
            .on(stream::iter(words), async |sum, word| {
                *sum += word.parse::<u32>()?;
                Ok(())
            })
            .on(stream::iter(words), async |_, word| if *word == "0" { Break("zero") } else { Continue(()) })
            .on(stream::iter(words), async |_, word| match word.parse::<u32>()? {
                100.. => Ok(Break("too much")),
                _ => Ok(Continue(())),
            })
            .on(stream::iter(words), async |_, _| ())
            .run(),
    )
    .finish();
    (outcome, sum)
}

#[test]
fn handlers_that_break_and_handlers_that_fail_may_stand_in_one_loop() {
    assert_eq!(sum(&["1", "2", "3"]), (Ok(Continue(())), 6));
    assert_eq!(sum(&["1", "0", "3"]), (Ok(Break("zero")), 1));
    assert_eq!(sum(&["1", "200", "3"]), (Ok(Break("too much")), 201));
    let (failed, sum) = sum(&["1", "two", "3"]);
    assert_eq!((failed.map_err(|error| error.to_string()), sum), (Err("invalid digit found in string".into()), 1));
}

#[test]
fn a_loop_gives_what_its_handlers_give() {
    let mut state = ();
    let all: ControlFlow<u32> = ByHand::new(
        events(&mut state).once(ready(7), async |(), n| if n == 0 { Break(n) } else { Continue(()) }).run(),
    )
    .finish();
    assert_eq!(all, Continue(()));
    let failed: Result<(), &str> = ByHand::new(
        events(&mut state).once(ready(7), async |(), _| Err("refused")).once(ready(7), async |(), _| {}).run(),
    )
    .finish();
    assert_eq!(failed, Err("refused"));
    let never: Result<(), Infallible> =
        ByHand::new(events(&mut state).once(ready(7), async |(), _| {}).once(ready(7), async |(), _| Ok(())).run())
            .finish();
    assert_eq!(never, Ok(()));
}

#[test]
fn no_handler_runs_after_the_one_that_ends_the_loop() {
    let mut handled = 0;
    let outcome = ByHand::new(
        events(&mut handled)
            .once(ready(()), async |handled, ()| *handled += 1)
            .once(ready(()), async |_, ()| Break(()))
            .once(ready(()), async |handled, ()| *handled += 1)
            .run(),
    )
    .finish();
    assert_eq!((outcome, handled), (Break(()), 1));
}
