//! What threads for calls that block have to keep.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use onpar_core::Blocking;

use super::tasks::Signal;
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

/// A door that calls wait at.
#[derive(Default)]
struct Door {
    open: Mutex<bool>,
    opened: Condvar,
    waiting: AtomicUsize,
    most: AtomicUsize,
}

impl Door {
    fn pass(&self) {
        let waiting = 1 + self.waiting.fetch_add(1, Ordering::AcqRel);
        self.most.fetch_max(waiting, Ordering::AcqRel);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        while !*open {
            open = self.opened.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
        drop(open);
        self.waiting.fetch_sub(1, Ordering::AcqRel);
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

pub(super) async fn beside<B: Blocking>(runtime: &B) -> Verdict {
    let door = OpenOnDrop(Arc::default());
    let (begun, inside) = (Signal::default(), Arc::clone(&door.0));
    let begins = begun.clone();
    let call = runtime.spawn_blocking(move || {
        begins.give();
        inside.pass();
        6
    });
    begun.given().await;
    drop(door);
    let value = call.await.map_err(|error| error.to_string())?;
    ensure(value == 6, || format!("it was 6, and became {value}"))
}

pub(super) async fn back_pressure<B: Blocking>(runtime: &B) -> Verdict {
    let door = OpenOnDrop(Arc::default());
    let inside = Arc::clone(&door.0);
    let calls: Vec<_> = (0..MANY)
        .map(|_| {
            let inside = Arc::clone(&inside);
            runtime.spawn_blocking(move || inside.pass())
        })
        .collect();
    drop(door);
    for (number, call) in calls.into_iter().enumerate() {
        call.await.map_err(|error| format!("call {number} of {MANY}: {error}"))?;
    }
    let most = inside.most.load(Ordering::Acquire);
    ensure(most < MANY, || format!("{most} calls ran at once: each had a thread of its own"))
}
