//! Broken spawners.

use core::any::Any;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use onpar_core::{JoinError, Spawn};
use onpar_rt::tokio_1::{self, Task, Tokio};
use onpar_test::Conformance;

use crate::{Found, every_check_finds_its_fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    PollsAtOnce,
    MixesOutputs,
    AbortsWhenDropped,
    LosesOutputs,
    LosesWakes,
    HidesPanics,
    HidesPanicsOfDestructors,
    DiesOfOutputs,
    HandlesDropOutputs,
    KeepsFutures,
    LosesSome,
    StaysOnItsThread,
}

const FAULTS: &[(Fault, &str)] = &[
    (Fault::PollsAtOnce, "spawn does not poll"),
    (Fault::MixesOutputs, "each task gives its own output"),
    (Fault::AbortsWhenDropped, "a task goes on when its handle is dropped"),
    (Fault::LosesOutputs, "an output waits for its handle"),
    (Fault::LosesWakes, "a task that yields lets others run"),
    (Fault::HidesPanics, "a panic of a task goes to its handle"),
    (Fault::HidesPanicsOfDestructors, "a panic of what a task holds goes to its handle"),
    (Fault::DiesOfOutputs, "a panic of an output that nobody takes goes nowhere"),
    (Fault::HandlesDropOutputs, "a panic of an output that nobody takes goes nowhere"),
    (Fault::KeepsFutures, "what a task holds is dropped before its output is there"),
    (Fault::LosesSome, "10 000 tasks end"),
    (Fault::StaysOnItsThread, "a handle may be awaited on another thread"),
];

#[test]
fn each_check_of_tasks_finds_its_fault() {
    every_check_finds_its_fault(FAULTS, |fault, limit| {
        tokio_1::run_current_thread(async |tokio| {
            let mut suite =
                Conformance::new(Broken { tokio, fault, spawned: Arc::default(), dead: Arc::default() }).limit(limit);
            suite.spawn().await;
            Found::by(suite)
        })
    });
}

#[derive(Clone)]
struct Broken {
    tokio: Tokio,
    fault: Option<Fault>,
    spawned: Arc<AtomicU32>,
    /// Whether it starts no tasks any more.
    dead: Arc<AtomicBool>,
}

/// A handle with a fault.
pub(crate) struct Handle<T> {
    task: Task<T>,
    fault: Option<Fault>,
    thread: ThreadId,
    watch: Arc<Watch>,
    lost: bool,
}

/// What the handle and the future of a task know of each other.
#[derive(Default)]
struct Watch {
    dropped: AtomicBool,
    asked: AtomicBool,
    done: AtomicBool,
}

impl Spawn for Broken {
    type Task<T: Send + 'static> = Handle<T>;

    fn spawn<F>(&self, future: F) -> Handle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let watch = Arc::<Watch>::default();
        let number = self.spawned.fetch_add(1, Ordering::Relaxed);
        let mut future = Faulty {
            future: Some(Box::pin(future)),
            output: None,
            fault: self.fault,
            watch: Arc::clone(&watch),
            dead: Arc::clone(&self.dead),
        };
        if self.fault == Some(Fault::PollsAtOnce) {
            future.begin();
        }
        Handle {
            task: self.tokio.spawn(future),
            fault: self.fault,
            thread: thread::current().id(),
            watch,
            lost: self.fault == Some(Fault::LosesSome) && number > 5000 || self.dead.load(Ordering::Acquire),
        }
    }
}

impl<T: Send + 'static> Future for Handle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let elsewhere = thread::current().id() != self.thread;
        let lost = self.fault == Some(Fault::LosesOutputs)
            && !self.watch.asked.swap(true, Ordering::AcqRel)
            && self.watch.done.load(Ordering::Acquire);
        if lost || self.lost {
            return Poll::Ready(Err(JoinError::dropped()));
        }
        assert!(!elsewhere || self.fault != Some(Fault::StaysOnItsThread), "this handle is for one thread only");
        let polled = Pin::new(&mut self.task).poll(cx);
        if self.fault == Some(Fault::HidesPanics) {
            return polled.map_err(|_| JoinError::dropped());
        }
        polled
    }
}

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        self.watch.dropped.store(true, Ordering::Release);
        if self.fault == Some(Fault::AbortsWhenDropped) {
            self.task.abort_handle().abort();
        }
        if self.fault == Some(Fault::HandlesDropOutputs) {
            drop(Pin::new(&mut self.task).poll(&mut Context::from_waker(Waker::noop())));
        }
    }
}

/// A future with a fault.
struct Faulty<F: Future> {
    future: Option<Pin<Box<F>>>,
    output: Option<F::Output>,
    fault: Option<Fault>,
    watch: Arc<Watch>,
    dead: Arc<AtomicBool>,
}

// Nothing is pinned but what is in the box.
impl<F: Future> Unpin for Faulty<F> {}

/// What `MixesOutputs` gives to the next task of that type, and the futures that `KeepsFutures` keeps.
static KEPT: Mutex<Vec<Box<dyn Any + Send>>> = Mutex::new(Vec::new());

impl<F> Faulty<F>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    fn begin(&mut self) {
        if let Some(future) = &mut self.future
            && let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        {
            self.output = Some(output);
            self.future = None;
        }
    }

    /// Swaps it for the one of the same type that is kept.
    fn mixed(output: F::Output) -> Option<F::Output> {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Box<dyn Any + Send> = Box::new(output);
        let other = kept.iter_mut().find(|other| (***other).type_id() == (*new).type_id());
        let Some(other) = other else {
            // The first one is kept, and its task never ends.
            kept.push(new);
            return None;
        };
        let given = core::mem::replace(other, new);
        drop(kept);
        given.downcast::<F::Output>().ok().map(|output| *output)
    }
}

impl<F> Future for Faulty<F>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let waker = if self.fault == Some(Fault::LosesWakes) { Waker::noop() } else { cx.waker() };
        let output = match &mut self.future {
            Some(future) => match future.as_mut().poll(&mut Context::from_waker(waker)) {
                Poll::Ready(output) => Some(output),
                Poll::Pending => return Poll::Pending,
            },
            None => self.output.take(),
        };
        let future = self.future.take();
        match self.fault {
            Some(Fault::KeepsFutures) => {
                let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push(Box::new(future));
            }
            Some(Fault::HidesPanicsOfDestructors) => {
                let _hidden = catch_unwind(AssertUnwindSafe(|| drop(future)));
            }
            _ => drop(future),
        }
        self.watch.done.store(true, Ordering::Release);
        if self.fault == Some(Fault::DiesOfOutputs) && self.watch.dropped.load(Ordering::Acquire) {
            let dropped = catch_unwind(AssertUnwindSafe(|| drop(output)));
            self.dead.fetch_or(dropped.is_err(), Ordering::AcqRel);
            return Poll::Pending;
        }
        let mixed = self.fault == Some(Fault::MixesOutputs);
        match output.and_then(|output| if mixed { Self::mixed(output) } else { Some(output) }) {
            Some(output) => Poll::Ready(output),
            None => Poll::Pending,
        }
    }
}
