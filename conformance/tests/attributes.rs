//! `#[onpar::main]` and `#[onpar::test]`: one body on each runtime.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::time::Duration;
use std::sync::Mutex;

use onpar::prelude::*;

const MS: Duration = Duration::from_millis(1);

#[onpar::test(tokio, tokio_mt, smol, local, sim)]
async fn timeout_comes_in_time(rt: Rt) {
    let start = rt.now();
    assert!(timeout(&rt, 5 * MS, rt.sleep(Duration::from_hours(1))).await.is_err());
    assert!(rt.now() - start >= 5 * MS);
}

#[onpar::test(tokio, tokio_mt, smol, sim(seeds = 3..5))]
async fn task_gives_its_output(rt: Runtime) -> Result<(), onpar::JoinError> {
    let clock = rt.clone();
    let task = rt.spawn(async move {
        clock.sleep(MS).await;
        7
    });
    assert_eq!(task.await?, 7);
    Ok(())
}

#[onpar::test(local, sim)]
async fn body_of_a_local_runtime_need_not_be_send(rt: Rt) {
    let shared = std::rc::Rc::new(3);
    let inside = std::rc::Rc::clone(&shared);
    assert_eq!(rt.spawn_local(async move { *inside }).await.unwrap(), 3);
}

#[onpar::test(local)]
async fn body_that_needs_no_runtime() {
    assert_eq!(join((async { 1 }, async { 2 })).await, (1, 2));
}

#[onpar::test(tokio, smol, local, sim)]
#[should_panic(expected = "on purpose")]
async fn attributes_go_to_each_test(_rt: Rt) {
    panic!("on purpose");
}

#[onpar::test(local)]
#[should_panic(expected = "seven")]
async fn error_fails_the_test_of_a_runtime(_rt: Rt) {
    let result: Result<(), &str> = core::hint::black_box(Err("seven"));
    result.unwrap();
}

/// The seeds that a simulation has run with are those that were asked for.
static DRAWN: Mutex<Vec<u64>> = Mutex::new(Vec::new());

#[onpar::test(sim(seeds = [4, 4]))]
async fn seeds_are_those_that_were_asked_for(rt: Rt) {
    let mut drawn = DRAWN.lock().unwrap();
    drawn.push(rt.random(u64::MAX));
    assert!(drawn.iter().all(|number| number == &drawn[0]), "the same seed, another number: {drawn:?}");
}

/// `main` may have another name where a program has several entries.
#[onpar::main(local)]
async fn entry(rt: Rt) -> u32 {
    rt.spawn_local(async { 5 }).await.unwrap_or(0)
}

#[onpar::main(tokio_mt)]
async fn entry_of_several_threads(rt: Rt) -> u32 {
    rt.spawn(async { 5 }).await.unwrap_or(0)
}

#[onpar::main(smol)]
async fn entry_of_smol() -> u32 {
    5
}

#[test]
fn entries_give_what_their_bodies_give() {
    assert_eq!([entry(), entry_of_several_threads(), entry_of_smol()], [5; 3]);
}
