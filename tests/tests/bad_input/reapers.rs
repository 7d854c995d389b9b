//! Several reapers, and none.

use core::future::pending;

use onpar_scope::{LocalReaper, Reaper, Reaping, defer, local_defer, scope};
use onpar_test::ByHand;
use onpar_tests::Log;

use crate::abort::abort;
use crate::told::Told;

/// A guard whose cleanup adds its name to the log.
fn resource(log: &Log, name: &'static str) -> impl Sized + Send + use<> {
    defer(log.clone(), async move |log: Log| log.add(name)).named(name)
}

/// Asks a reaper to end, and runs what it has left.
fn end(reaper: &Reaper, work: Reaping) {
    reaper.shut_down();
    ByHand::new(work).finish();
}

#[test]
fn a_registered_reaper_cleans_up_what_an_aborted_root_leaves() {
    let told = Told::here();
    let log = Log::default();
    let (reaper, work) = Reaper::new();
    reaper.register();
    abort(scope(async |_| {
        let _a = resource(&log, "a");
        let _b = resource(&log, "b");
        pending::<()>().await;
    }));
    drop(resource(&log, "outside"));
    assert_eq!(log.take(), [""; 0]);
    end(&reaper, work);
    assert_eq!(log.take(), ["b", "a", "outside"]);
    drop(resource(&log, "after"));
    assert_eq!(told.take(), ["after leaked"]);
}

#[test]
fn a_reaper_that_replaces_another_gets_what_comes_after_and_the_other_keeps_what_it_had() {
    let told = Told::here();
    let log = Log::default();
    let ((first, work_of_first), (second, work_of_second)) = (Reaper::new(), Reaper::new());
    first.register();
    drop(resource(&log, "before"));
    second.register();
    drop(resource(&log, "after"));
    end(&second, work_of_second);
    assert_eq!(log.take(), ["after"]);
    // The first is not registered again for that.
    drop(resource(&log, "late"));
    assert_eq!(told.take(), ["late leaked"]);
    end(&first, work_of_first);
    assert_eq!(log.take(), ["before"]);
}

#[test]
fn a_reaper_that_is_not_the_registered_one_leaves_that_one_registered_when_it_shuts_down() {
    let told = Told::here();
    let log = Log::default();
    let ((other, work_of_other), (registered, work)) = (Reaper::new(), Reaper::new());
    registered.register();
    end(&other, work_of_other);
    drop(resource(&log, "cleaned"));
    end(&registered, work);
    assert_eq!((told.take(), log.take()), (vec![], vec!["cleaned".to_owned()]));
}

#[test]
fn a_reaper_whose_work_is_dropped_tells_what_it_had_and_gets_nothing_more() {
    let told = Told::here();
    let (reaper, work) = Reaper::new();
    reaper.register();
    drop(defer((), async |()| ()).named("before"));
    assert_eq!(told.take(), [""; 0]);
    drop(work);
    assert_eq!(told.take(), ["before leaked"]);
    drop(defer((), async |()| ()).named("after"));
    assert_eq!(told.take(), ["after leaked"]);

    let (local, work) = LocalReaper::new();
    local.register();
    drop(local_defer((), async |()| ()).named("before"));
    drop(work);
    drop(local_defer((), async |()| ()).named("after"));
    assert_eq!(told.take(), ["before leaked", "after leaked"]);
}
