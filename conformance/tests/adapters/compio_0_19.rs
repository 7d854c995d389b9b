//! The adapter for compio 0.19.

use core::cell::Cell;
use core::net::SocketAddr;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::net::TcpStream;
use std::rc::Rc;

use compio::runtime::Runtime;
use futures::{AsyncReadExt as _, FutureExt as _};
use onpar::{local_guard, local_timeout};
use onpar_core::{Clock as _, Connect as _, ExitReason, Listen as _, Listener as _, LocalAsyncDrop, SpawnLocal as _};
use onpar_rt::compio_0_19::{self, Compio, Stream};
use onpar_test::Conformance;

use crate::folder::Folder;

#[test]
fn compio_conforms() {
    let folder = Folder::new("compio");
    compio_0_19::run(async |rt| {
        let mut suite = Conformance::new(rt);
        suite.clock().await;
        suite.threads().await;
        suite.spawn_local().await;
        suite.spawn_order().await;
        suite.blocking().await;
        suite.blocking_threads().await;
        suite.tcp().await;
        suite.datagram().await;
        suite.unix(folder.path()).await;
        suite.finish().unwrap();
    });
}

struct Conn(Compio);

impl LocalAsyncDrop for Conn {
    type Error = core::convert::Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Self::Error> {
        self.0.sleep(Duration::from_millis(2)).await;
        Ok(())
    }
}

#[test]
fn what_a_deadline_cancels_is_cleaned_up_by_timers_of_compio() {
    compio_0_19::run(async |rt| {
        let start = rt.now();
        let late = local_timeout(&rt, Duration::from_millis(2), async {
            let _conn = local_guard(Conn(rt.clone()));
            rt.sleep(Duration::from_hours(1)).await;
        });
        assert!(late.await.is_err());
        assert!(rt.now() - start >= Duration::from_millis(4));
    });
}

#[test]
fn nothing_panics_outside_of_a_runtime_and_all_goes_on_within_it() {
    assert!(Compio::current().is_none());
    let runtime = Runtime::new().unwrap();
    let rt = Compio::new(runtime.clone());
    let mut sleep = Box::pin(rt.sleep(Duration::from_millis(1)));
    assert!((&mut sleep).now_or_never().is_none());
    let task = rt.spawn_local(async move {
        assert!(Compio::current().is_some());
        sleep.await;
        7
    });
    assert_eq!(runtime.block_on(task).unwrap(), 7);
}

/// Sets a flag when it is dropped.
struct Flag(Rc<Cell<bool>>);

impl Drop for Flag {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

#[test]
fn tasks_that_hold_their_runtime_are_dropped_at_the_end_of_the_run() {
    let flags: [_; 4] = core::array::from_fn(|_| Rc::new(Cell::new(false)));
    let held = flags.clone().map(Flag);
    let late = compio_0_19::run(async |rt| {
        let [asleep, never_polled, waits, reads] = held;
        drop(rt.spawn_local({
            let rt = rt.clone();
            async move {
                let _asleep = asleep;
                rt.sleep(Duration::from_hours(1)).await;
            }
        }));
        let (mut end, peer) = tcp_pair(&rt).await.unwrap();
        drop(rt.spawn_local(async move {
            let (_reads, _peer) = (reads, peer);
            end.read_exact(&mut [0]).await
        }));
        let task = rt.spawn_local({
            let rt = Compio::current().unwrap();
            async move {
                let (_rt, _waits) = (rt, waits);
                core::future::pending::<()>().await;
            }
        });
        rt.sleep(Duration::from_millis(1)).await;
        drop(rt.spawn_local({
            let rt = rt.clone();
            async move { drop((rt, never_polled)) }
        }));
        (rt, task)
    });
    let (rt, task) = late;
    assert_eq!(flags.map(|flag| flag.get()), [true; 4]);
    assert!(!task.now_or_never().expect("the run has ended").unwrap_err().is_panic());
    let after = rt.spawn_local(async {}).now_or_never().expect("nothing runs any more");
    assert!(!after.unwrap_err().is_panic());
}

#[test]
fn tasks_that_hold_their_runtime_are_dropped_when_the_run_panics() {
    let flag = Rc::new(Cell::new(false));
    let held = Flag(Rc::clone(&flag));
    let body = AssertUnwindSafe(|| {
        compio_0_19::run(async |rt| {
            drop(rt.spawn_local({
                let rt = rt.clone();
                async move {
                    let _held = held;
                    rt.sleep(Duration::from_hours(1)).await;
                }
            }));
            rt.sleep(Duration::from_millis(1)).await;
            std::panic::resume_unwind(Box::new("on purpose"))
        })
    });
    assert!(std::panic::catch_unwind(body).is_err());
    assert!(flag.get());
}

#[test]
fn what_a_dropped_task_spawns_at_the_end_of_a_run_is_dropped_too() {
    struct SpawnsWhenDropped(Compio, Rc<Cell<bool>>);
    impl Drop for SpawnsWhenDropped {
        fn drop(&mut self) {
            let (rt, flag) = (self.0.clone(), Flag(Rc::clone(&self.1)));
            drop(self.0.spawn_local(async move {
                let _flag = flag;
                rt.sleep(Duration::from_hours(1)).await;
            }));
        }
    }
    let flag = Rc::new(Cell::new(false));
    let held = Rc::clone(&flag);
    compio_0_19::run(async |rt| {
        let spawns = SpawnsWhenDropped(rt.clone(), held);
        drop(rt.spawn_local(async move {
            let _spawns = spawns;
            core::future::pending::<()>().await;
        }));
        rt.sleep(Duration::from_millis(1)).await;
    });
    assert!(flag.get());
}

async fn tcp_pair(rt: &Compio) -> std::io::Result<(Stream<TcpStream>, Stream<TcpStream>)> {
    let mut listener = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let address = listener.local_addr()?;
    let (accepted, connected) = futures::join!(listener.accept(), rt.connect(&address));
    Ok((accepted?.0, connected?))
}
