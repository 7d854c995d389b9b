//! The order in which cleanups run, and the reasons they are told.

extern crate alloc;

use alloc::rc::Rc;
use core::time::Duration;

use onpar_scope::{Guard, guard, local_defer, local_scope, local_timeout, scope, timeout};
use onpar_test::{Clock as _, Rt, Sim};
use onpar_tests::{Log, Resource};

fn resource(rt: &Rt, log: &Log, name: &'static str) -> Guard<Resource<Rt>> {
    guard(Resource { name, millis: 5, log: log.clone(), clock: rt.clone() })
}

async fn millis(rt: &Rt, millis: u64) {
    rt.sleep(Duration::from_millis(millis)).await;
}

/// Runs `body` in the simulation, and gives what its log holds.
fn logged(body: impl AsyncFnOnce(&Rt, &Log)) -> Vec<String> {
    Sim::from_env().run(async |rt| {
        let log = Log::default();
        body(&rt, &log).await;
        log.take()
    })
}

#[test]
fn locals_are_cleaned_last_made_first_and_never_beside_each_other() {
    let log = logged(async |rt, log| {
        scope(async |_| {
            let _a = resource(rt, log, "a");
            let _b = resource(rt, log, "b");
        })
        .await;
    });
    assert_eq!(log, ["start b (Ended)", "end b", "start a (Ended)", "end a"]);
}

#[test]
fn a_connection_dropped_one_await_after_its_transaction_waits_for_it() {
    let log = logged(async |rt, log| {
        scope(async |_| {
            let connection = resource(rt, log, "connection");
            let transaction = resource(rt, log, "transaction");
            drop(transaction);
            millis(rt, 1).await;
            drop(connection);
            millis(rt, 1).await;
        })
        .await;
    });
    assert_eq!(log, ["start transaction (Dropped)", "end transaction", "start connection (Dropped)", "end connection"]);
}

#[test]
fn a_later_made_guard_dropped_later_does_not_wait() {
    let log = logged(async |rt, log| {
        scope(async |_| {
            let first = resource(rt, log, "first");
            let second = resource(rt, log, "second");
            drop(first);
            millis(rt, 1).await;
            drop(second);
        })
        .await;
    });
    assert_eq!(log, ["start first (Dropped)", "start second (Ended)", "end first", "end second"]);
}

#[test]
fn guards_dropped_together_are_cleaned_one_after_another_in_drop_order() {
    let log = logged(async |rt, log| {
        scope(async |_| {
            let pair = (resource(rt, log, "a"), resource(rt, log, "b"));
            drop(pair);
            millis(rt, 1).await;
        })
        .await;
    });
    assert_eq!(log, ["start a (Dropped)", "end a", "start b (Dropped)", "end b"]);
}

#[test]
fn a_cleanup_begins_beside_the_body() {
    let log = logged(async |rt, log| {
        scope(async |_| {
            drop(resource(rt, log, "a"));
            millis(rt, 100).await;
            log.add("the body ends");
        })
        .await;
    });
    assert_eq!(log, ["start a (Dropped)", "end a", "the body ends"]);
}

#[test]
fn settled_waits_for_what_has_been_dropped_and_not_for_what_is_held() {
    let log = logged(async |rt, log| {
        scope(async |s| {
            let _held = resource(rt, log, "held");
            drop(resource(rt, log, "dropped"));
            s.settled().await;
            log.add("settled");
        })
        .await;
    });
    assert_eq!(log, ["start dropped (Dropped)", "end dropped", "settled", "start held (Ended)", "end held"]);
}

#[test]
fn a_timeout_tells_its_deadline_and_returns_after_the_cleanup() {
    let log = logged(async |rt, log| {
        let result = timeout(rt, Duration::from_millis(10), async {
            let _a = resource(rt, log, "a");
            millis(rt, 50).await;
        })
        .await;
        log.add(format!("{result:?} at {:?}", rt.now()));
    });
    assert_eq!(log, ["start a (Cancelled(Deadline))", "end a", "Err(Elapsed) at Instant(15ms)"]);
}

#[test]
fn a_dropped_scope_tells_cancelled_and_its_parent_waits_for_it_as_one() {
    let log = logged(async |rt, log| {
        scope(async |_| {
            let _outer = resource(rt, log, "outer");
            let inner = scope(async |_| {
                let _a = resource(rt, log, "a");
                let _b = resource(rt, log, "b");
                millis(rt, 50).await;
            });
            futures::future::select(std::pin::pin!(inner), std::pin::pin!(millis(rt, 1))).await;
        })
        .await;
    });
    let dropped = "Cancelled(Dropped)";
    let expected = [
        &format!("start b ({dropped})"),
        "end b",
        &format!("start a ({dropped})"),
        "end a",
        "start outer (Ended)",
        "end outer",
    ];
    assert_eq!(log, expected);
}

#[test]
fn a_guard_of_one_scope_dropped_by_another_is_cleaned_by_the_one_that_drops_it() {
    let log = logged(async |rt, log| {
        let (sender, receiver) = futures::channel::oneshot::channel();
        let giver = scope(async |_| {
            sender.send(resource(rt, log, "given")).ok().unwrap();
            millis(rt, 1).await;
            log.add("giver's body ends");
        });
        let taker = scope(async |_| {
            millis(rt, 2).await;
            drop(receiver.await);
            log.add("taker's body ends");
        });
        futures::join!(
            async {
                giver.await;
                log.add("giver ends");
            },
            async {
                taker.await;
                log.add("taker ends");
            }
        );
    });
    assert_eq!(
        log,
        ["giver's body ends", "giver ends", "taker's body ends", "start given (Ended)", "end given", "taker ends"]
    );
}

#[test]
fn what_waits_for_a_cleanup_waits_for_the_guards_that_it_opened() {
    let log = logged(async |rt, log| {
        scope(async |_| {
            let _connection = resource(rt, log, "connection");
            let _opens = onpar_scope::defer((rt.clone(), log.clone()), async |(rt, log)| {
                let _inner = resource(&rt, &log, "inner");
                log.add("opens");
            });
        })
        .await;
    });
    assert_eq!(log, ["opens", "start inner (Ended)", "end inner", "start connection (Ended)", "end connection"]);
}

#[test]
fn a_local_timeout_waits_for_local_guards_and_tells_them_its_deadline() {
    let log = logged(async |rt, log| {
        let work = async {
            let _local = local_defer((log.clone(), rt.clone(), Rc::new(())), async |(log, rt, _)| {
                millis(&rt, 5).await;
                log.add("cleaned");
            });
            millis(rt, 50).await;
        };
        let result = local_scope(async |_| local_timeout(rt, Duration::from_millis(10), work).await).await;
        log.add(format!("{result:?} at {:?}", rt.now()));
    });
    assert_eq!(log, ["cleaned", "Err(Elapsed) at Instant(15ms)"]);
}
