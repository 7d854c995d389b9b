//! What fails a run of the deterministic runtime, and what the report says.

use core::future::pending;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::panic::catch_unwind;

use onpar_test::{Clock as _, Sim, SimError, Spawn as _, SpawnLocal as _};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn deadlock_names_each_task_its_line_and_what_it_waits_on() {
    let line = line!() + 2;
    let error = Sim::new(3).try_run(async |rt| {
        let stuck = rt.spawn_named("stuck", pending::<()>());
        let waits = rt.spawn(stuck);
        waits.await.unwrap().unwrap();
    });
    let Err(SimError::Deadlock(report)) = error else { panic!("{error:?}") };
    let [body, stuck, waits] = report.tasks() else { panic!("{report}") };
    assert_eq!(body.waits_on.as_deref(), Some("waits for task #2"));
    assert_eq!(waits.waits_on.as_deref(), Some("waits for task #1"));
    assert_eq!((stuck.name.as_deref(), stuck.wakers, stuck.polls), (Some("stuck"), 0, 1));
    assert_eq!((stuck.place.file(), stuck.place.line()), (file!(), line));
    let words = report.to_string();
    assert!(words.contains("task #1 `stuck`, spawned at onpar-test/tests/sim_error.rs"), "{words}");
    assert!(words.contains("nobody holds its waker"), "{words}");
    assert!(words.contains("seed 3"), "{words}");
}

#[test]
fn deadlock_is_not_hidden_by_a_timer_that_never_ends() {
    let error = Sim::new(0).try_run(async |rt| rt.sleep(Duration::MAX).await).unwrap_err();
    assert!(matches!(&error, SimError::Deadlock(report) if report.timers().len() == 1), "{error}");
}

#[test]
fn livelock_names_the_spinning_tasks_only() {
    let error = Sim::new(0)
        .step_limit(5000)
        .try_run(async |rt| {
            let quiet = rt.spawn(pending::<()>());
            let spins = rt.spawn_named("spins", {
                let rt = rt.clone();
                async move {
                    loop {
                        rt.yield_now().await;
                    }
                }
            });
            quiet.await.unwrap();
            spins.await.unwrap();
        })
        .unwrap_err();
    let SimError::Livelock(report) = &error else { panic!("{error}") };
    let names: Vec<_> = report.tasks().iter().map(|task| task.name.as_deref()).collect();
    assert_eq!(names, [Some("spins")]);
    assert_eq!(report.steps(), 5000);
}

#[test]
fn task_that_outlives_the_body_is_an_error() {
    let error = Sim::new(0).try_run(async |rt| drop(rt.spawn_local(pending::<()>()))).unwrap_err();
    assert!(matches!(&error, SimError::LeftAlive(report) if report.tasks().len() == 1), "{error}");
    Sim::new(0).allow_leftovers().run(async |rt| drop(rt.spawn_local(pending::<()>())));
}

#[test]
fn timer_that_outlives_the_body_is_an_error() {
    let error = Sim::new(0)
        .try_run(async |rt| {
            let mut sleep = Box::pin(rt.sleep(SECOND));
            core::future::poll_fn(|cx| core::task::Poll::Ready(sleep.as_mut().poll(cx))).await.is_pending();
            Some(sleep)
        })
        .unwrap_err();
    assert!(matches!(&error, SimError::LeftAlive(report) if report.timers().len() == 1), "{error}");
}

#[test]
fn panic_that_nobody_has_seen_is_an_error() {
    let run = |sim: Sim| {
        sim.try_run(async |rt| {
            drop(rt.spawn_named("bad", async { panic!("unheard") }));
            rt.idle().await;
        })
    };
    let error = run(Sim::new(0)).unwrap_err();
    let SimError::UnseenPanic(report) = &error else { panic!("{error}") };
    let [panic] = report.panics() else { panic!("{error}") };
    assert_eq!((panic.name.as_deref(), panic.message.as_deref()), (Some("bad"), Some("unheard")));
    run(Sim::new(0).allow_leftovers()).unwrap();
}

#[test]
fn check_stops_at_the_first_seed_that_fails() {
    let mut tried = 0;
    let payload = catch_unwind(AssertUnwindSafe(|| {
        Sim::check((0..10).inspect(|_| tried += 1), async |rt| {
            if rt.random(3) == 0 {
                pending::<()>().await;
            }
        });
    }))
    .unwrap_err();
    assert!(tried < 10);
    let words = payload.downcast_ref::<String>().unwrap();
    let replay = format!("ONPAR_SEED={} cargo test check_stops_at_the_first_seed_that_fails -- --exact", tried - 1);
    assert!(words.contains(&replay), "{words}");
}
