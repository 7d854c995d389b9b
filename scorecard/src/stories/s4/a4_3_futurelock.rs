//! A4.3: somebody waits for a lock, looks after something else for a while, and takes the lock ("futurelock", RFD 609 of
//! Oxide).
//!
//! The lock is fair: it is given to whoever has waited longest. In the stock programs that is a future which `select!` was
//! lent, and which nobody polls any more; so the lock is never free again. With onpar a race owns its members: lending one
//! does not compile (`tests/ui/race_over_a_future_that_is_lent.rs`). What is given up is dropped, and leaves the line; what
//! is to go on is a child, which the scope polls.

use alloc::sync::Arc;
use core::pin::pin;

use onpar_core::Clock as _;
use onpar_scope::{race, scope};
use tokio::sync::Mutex;

use crate::executor::unhurried::unhurried;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

/// For how long somebody else has the lock at first, in milliseconds; when one looks after something else; and when it is
/// clear that it will never end.
#[derive(Clone, Copy)]
struct Times {
    held: u64,
    meanwhile: u64,
    patience: u64,
}

/// Those of the RFD.
const VIRTUAL: Times = Times { held: 600, meanwhile: 500, patience: 2000 };
/// Where somebody has to wait for it.
const REAL: Times = Times { held: 300, meanwhile: 150, patience: 700 };

impl Times {
    fn of(rt: &Rt, scale: u64) -> Self {
        let Self { held, meanwhile, patience } = if rt.executor().is_virtual() { VIRTUAL } else { REAL };
        Self { held: held * scale, meanwhile: meanwhile * scale, patience: patience * scale }
    }
}

pub(super) const POINT: Point = Point {
    name: "A4.3",
    what: "who waits for a lock, and then for something else, holds up nobody",
    cases: &[
        Case {
            what: "lock, give up, lock",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| {
                unhurried(executor, true, |scale| run(executor, select_and_give_up, 1, scale))
            }),
            onpar: |executor| unhurried(executor, false, |scale| run(executor, race_and_give_up, 1, scale)),
        },
        Case {
            what: "lock, lock beside it",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| {
                unhurried(executor, true, |scale| run(executor, select_and_go_on, 2, scale))
            }),
            onpar: |executor| unhurried(executor, false, |scale| run(executor, race_and_go_on, 2, scale)),
        },
    ],
};

/// Counts how often somebody has had the lock.
type Lock = Arc<Mutex<u64>>;

async fn work(lock: &Lock) {
    *lock.lock().await += 1;
}

/// `select!` borrows the first, which stays in line for the lock.
async fn select_and_give_up(rt: Rt, times: Times, lock: Lock) {
    let mut first = pin!(work(&lock));
    tokio::select! {
        () = &mut first => {}
        () = rt.millis(times.meanwhile) => work(&lock).await,
    }
}

async fn race_and_give_up(rt: Rt, times: Times, lock: Lock) {
    let first = async {
        work(&lock).await;
        true
    };
    let meanwhile = async {
        rt.millis(times.meanwhile).await;
        false
    };
    if !race((first, meanwhile)).await {
        work(&lock).await;
    }
}

/// The same, and the first is awaited in the end.
async fn select_and_go_on(rt: Rt, times: Times, lock: Lock) {
    let mut first = pin!(work(&lock));
    tokio::select! {
        () = &mut first => {}
        () = rt.millis(times.meanwhile) => {
            work(&lock).await;
            first.await;
        }
    }
}

async fn race_and_go_on(rt: Rt, times: Times, lock: Lock) {
    scope(async |s| {
        let first = s.spawn(work(&lock));
        race((first, rt.millis(times.meanwhile))).await;
        work(&lock).await;
    })
    .await;
}

/// Runs the program while somebody else has the lock, which must then be had so often. Where nobody has waited in line when it was
/// free again, nothing was shown: then all takes longer.
fn run<Fut>(executor: Executor, program: fn(Rt, Times, Lock) -> Fut, often: u64, scale: u32) -> Measured
where
    Fut: Future<Output = ()> + Send + 'static,
{
    executor.run(async move |rt| {
        let (lock, times) = (Lock::default(), Times::of(&rt, scale.into()));
        let held = Arc::clone(&lock).lock_owned().await;
        rt.spawn({
            let rt = rt.clone();
            async move {
                rt.millis(times.held).await;
                drop(held);
            }
        });
        let start = rt.now();
        let ended = rt.stock_timeout(times.patience, program(rt.clone(), times, Arc::clone(&lock))).await;
        let took = rt.now() - start;
        let had = lock.try_lock().map_or(0, |had| *had);
        let mut measured = Measured::new("DEADLOCK");
        measured.count(ended.is_none() || had != often);
        measured.with(had, "locked").took(executor, took)
    })
}
