//! The live tree of a scope: what runs, where it was made, what it waits in, and for how long.

use core::future::pending;
use core::pin::pin;
use core::time::Duration;
use std::thread;

use futures::FutureExt as _;
use onpar_core::limit;
use onpar_scope::{
    NodeKind, NodeState, Tree, TreeNode, bounded_scope, defer, local_scope, local_try_scope, race, race_ok_scope,
    scope, timeout, try_scope,
};
use onpar_test::{ByHand, Clock as _, Rt, Sim};

async fn millis(rt: &Rt, millis: u64) {
    rt.sleep(Duration::from_millis(millis)).await;
}

/// The lines of a tree, without the files.
fn lines(tree: &Tree) -> Vec<String> {
    let line = |node: &TreeNode| {
        let (depth, kind, name) = (".".repeat(node.depth()), node.kind(), node.name());
        let age = node.age().map_or("unknown".to_owned(), |age| format!("{age:?}"));
        format!("{depth}{kind} {name} {age} {}", node.state())
    };
    tree.nodes().iter().map(line).collect()
}

#[test]
fn children_stand_below_their_scope_and_what_they_wait_in_below_them() {
    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let in_a_timeout = s.spawn(timeout(&rt, Duration::from_secs(1), async {
                millis(&rt, 5).await;
                scope(async |inner| {
                    drop(inner.spawn(pending::<()>()));
                    pending::<()>().await;
                })
                .named("inner")
                .await;
            }));
            millis(&rt, 3).await;
            let closing = s.spawn(async {
                let guard = defer(rt.clone(), async |rt: Rt| millis(&rt, 5).await).named("connection");
                guard.close().await
            });
            millis(&rt, 4).await;
            let expected = [
                "scope server 7ms running",
                ".child child 7ms running",
                "..scope timeout 7ms running",
                "...scope inner 2ms running",
                "....child child 2ms running",
                ".child child 4ms running",
                "..close connection 4ms running",
            ];
            let tree = s.tree();
            assert_eq!(lines(&tree), expected);
            assert_eq!((tree.is_observed(), tree.children(), tree.cleanups()), (true, 2, 0));
            in_a_timeout.cancel().await;
            assert_eq!(s.tree().nodes().len(), 3);
            assert_eq!(closing.await, Ok(()));
            assert_eq!(s.tree().nodes().len(), 1);
        });
        work.named("server").observed(rt.clone()).await;
    });
}

#[test]
fn a_line_says_where_something_was_made_and_the_text_is_indented() {
    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let child = s.spawn(pending::<()>());
            let made = line!() - 1;
            millis(&rt, 1).await;
            let text = s.tree().to_string();
            let (file, from) = (file!(), made - 1);
            let expected = format!("scope `server` at {file}:{from}:20, 1ms\n  child at {file}:{made}:27, 1ms");
            assert_eq!(text, expected);
            child.cancel().await;
        });
        work.named("server").observed(rt.clone()).await;
    });
}

#[test]
fn cleanups_stand_below_whoever_dropped_their_guards_and_say_whether_they_wait() {
    Sim::from_env().run(async |rt| {
        let slow = |name| defer(rt.clone(), async |rt: Rt| millis(&rt, 10).await).named(name);
        let work = scope(async |s| {
            let child = s.spawn(async {
                let _first = slow("first");
                let _second = slow("second");
            });
            millis(&rt, 5).await;
            let expected = [
                "scope scope 5ms running",
                ".child child 5ms closing",
                "..cleanup second 5ms running",
                "..cleanup first 5ms waiting",
            ];
            assert_eq!(lines(&s.tree()), expected);
            millis(&rt, 10).await;
            assert_eq!(lines(&s.tree())[2..], ["..cleanup first 15ms running"]);
            assert_eq!(s.tree().cleanups(), 1);
            child.await;
            assert_eq!(lines(&s.tree()), ["scope scope 20ms running"]);
        });
        work.observed(rt.clone()).await;
    });
}

#[test]
fn the_cleanups_of_a_race_stand_below_it_whichever_member_has_left_them() {
    Sim::from_env().run(async |rt| {
        let slow = |name| defer(rt.clone(), async |rt: Rt| millis(&rt, 10).await).named(name);
        let work = scope(async |s| {
            let racing = s.spawn(async {
                let winner = async {
                    let _left_by_the_winner = slow("winner");
                    millis(&rt, 1).await;
                };
                let loser = async {
                    let (_first, _second) = (slow("first"), slow("second"));
                    pending::<()>().await;
                };
                race((winner, loser)).await;
            });
            millis(&rt, 5).await;
            let expected = [
                "scope scope 5ms running",
                ".child child 5ms running",
                "..scope race 5ms closing",
                "...cleanup winner 4ms running",
                "...cleanup second 4ms running",
                "...cleanup first 4ms waiting",
            ];
            assert_eq!(lines(&s.tree()), expected);
            racing.await;
            assert_eq!(lines(&s.tree()), ["scope scope 21ms running"]);
        });
        work.observed(rt.clone()).await;
    });
}

#[test]
fn a_scope_that_was_dropped_stands_below_whoever_took_over_its_cleanups() {
    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let inner = scope(async |_| {
                let _held = defer(rt.clone(), async |rt: Rt| millis(&rt, 10).await).named("held");
                pending::<()>().await;
            });
            let child = s.spawn(async {
                assert!(inner.named("inner").now_or_never().is_none());
                pending::<()>().await;
            });
            millis(&rt, 5).await;
            let expected = [
                "scope scope 5ms running",
                ".child child 5ms running",
                "..scope inner 5ms closing",
                "...cleanup held 5ms running",
            ];
            assert_eq!(lines(&s.tree()), expected);
            child.cancel().await;
            assert_eq!(lines(&s.tree()), ["scope scope 10ms running"]);
        });
        work.observed(rt.clone()).await;
    });
}

#[test]
fn a_task_of_a_runtime_stands_below_the_child_that_waits_for_it() {
    Sim::check(0..20, async |rt| {
        let work = scope(async |s| {
            let clock = rt.clone();
            let task = s.spawn_on(&rt, async move {
                scope(async |_| millis(&clock, 10).await).named("in the task").await;
            });
            millis(&rt, 5).await;
            let expected = [
                "scope scope 5ms running",
                ".child child 5ms running",
                "..scope task 5ms running",
                "...scope in the task 5ms running",
            ];
            assert_eq!(lines(&s.tree()), expected);
            task.await.unwrap();
            assert_eq!(s.tree().nodes().len(), 1);
        });
        work.observed(rt.clone()).await;
    });
}

#[test]
fn whatever_has_ended_is_there_no_longer_however_it_ended() {
    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let rt = &rt;
            for round in 0..100_u64 {
                let child = s.spawn(async move {
                    let _guard = defer((), async |()| ());
                    scope(async |inner| inner.spawn(millis(rt, round % 3)).await).await;
                    let _ = defer((), async |()| ()).close().now_or_never();
                    let cut = scope(async |inner| {
                        drop(inner.spawn(pending::<()>()));
                        let _guard = defer(rt.clone(), async |rt: Rt| rt.yield_now().await);
                        pending::<()>().await;
                    });
                    assert!(timeout(rt, Duration::from_millis(1), cut).await.is_err());
                });
                if round % 2 == 0 {
                    child.await;
                } else {
                    child.cancel().await;
                }
                s.settled().await;
                assert_eq!(lines(&s.tree()).len(), 1, "{}", s.tree());
            }
        });
        work.observed(rt.clone()).await;
    });
}

#[test]
fn a_scope_in_an_observed_one_that_asks_to_be_observed_joins_its_tree() {
    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let inner = scope(async |inner| {
                millis(&rt, 1).await;
                (s.tree().nodes().len(), lines(&inner.tree()))
            });
            inner.named("inner").observed(rt.clone()).await
        });
        assert_eq!(work.observed(rt.clone()).await, (2, vec!["scope inner 1ms running".to_owned()]));
    });
}

#[test]
fn a_scope_that_is_not_observed_says_how_much_it_has_running() {
    let work = scope(async |s| {
        let children = [(); 3].map(|()| s.spawn(pending::<()>()));
        drop(defer((), async |()| ()));
        let tree = s.tree();
        for child in children {
            child.cancel().await;
        }
        tree
    });
    let made = line!() - 9;
    let tree = ByHand::new(work.named("server")).finish();
    assert_eq!((tree.is_observed(), tree.children(), tree.cleanups(), tree.nodes().len()), (false, 3, 1, 1));
    assert_eq!(
        tree.to_string(),
        format!(
            "scope `server` at {}:{made}:16, children: 3, cleanups: 1; `.observed(clock)` on the scope shows them",
            file!()
        )
    );
    assert_eq!((tree.nodes()[0].kind(), tree.nodes()[0].state()), (NodeKind::Scope, NodeState::Running));
}

#[test]
fn any_thread_may_ask_while_the_scope_is_at_work() {
    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let child = s.spawn(millis(&rt, 5));
            let here = s.tree();
            let there = thread::scope(|threads| threads.spawn(|| s.tree()).join().unwrap());
            assert_eq!((here.nodes().len(), &here), (2, &there));
            child.await;
        });
        work.observed(rt.clone()).await;
    });
}

#[test]
fn a_local_scope_has_a_tree_too() {
    Sim::from_env().run(async |rt| {
        let work = local_scope(async |s| {
            let child = s.spawn(millis(&rt, 5));
            assert_eq!(lines(&s.tree()), ["scope local scope 0ns running", ".child child 0ns running"]);
            child.await;
        });
        work.observed(rt.clone()).await;
    });
}

#[test]
fn scopes_of_every_kind_have_a_tree() {
    async fn work(rt: &Rt) -> Result<(), ()> {
        millis(rt, 5).await;
        Ok(())
    }

    Sim::from_env().run(async |rt| {
        let fallible = try_scope(async |s| {
            let child = s.spawn(work(&rt));
            assert_eq!(lines(&s.tree()), ["scope try scope 0ns running", ".child child 0ns running"]);
            child.await;
            Ok(())
        });
        fallible.observed(rt.clone()).await.unwrap();
        let local = local_try_scope(async |s| {
            drop(s.spawn(work(&rt)));
            assert_eq!(lines(&s.tree()), ["scope local try scope 0ns running", ".child child 0ns running"]);
            Ok(())
        });
        local.observed(rt.clone()).await.unwrap();
        let racing = race_ok_scope(async |s| {
            drop(s.spawn(work(&rt)));
            assert_eq!(lines(&s.tree()), ["scope race scope 0ns running", ".child child 0ns running"]);
            Err(())
        });
        racing.observed(rt.clone()).await.unwrap();
        let bounded = bounded_scope(limit!(2), async |s| {
            drop(s.spawn_when_free(millis(&rt, 5)).named("fetch").await);
            assert_eq!(
                lines(&s.for_children().tree()),
                ["scope bounded scope 0ns running", ".child fetch 0ns running"]
            );
        });
        bounded.observed(rt.clone()).await;
    });
}

#[test]
fn two_scopes_that_are_observed_know_nothing_of_each_other() {
    Sim::from_env().run(async |rt| {
        let first = scope(async |s| {
            let child = s.spawn(millis(&rt, 5));
            millis(&rt, 1).await;
            assert_eq!(s.tree().nodes().len(), 2);
            child.await;
        });
        let second = scope(async |s| {
            millis(&rt, 1).await;
            assert_eq!(s.tree().nodes().len(), 1);
        });
        let not_observed = scope(async |s| {
            millis(&rt, 1).await;
            assert!(!s.tree().is_observed());
        });
        futures::join!(first.observed(rt.clone()), second.observed(rt.clone()), not_observed);
    });
}

#[test]
fn a_clock_that_panics_costs_the_ages_and_nothing_else() {
    #[derive(Clone)]
    struct Broken(Rt);

    impl onpar_test::Clock for Broken {
        type Sleep = <Rt as onpar_test::Clock>::Sleep;

        fn now(&self) -> onpar_test::Instant {
            onpar_test::InjectedPanic::throw()
        }

        fn sleep_until(&self, deadline: onpar_test::Instant) -> Self::Sleep {
            self.0.sleep_until(deadline)
        }

        fn reset(&self, sleep: core::pin::Pin<&mut Self::Sleep>, deadline: onpar_test::Instant) {
            self.0.reset(sleep, deadline);
        }
    }

    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let child = s.spawn(async { 7 });
            assert_eq!((s.tree().nodes().len(), child.await), (2, 7));
        });
        pin!(work.observed(Broken(rt.clone()))).await;
    });
}

#[test]
fn a_tree_may_be_asked_for_while_tasks_on_other_threads_come_and_go() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
    runtime.block_on(async {
        let rt = onpar::rt::tokio_1::Tokio::current().unwrap();
        let work = scope(async |s| {
            let mut most = 0;
            for round in 0..20_u32 {
                for _ in 0..20 {
                    drop(s.spawn_on(&rt, async move {
                        for _ in 0..round {
                            scope(async |_| tokio::task::yield_now().await).await;
                        }
                    }));
                }
                most = most.max(s.tree().nodes().len());
                tokio::task::yield_now().await;
            }
            most
        });
        let most = work.observed(rt.clone()).await;
        assert!(most > 20, "{most} nodes at most");
    });
}
