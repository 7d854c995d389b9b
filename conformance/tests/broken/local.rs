//! Broken spawners of local tasks. What they share with the others is tried in `tasks`; here stands what is their own.
#![expect(unsafe_code, reason = "a runtime that polls a local task on another thread is what one check looks for")]

use core::cell::Cell;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::rc::Rc;
use std::thread;

use onpar_core::SpawnLocal;
use onpar_rt::local::{self, Local, LocalTask};
use onpar_test::Conformance;

use crate::{Found, every_check_finds_its_fault, finds};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Moves,
    EvenOnesLater,
}

#[test]
fn each_check_of_local_tasks_finds_its_fault() {
    let faults = &[(Fault::EvenOnesLater, "tasks begin in the order of spawning")];
    every_check_finds_its_fault(faults, |fault, limit| {
        local::run(async |rt| {
            let mut suite = Conformance::new(Broken { rt, fault, spawned: Rc::default() }).limit(limit);
            suite.spawn_order().await;
            Found::by(suite)
        })
    });
    finds("a local task stays on its thread", Fault::Moves, |limit| {
        local::run(async |rt| {
            let fault = Some(Fault::Moves);
            let mut suite = Conformance::new(Broken { rt, fault, spawned: Rc::default() }).limit(limit);
            suite.spawn_local().await;
            Found::by(suite)
        })
    });
}

#[derive(Clone)]
struct Broken {
    rt: Local,
    fault: Option<Fault>,
    spawned: Rc<Cell<u32>>,
}

impl SpawnLocal for Broken {
    type LocalTask<T: 'static> = LocalTask<T>;

    fn spawn_local<F>(&self, future: F) -> LocalTask<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        let number = self.spawned.replace(self.spawned.get() + 1);
        let mut later = self.fault == Some(Fault::EvenOnesLater) && number.is_multiple_of(2);
        let moves = self.fault == Some(Fault::Moves);
        let mut future = Box::pin(future);
        self.rt.spawn_local(poll_fn(move |cx| {
            if core::mem::take(&mut later) {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            if moves { poll_elsewhere(future.as_mut(), cx) } else { future.as_mut().poll(cx) }
        }))
    }
}

/// Goes to another thread without being asked whether it may.
struct Smuggled<T>(T);

// SAFETY: the one that is made, in `poll_elsewhere`, is used on the other thread only while the thread that made it waits in
// `scope`, so that no two threads are ever at it; and what the checks of this suite hold counts by `Rc` and `Cell`, which know
// nothing of threads beyond that.
unsafe impl<T> Send for Smuggled<T> {}

impl<T> Smuggled<T> {
    fn open(self) -> T {
        self.0
    }
}

fn poll_elsewhere<F: Future>(future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
    let waker = cx.waker();
    let smuggled = Smuggled(future);
    let polled = thread::scope(|s| {
        let there = s.spawn(move || Smuggled(smuggled.open().poll(&mut Context::from_waker(waker))));
        there.join().map(Smuggled::open)
    });
    polled.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
