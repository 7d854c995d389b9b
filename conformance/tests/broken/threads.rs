//! A broken executor: it loses the wakes of other threads.

use core::pin::pin;
use core::sync::atomic::{AtomicU32, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::task::Wake;
use std::thread::{self, Thread};

use onpar_test::Conformance;

use crate::{Found, every_check_finds_its_fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    LosesTheFirstWake,
}

#[test]
fn check_of_wakes_finds_an_executor_that_loses_them() {
    let faults = &[(Fault::LosesTheFirstWake, "a wake from another thread is seen")];
    every_check_finds_its_fault(faults, |fault, limit| {
        block_on(fault, async {
            let mut suite = Conformance::new(()).limit(limit);
            suite.threads().await;
            Found::by(suite)
        })
    });
}

struct Lossy {
    thread: Thread,
    /// How many wakes of other threads it loses. One more, that of the suite's watch, has to arrive.
    loses: AtomicU32,
    woken: AtomicU32,
}

impl Wake for Lossy {
    fn wake(self: Arc<Self>) {
        let other = thread::current().id() != self.thread.id();
        let lost = |left: u32| left.checked_sub(1);
        if other && self.loses.fetch_update(Ordering::AcqRel, Ordering::Acquire, lost).is_ok() {
            return;
        }
        self.woken.fetch_add(1, Ordering::AcqRel);
        self.thread.unpark();
    }
}

fn block_on<F: Future>(fault: Option<Fault>, future: F) -> F::Output {
    let loses = AtomicU32::new(u32::from(fault.is_some()));
    let lossy = Arc::new(Lossy { thread: thread::current(), loses, woken: AtomicU32::new(0) });
    let waker = Waker::from(Arc::clone(&lossy));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        while lossy.woken.swap(0, Ordering::AcqRel) == 0 {
            thread::park();
        }
    }
}
