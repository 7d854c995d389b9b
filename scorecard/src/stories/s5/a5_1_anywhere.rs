//! A5.1: seven calls that need a runtime, from a thread that has none around it, polled by hand.
//!
//! Tokio's find their runtime by themselves, or panic. onpar's are given it as a value: time and tasks of the executor that the
//! row is about, sockets and calls that block of smol, which belongs to nobody's thread.

use core::net::SocketAddr;
use core::panic::AssertUnwindSafe;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::panic::catch_unwind;
use std::thread;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use onpar_core::{Blocking as _, Clock as _, Listen as _, Spawn};
use onpar_rt::smol_2::Smol;
use onpar_scope::{scope, timeout};

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::silence::silently;
use crate::story::{Case, Point, Stock};

const SHORT: Duration = Duration::from_millis(1);
const ANY_PORT: SocketAddr = SocketAddr::V4(core::net::SocketAddrV4::new(core::net::Ipv4Addr::LOCALHOST, 0));

/// One of the seven.
type Call = fn(Rt) -> BoxFuture<'static, ()>;

pub(super) const POINT: Point = Point {
    name: "A5.1",
    what: "no call panics for want of a runtime, whatever thread it comes from and whoever polls it",
    cases: &[Case {
        what: "7 calls, a plain thread",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(tokios),
        onpar: |executor| all(executor, &ONPAR),
    }],
};

/// What tokio's calls do.
pub(super) fn tokios(executor: Executor) -> Measured {
    all(executor, &STOCK)
}

const STOCK: [Call; 7] = [
    |_| async { tokio::time::sleep(SHORT).await }.boxed(),
    |_| async { drop(tokio::spawn(async {}).await) }.boxed(),
    |_| async { drop(tokio::net::TcpListener::bind(ANY_PORT).await) }.boxed(),
    |_| async { drop(tokio::time::timeout(SHORT, async {}).await) }.boxed(),
    |_| async { drop(tokio::task::spawn_blocking(|| {}).await) }.boxed(),
    |_| async { drop(tokio::task::JoinSet::new().spawn(async {})) }.boxed(),
    |_| async { drop(tokio::fs::metadata("/").await) }.boxed(),
];

const ONPAR: [Call; 7] = [
    |rt| async move { rt.sleep(SHORT).await }.boxed(),
    |rt| async move { Spawn::spawn(&rt, async {}).await.expect("it ends") }.boxed(),
    |_| async { drop(Smol::global().listen(&ANY_PORT).await.expect("a port")) }.boxed(),
    |rt| async move { timeout(&rt, SHORT, async {}).await.expect("at once") }.boxed(),
    |_| async { Smol::global().spawn_blocking(|| {}).await.expect("it ends") }.boxed(),
    |rt| async move { scope(async |s| s.spawn_on(&rt, async {}).await.expect("it ends")).await }.boxed(),
    |_| async { drop(Smol::global().spawn_blocking(|| std::fs::metadata("/")).await.expect("it ends")) }.boxed(),
];

fn all(executor: Executor, calls: &'static [Call]) -> Measured {
    silently(|| {
        executor.run(async move |rt| {
            let mut measured = Measured::new("panic");
            for call in calls {
                let of_thread = rt.clone();
                let thread = thread::spawn(move || catch_unwind(AssertUnwindSafe(|| by_hand(call(of_thread)))).is_ok());
                // The executor goes on, so that it sees what the thread asks of it.
                while !thread.is_finished() {
                    rt.millis(1).await;
                }
                measured.count(!thread.join().unwrap_or(false));
            }
            measured
        })
    })
}

/// Polls again and again, and is never woken.
fn by_hand<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
        thread::yield_now();
    }
}
