//! The adapter for embassy: a thread's executor of embassy's, and its driver of the time for hosts, with the timer queue that has
//! room for one deadline a task.

use core::cell::RefCell;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use core::time::Duration;

use bare_metal::Memory;
use critical_section as _;
use embassy_executor::Executor;
use embassy_time as _;
use onpar::{guard, scope, timeout};
use onpar_core::{AsyncDrop, Clock as _, ExitReason, Instant, JoinError, SpawnLocal as _};
use onpar_rt::embassy_0_10::{Embassy, EmbassyLocal, Timers};
use onpar_test::{Conformance, Sim};

/// Runs `body` as a task of an executor of its own, which embassy keeps for ever.
fn run<T: 'static>(body: impl AsyncFnOnce(EmbassyLocal) -> T + 'static) -> T {
    let timers: &Timers = Box::leak(Box::default());
    let executor = Box::leak(Box::new(Executor::new()));
    let (task, output) = (RefCell::new(None), RefCell::new(None));
    executor.run_until(
        |spawner| {
            let rt = EmbassyLocal::new(spawner, timers);
            task.replace(Some(rt.spawn_local(async move { body(rt).await })));
        },
        || {
            let mut task = task.borrow_mut();
            let task = Pin::new(task.as_mut().expect("it was spawned"));
            let Poll::Ready(result) = task.poll(&mut Context::from_waker(Waker::noop())) else { return false };
            output.replace(Some(result));
            true
        },
    );
    output.take().expect("it has ended").unwrap_or_else(|error: JoinError| panic!("{error}"))
}

#[test]
fn embassy_conforms() {
    run(async |rt| {
        let mut suite = Conformance::new(rt.embassy());
        suite.clock().await;
        suite.threads().await;
        suite.spawn().await;
        suite.finish().unwrap();
    });
}

#[test]
fn embassy_with_local_tasks_conforms() {
    run(async |rt| {
        let mut suite = Conformance::new(rt);
        suite.clock().await;
        suite.threads().await;
        suite.spawn_local().await;
        suite.finish().unwrap();
    });
}

#[test]
fn embassy_from_other_threads_conforms() {
    run(async |rt| {
        let embassy = rt.embassy();
        let suite = std::thread::spawn(move || {
            onpar_rt::local::block_on(async {
                let mut suite = Conformance::new(embassy);
                suite.clock().await;
                suite.spawn().await;
                suite.finish()
            })
        });
        while !suite.is_finished() {
            rt.sleep(Duration::from_millis(1)).await;
        }
        suite.join().unwrap().unwrap();
    });
}

/// Says goodbye by a timer.
struct Conn(Embassy);

impl AsyncDrop for Conn {
    type Error = core::convert::Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Self::Error> {
        self.0.sleep(Duration::from_millis(1)).await;
        Ok(())
    }
}

#[test]
fn scopes_timeouts_and_guards_of_one_task_have_any_number_of_timers() {
    run(async |rt| {
        let rt = rt.embassy();
        let start = rt.now();
        let late = timeout(&rt, Duration::from_millis(5), async {
            let _conn = guard(Conn(rt));
            scope(async |s| {
                for _ in 0..200 {
                    drop(s.spawn(rt.sleep(Duration::from_hours(1))));
                }
                s.spawn(rt.sleep(Duration::from_millis(2))).await;
                rt.sleep(Duration::from_hours(1)).await;
            })
            .await;
        });
        assert!(late.await.is_err());
        assert!(rt.now() - start >= Duration::from_millis(6));
    });
}

#[test]
fn instants_at_both_ends_are_told() {
    run(async |rt| {
        rt.sleep_until(Instant::ORIGIN).await;
        let mut sleep = pin!(rt.sleep_until(Instant::FAR_FUTURE));
        assert_eq!(sleep.deadline(), Instant::FAR_FUTURE);
        assert!(core::future::poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await.is_pending());
        let almost = Instant::from_nanos(u64::MAX - 1);
        rt.reset(sleep.as_mut(), almost);
        assert!(core::future::poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await.is_pending());
        rt.reset(sleep.as_mut(), rt.now());
        sleep.await;
    });
}

/// One test, since what the program counts by is one for the process.
#[test]
fn program_of_the_microcontroller_comes_to_the_same_here() {
    let report = run(async |rt| bare_metal::run(&rt.embassy(), pin!(Memory::new())).await).unwrap();
    report.check().unwrap_or_else(|what| panic!("{what}: {report}"));

    let mut memory = pin!(Memory::new());
    let report = Sim::new(0).run(async |rt| bare_metal::run(&rt, memory.as_mut()).await).unwrap();
    assert_eq!(report.check(), Ok(()));
    assert_eq!((report.late, report.blinks, report.took), (1, 9, Duration::from_millis(292)));
}
