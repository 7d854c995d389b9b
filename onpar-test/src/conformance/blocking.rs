//! What threads for calls that block have to keep.

use core::panic::AssertUnwindSafe;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::thread;

use onpar_core::Blocking;

use super::tasks::{PanicsWhenDropped, Signal, until};
use super::{Verdict, ensure};

/// More calls at once than any pool of threads should have room for (tokio's and smol's have 512 and 500).
const MANY: usize = 2000;

pub(super) async fn value<B: Blocking>(runtime: &B) -> Verdict {
    let calls: Vec<_> = (0..10).map(|number| runtime.spawn_blocking(move || number * 2)).collect();
    for (number, call) in (0..).zip(calls) {
        let value = call.await.map_err(|error| error.to_string())?;
        ensure(value == number * 2, || format!("it was {}, and became {value}", number * 2))?;
    }
    Ok(())
}

pub(super) async fn detached<B: Blocking>(runtime: &B) -> Verdict {
    let done = Signal::default();
    let inside = done.clone();
    drop(runtime.spawn_blocking(move || inside.give()));
    done.given().await;
    Ok(())
}

pub(super) async fn panics<B: Blocking>(runtime: &B) -> Verdict {
    // Without calling the panic hook: nothing is to be seen of it.
    let call = runtime.spawn_blocking(|| -> u8 { std::panic::resume_unwind(Box::new("on purpose")) });
    let Err(error) = call.await else { return Err("a call that had panicked gave a value".into()) };
    ensure(error.is_panic(), || format!("the handle gave an error that is no panic: {error}"))?;
    let after = runtime.spawn_blocking(|| 2).await.map_err(|error| format!("the call after it: {error}"))?;
    ensure(after == 2, || format!("the call after it gave {after} for 2"))
}

pub(super) async fn unwanted_values<B: Blocking>(runtime: &B) -> Verdict {
    let dropped = Arc::<AtomicUsize>::default();
    let value = PanicsWhenDropped::new(&dropped);
    let call = runtime.spawn_blocking(move || value);
    catch_unwind(AssertUnwindSafe(|| drop(call))).map_err(|_| "whoever dropped the handle got the panic".to_owned())?;
    until(|| dropped.load(Ordering::Acquire) == 1).await;
    let after = runtime.spawn_blocking(|| 2).await.map_err(|error| format!("the call after it: {error}"))?;
    ensure(after == 2, || format!("the call after it gave {after} for 2"))
}

/// A door that calls wait at.
#[derive(Default)]
struct Door {
    open: Mutex<bool>,
    opened: Condvar,
    started: AtomicUsize,
    waiting: AtomicUsize,
    most: AtomicUsize,
    come: AtomicUsize,
    /// Whether somebody has waited too long.
    given_up: AtomicBool,
}

impl Door {
    /// Waits for the door, but no longer than `patience` after the last call was started, which it takes in a few steps: while the
    /// whole process stands still, no more than one of them passes. Whether it was opened.
    fn pass(&self, patience: Duration) -> bool {
        const STEPS: u32 = 5;
        let waiting = 1 + self.waiting.fetch_add(1, Ordering::AcqRel);
        self.most.fetch_max(waiting, Ordering::AcqRel);
        self.come.fetch_add(1, Ordering::AcqRel);
        let (mut started, mut steps) = (0, 0);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        while !*open && steps < STEPS {
            let now = self.started.load(Ordering::Acquire);
            steps = if now == started { steps + 1 } else { 0 };
            started = now;
            open = self.opened.wait_timeout(open, patience / STEPS).unwrap_or_else(PoisonError::into_inner).0;
        }
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        self.given_up.fetch_or(!*open, Ordering::AcqRel);
        *open
    }

    fn open(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.opened.notify_all();
    }
}

/// Opens the door also when the check ends early: calls that wait for ever keep a process alive.
struct OpenOnDrop(Arc<Door>);

impl Drop for OpenOnDrop {
    fn drop(&mut self) {
        self.0.open();
    }
}

pub(super) async fn beside<B: Blocking>(runtime: &B, limit: Duration) -> Verdict {
    let door = OpenOnDrop(Arc::default());
    let (begun, inside) = (Signal::default(), Arc::clone(&door.0));
    let begins = begun.clone();
    let call = runtime.spawn_blocking(move || {
        begins.give();
        // A runtime that waits here for the call would wait for ever.
        inside.pass(limit / 2)
    });
    begun.given().await;
    drop(door);
    let opened = call.await.map_err(|error| error.to_string())?;
    ensure(opened, || "a call waited for a task, and the task for the call".into())
}

pub(super) async fn back_pressure<B: Blocking>(runtime: &B, limit: Duration) -> Verdict {
    let patience = limit.min(Duration::from_secs(2));
    let door = OpenOnDrop(Arc::default());
    let inside = Arc::clone(&door.0);
    let mut calls = Vec::new();
    for number in 0..MANY {
        let door = Arc::clone(&inside);
        calls.push(runtime.spawn_blocking(move || door.pass(patience)));
        inside.started.fetch_add(1, Ordering::AcqRel);
        let given_up = inside.given_up.load(Ordering::Acquire);
        ensure(!given_up, || format!("starting call {number} blocked, or took as long as that"))?;
    }
    // Time enough for a thread for each, where there is one. By a thread: the runtime may have no clock.
    let enough = Signal::default();
    let (gives, calls_come) = (enough.clone(), Arc::clone(&inside));
    thread::spawn(move || {
        until_no_more_come(&calls_come, patience / 4);
        gives.give();
    });
    enough.given().await;
    drop(door);
    for (number, call) in calls.into_iter().enumerate() {
        call.await.map_err(|error| format!("call {number} of {MANY}: {error}"))?;
    }
    let most = inside.most.load(Ordering::Acquire);
    ensure(most < MANY, || format!("{most} calls ran at once: each had a thread of its own"))
}

/// Blocks until all calls have come to the door, or none has for so long. That time is taken in small steps: if the whole process
/// stands still, no more than one of them passes.
fn until_no_more_come(door: &Door, so_long: Duration) {
    const STEPS: u32 = 20;
    let (_open, closed) = mpsc::channel::<()>();
    let (mut come, mut quiet) = (0, 0);
    while come < MANY && quiet < STEPS {
        let _timeout = closed.recv_timeout(so_long / STEPS);
        let now = door.come.load(Ordering::Acquire);
        quiet = if now == come { quiet + 1 } else { 0 };
        come = now;
    }
}
