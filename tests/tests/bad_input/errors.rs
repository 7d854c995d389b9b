//! Cleanups that fail or panic, and the hook that is told.

use core::panic::AssertUnwindSafe;

use onpar_scope::{defer, scope, set_cleanup_hook, take_cleanup_hook};
use onpar_test::ByHand;
use onpar_tests::Log;

use crate::abort::abort;
use crate::told::Told;

#[test]
fn a_hook_that_panics_is_not_the_end() {
    let _told = Told::here();
    set_cleanup_hook(|_| panic!("the hook panics"));
    drop(defer((), async |()| ()));
}

#[test]
fn a_hook_that_is_taken_away_is_told_nothing_more() {
    let told = Told::here();
    let hook = take_cleanup_hook().unwrap();
    drop(defer((), async |()| ()).named("nobody's")); // written to standard error
    assert!(take_cleanup_hook().is_none());
    assert!(set_cleanup_hook(hook).is_none());
    drop(defer((), async |()| ()).named("connection"));
    assert_eq!(told.take(), ["connection leaked"]);
}

#[test]
fn a_cleanup_that_fails_is_told_to_the_hook_and_the_value_is_kept() {
    let told = Told::here();
    let value = ByHand::new(scope(async |_| {
        let _guard = defer((), async |()| Err("refused")).named("connection");
        42
    }))
    .finish();
    assert_eq!((value, told.take()), (42, vec!["connection failed: refused".to_owned()]));
}

#[test]
fn a_second_panic_in_a_cleanup_is_told_beside_the_first_and_does_not_abort() {
    fn explode() {
        panic!("second");
    }
    let told = Told::here();
    let log = Log::default();
    let outer = scope(async |_| {
        let inner = scope(async |_| {
            let _a = defer(log.clone(), async |log| log.add("a is cleaned"));
            let _b = defer((), async |()| explode()).named("b");
            panic!("first");
        });
        futures::FutureExt::catch_unwind(AssertUnwindSafe(inner)).await.unwrap_err()
    });
    let payload = ByHand::new(outer).finish();
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"first"));
    assert_eq!((told.take(), log.take()), (vec!["b panicked: second".to_owned()], vec!["a is cleaned".to_owned()]));
}

#[test]
fn a_cleanup_that_fails_after_the_outcome_was_given_up_is_told_to_the_hook() {
    let told = Told::here();
    let (refuse, refused) = futures::channel::oneshot::channel::<()>();
    let mut outer = ByHand::new(scope(async |_| {
        let inner = scope(async |_| {
            let _late = defer(refused, async |refused| refused.await.map_err(|_| "refused")).named("late");
            let _early = defer((), async |()| Err("refused")).named("early");
        });
        abort(async {
            let _nobody_asks = inner.outcome().await;
        });
    }));
    assert!(outer.poll().is_pending());
    assert_eq!(told.take(), ["early failed: refused"]);
    drop(refuse);
    outer.finish();
    assert_eq!(told.take(), ["late failed: refused"]);
}

#[test]
fn cleanup_errors_of_an_outcome_that_a_panic_replaces_are_told_to_the_hook() {
    let told = Told::here();
    let work = scope(async |_| {
        let _refuses = defer((), async |()| Err("refused")).named("refuses");
        onpar_test::InjectedPanic::throw();
    });
    let payload = std::panic::catch_unwind(AssertUnwindSafe(|| ByHand::new(work.outcome()).finish())).err();
    assert!(payload.is_some_and(|payload| onpar_test::InjectedPanic::is(&*payload)));
    assert_eq!(told.take(), ["refuses failed: refused"]);
}

/// An error that panics where it can.
#[derive(Debug)]
struct Explodes {
    as_it_is_shown: bool,
}

impl core::fmt::Display for Explodes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.as_it_is_shown {
            onpar_test::InjectedPanic::throw();
        }
        f.write_str("shown")
    }
}

impl core::error::Error for Explodes {}

impl Drop for Explodes {
    fn drop(&mut self) {
        onpar_test::InjectedPanic::throw();
    }
}

#[test]
fn an_error_that_panics_as_it_is_shown_or_dropped_keeps_no_cleanup_from_running() {
    let _told = Told::here();
    take_cleanup_hook();
    for as_it_is_shown in [false, true] {
        let log = Log::default();
        let value = ByHand::new(scope(async |_| {
            let _after = defer(log.clone(), async |log| log.add("cleaned"));
            let _explodes = defer((), async move |()| Err(Explodes { as_it_is_shown }));
            7
        }))
        .finish();
        assert_eq!((value, log.take()), (7, vec!["cleaned".to_owned()]));
    }
}

#[test]
fn what_a_cleanup_drops_in_the_poll_in_which_it_panics_is_told_so() {
    let told = Told::here();
    let log = Log::default();
    ByHand::new(scope(async |_| {
        let _panics = defer(log.clone(), async |log| throw_and_drop(onpar_scope::guard(Tells(log)))).named("panics");
    }))
    .finish();
    assert_eq!(log.take(), ["Panicking"]);
    assert_eq!(told.take().len(), 1);
}

/// Drops the guard first, while nothing unwinds yet.
fn throw_and_drop(guard: onpar_scope::Guard<Tells>) {
    drop(guard);
    onpar_test::InjectedPanic::throw();
}

/// Writes the reason of its end to the log.
struct Tells(Log);

impl onpar_core::AsyncDrop for Tells {
    type Error = core::convert::Infallible;

    async fn async_drop(self, reason: onpar_core::ExitReason) -> Result<(), Self::Error> {
        self.0.add(format!("{reason:?}"));
        Ok(())
    }
}
