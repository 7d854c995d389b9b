//! What tests are made of.

use core::task::Poll;
use core::time::Duration;
use std::path::Path;

use futures::FutureExt as _;
use onpar_core::Clock as _;
use onpar_rt::local;
use onpar_test::every_poll::{CancelAt, every_poll};
use onpar_test::sim::{Rt, Sleep, Task};
use onpar_test::{ByHand, Conformance, ProbeLog, Sim, Trigger};

use super::calls;
use crate::executor::block_on as on;

calls! {
    "ByHand::poll_with", "ByHand::wakes", "ByHand::polls", "ByHand::waker" => {
        let mut task = ByHand::new(async {});
        task.waker().wake_by_ref();
        assert_eq!(task.poll_with(Future::poll), Poll::Ready(()));
        assert_eq!((task.wakes(), task.polls()), (1, 1));
    }
    "Conformance::limit", "Conformance::threads", "Conformance::spawn_order", "Conformance::blocking",
    "Conformance::blocking_threads", "Conformance::tcp", "Conformance::datagram", "Conformance::unix" => {
        // Begun, and given up: `tests/adapters` has them run to their ends.
        local::run(async |rt| {
            let mut suite = Conformance::new(rt).limit(Duration::from_mins(1));
            _ = suite.threads().now_or_never();
            _ = suite.spawn_order().now_or_never();
            _ = suite.blocking().now_or_never();
            _ = suite.blocking_threads().now_or_never();
            _ = suite.tcp().now_or_never();
            _ = suite.datagram().now_or_never();
            _ = suite.unix(Path::new("nowhere")).now_or_never();
        });
    }
    "Boundary::number", "Boundary::cancel_when_woken", "Boundary::call", "Boundary::cancel_trigger" => {
        let driven = every_poll(|at| {
            _ = at.number();
            let called = core::cell::Cell::new(false);
            at.drive(at.call(async { at.cancel_trigger().cancellable(async {}).await }, || called.set(true)));
        });
        let cancelled = every_poll(|at| _ = on(at.cancel_when_woken(async {})));
        assert!(driven > 0 && cancelled > 0);
    }
    "CancelAt::when_woken" => { assert_eq!(on(CancelAt::when_woken(async { 1 }, 1)), Some(1)); }
    "Trigger::panic_at", "Trigger::passed" => {
        let trigger = Trigger::panic_at(1);
        on(trigger.point());
        assert_eq!(trigger.passed(), 1);
    }
    "ProbeLog::owner_polls", "ProbeLog::gaps" => {
        let log = ProbeLog::new();
        on(log.owner(log.probe(async {})));
        assert_eq!(log.owner_polls(), 1);
        assert!(log.gaps().len() < 2);
    }
    "Sim::from_env", "Sim::allow_leftovers" => {
        Sim::from_env().allow_leftovers().run(async |rt| drop(rt.spawn_named("left", core::future::pending::<()>())));
    }
    "Report::seed", "Report::steps", "Report::trace", "Trace::digest", "Trace::events" => {
        let stuck = Sim::new(7).try_run(async |_| core::future::pending::<()>().await).unwrap_err();
        let report = stuck.report();
        assert_eq!(report.seed(), 7);
        assert!(report.steps() > 0 && report.trace().events() > 0 && report.trace().digest() > 0);
    }
    "Rt::spawn_local_named", "Rt::random", "Rt::tasks", "Rt::trace", "Sleep::deadline", "Task::id" => {
        Sim::new(7).run(async |rt: Rt| {
            let task: Task<u64> = rt.spawn_local_named("child", { let rt = rt.clone(); async move { rt.random(10) } });
            assert!(task.id() > 0 && rt.tasks() > 0 && rt.trace().events() > 0);
            let at = rt.now() + Duration::from_millis(1);
            let sleep: Sleep = rt.sleep_until(at);
            assert_eq!(sleep.deadline(), at);
            assert!(task.await.unwrap() < 10);
        });
    }
}
