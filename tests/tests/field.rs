//! What went wrong in other people's scopes and task groups, as behaviour: none of it may happen here.
//!
//! The scorecard shows the same programs with the peers themselves where a story names them.

extern crate alloc;

use alloc::sync::Arc;
use core::future::{pending, ready};
use core::panic::AssertUnwindSafe;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;

use futures::FutureExt as _;
use onpar_scope::{guard, scope, try_scope};
use onpar_test::{ByHand, Clock as _, InjectedPanic, Rt, Sim, every_poll};
use onpar_tests::{Log, Resource};
use tokio::task::JoinSet;

/// Its cleanup takes 5 ms.
fn resource(name: &'static str, log: &Log, rt: &Rt) -> onpar_scope::Guard<Resource<Rt>> {
    guard(Resource { name, millis: 5, log: log.clone(), clock: rt.clone() })
}

/// moro 0.4 polls its children under a lock. A child that panics poisons it, and the scope, which the unwinding drops, unwraps
/// it again: a panic in a panic, and the process is aborted.
mod a_child_that_panics_ends_its_scope_and_not_the_process {
    use super::*;

    /// The scope is dropped by the unwinding: nobody catches the panic between the two.
    #[test]
    fn while_the_unwinding_drops_the_scope() {
        for siblings in 0..3 {
            let work = async move {
                scope(async |s| {
                    for _ in 0..siblings {
                        drop(s.spawn(pending::<()>()));
                    }
                    drop(s.spawn(async { InjectedPanic::throw() }));
                    pending::<()>().await;
                })
                .await;
            };
            let ended = std::panic::catch_unwind(AssertUnwindSafe(|| ByHand::new(work).finish()));
            assert!(InjectedPanic::is(&*ended.unwrap_err()));
        }
    }

    async fn panics() -> Result<(), ()> {
        ready(()).await;
        InjectedPanic::throw()
    }

    #[test]
    fn several_scopes_deep() {
        let work = scope(async |outer| {
            drop(outer.spawn(pending::<()>()));
            let nested = try_scope(async |s| {
                drop(s.spawn(pending::<Result<(), ()>>()));
                drop(s.spawn(panics()));
                pending::<Result<(), ()>>().await
            });
            drop(nested.await);
        });
        let ended = std::panic::catch_unwind(AssertUnwindSafe(|| ByHand::new(work).finish()));
        assert!(InjectedPanic::is(&*ended.unwrap_err()));
    }

    #[test]
    fn when_all_of_them_panic_in_one_poll_and_the_first_panic_passes_on() {
        let work = scope(async |s| {
            for number in 0..3 {
                drop(s.spawn(async move { std::panic::panic_any(number) }));
            }
        });
        let payload = std::panic::catch_unwind(AssertUnwindSafe(|| ByHand::new(work).finish())).unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&0));
    }
}

/// moro 0.4 looks whether it has been terminated when a child ends. One that terminates it in the first poll, while all of the
/// others and the body wait, wakes nobody: the scope waits for ever.
mod an_error_in_the_first_poll_ends_a_scope_in_which_everybody_else_waits {
    use super::*;

    /// `finish` polls when woken, and fails where nobody wakes.
    #[test]
    fn whichever_child_it_is() {
        for failing in 0..4 {
            let work = try_scope(async |s| {
                for child in 0..4 {
                    drop(s.spawn(async move {
                        if child == failing { Err(child) } else { pending::<Result<(), _>>().await }
                    }));
                }
                pending::<Result<(), _>>().await
            });
            let failure = ByHand::new(work).finish().unwrap_err();
            assert_eq!((failure.primary, failure.others), (failing, vec![]));
        }
    }

    #[test]
    fn also_through_a_handle_from_a_child_that_then_waits_too() {
        let work = try_scope(async |s| {
            drop(s.spawn(pending::<Result<(), _>>()));
            drop(s.spawn(async {
                s.fail("no use going on");
                pending::<Result<(), _>>().await
            }));
            pending::<Result<(), _>>().await
        });
        assert_eq!(ByHand::new(work).finish().unwrap_err().primary, "no use going on");
    }

    #[test]
    fn at_once_and_with_the_cleanups_of_all() {
        Sim::check(0..50, async |rt| {
            let (log, start) = (Log::default(), rt.now());
            let work = try_scope(async |s| {
                for name in ["a", "b"] {
                    drop(s.spawn(async {
                        let _held = resource(name, &log, &rt);
                        pending::<Result<(), _>>().await
                    }));
                }
                drop(s.spawn(async { Err::<(), _>("refused") }));
                pending::<Result<(), _>>().await
            });
            assert_eq!(work.await.unwrap_err().primary, "refused");
            assert_eq!((rt.now() - start, log.count("start"), log.count("end")), (Duration::from_millis(5), 2, 2));
        });
    }
}

/// tokio's `JoinSet::shutdown` waits for the tasks, whose destructors can spawn what is left to do, and not wait for it.
mod when_cancelling_has_ended_so_has_what_the_destructors_began {
    use super::*;

    /// A connection whose destructor spawns the close, as drivers do it today.
    struct Spawns(Arc<AtomicBool>);

    impl Drop for Spawns {
        fn drop(&mut self) {
            let open = Arc::clone(&self.0);
            drop(tokio::spawn(async move {
                tokio::task::yield_now().await;
                open.store(false, Ordering::SeqCst);
            }));
        }
    }

    #[tokio::test]
    async fn which_a_join_set_does_not_promise() {
        let open = Arc::new(AtomicBool::new(true));
        let mut tasks = JoinSet::new();
        let connection = Spawns(Arc::clone(&open));
        tasks.spawn(async move {
            let _held = connection;
            pending::<()>().await;
        });
        tasks.shutdown().await;
        assert!(open.load(Ordering::SeqCst), "should this change, the comments here are no longer true");
    }

    #[test]
    fn for_one_child() {
        Sim::check(0..50, async |rt| {
            let log = Log::default();
            scope(async |s| {
                let child = s.spawn(async {
                    let _held = resource("held", &log, &rt);
                    pending::<()>().await;
                });
                rt.sleep(Duration::from_millis(1)).await;
                assert_eq!(child.cancel().await, None);
                assert_eq!((log.count("start"), log.count("end")), (1, 1));
            })
            .await;
        });
    }

    /// Whatever they are doing.
    #[test]
    fn for_all_children_at_every_poll() {
        let boundaries = every_poll(|at| {
            Sim::new(0).run(async |rt| {
                let log = Log::default();
                let family = async {
                    scope(async |s| {
                        for (name, millis) in [("a", 1), ("b", 2), ("c", 3)] {
                            let (log, rt) = (&log, &rt);
                            drop(s.spawn(async move {
                                log.add("open");
                                let _held = resource(name, log, rt);
                                rt.sleep(Duration::from_millis(millis)).await;
                            }));
                        }
                    })
                    .await;
                };
                scope(async |_| at.cancel(family).await).await;
                let lines = (log.count("open"), log.count("start"), log.count("end"));
                assert!(lines.0 == lines.1 && lines.1 == lines.2, "{lines:?}");
            });
        });
        assert!(boundaries > 5, "only {boundaries}");
    }

    #[test]
    fn when_the_scope_is_cancelled_by_a_panic_too() {
        Sim::check(0..50, async |rt| {
            let log = Log::default();
            let work = scope(async |s| {
                drop(s.spawn(async {
                    let _held = resource("held", &log, &rt);
                    pending::<()>().await;
                }));
                rt.sleep(Duration::from_millis(1)).await;
                InjectedPanic::throw();
            });
            assert!(InjectedPanic::is(&*AssertUnwindSafe(work).catch_unwind().await.unwrap_err()));
            assert_eq!((log.count("start"), log.count("end")), (1, 1));
        });
    }
}
