//! `Tasks`: the tasks of one `run`, which are dropped at its end.
//!
//! Compio drops the tasks that are left with the last value of their runtime. A task that holds such a value, or a timer or a
//! stream made by it, would so keep the runtime, and itself, for ever. So each task that is spawned here looks, when it is
//! polled, whether the run has ended, and then drops its future in place; at the end all of them are woken, and the runtime goes
//! on until the last of them has seen it.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, Waker, ready};
use std::os::fd::{AsRawFd as _, RawFd};

use compio::runtime::Runtime;
use onpar_core::JoinError;
use pin_project_lite::pin_project;

use crate::caught::Caught;
use crate::output::Output;

#[derive(Default)]
pub(super) struct Tasks {
    over: Cell<bool>,
    places: RefCell<Places>,
}

#[derive(Default)]
struct Places {
    /// Of the tasks that have been polled.
    wakers: Vec<Option<Waker>>,
    free: Vec<usize>,
}

thread_local! {
    /// The runs on this thread. The descriptor of its driver tells a runtime from others, also from those that have run before.
    static RUNS: RefCell<Vec<(RawFd, Rc<Tasks>)>> = const { RefCell::new(Vec::new()) };
}

impl Tasks {
    /// Those of the run of this runtime, if it is one.
    pub(super) fn of(runtime: &Runtime) -> Option<Rc<Self>> {
        let fd = runtime.as_raw_fd();
        RUNS.with_borrow(|runs| runs.iter().find(|run| run.0 == fd).map(|run| Rc::clone(&run.1)))
    }

    pub(super) const fn are_over(&self) -> bool {
        self.over.get()
    }

    fn enter(&self) -> usize {
        let mut places = self.places.borrow_mut();
        places.free.pop().unwrap_or_else(|| {
            places.wakers.push(None);
            places.wakers.len() - 1
        })
    }

    fn polled(&self, place: usize, waker: &Waker) {
        let mut places = self.places.borrow_mut();
        let known = &mut places.wakers[place];
        if !known.as_ref().is_some_and(|known| known.will_wake(waker)) {
            let before = known.replace(waker.clone());
            drop(places);
            drop(before);
        }
    }

    fn leave(&self, place: usize) {
        let mut places = self.places.borrow_mut();
        let waker = places.wakers[place].take();
        places.free.push(place);
        drop(places);
        drop(waker);
    }

    fn is_empty(&self) -> bool {
        let places = self.places.borrow();
        places.free.len() == places.wakers.len()
    }

    fn wakers(&self) -> Vec<Waker> {
        self.places.borrow().wakers.iter().flatten().cloned().collect()
    }
}

/// A run. When it is dropped, also by a panic, its tasks are.
pub(super) struct Run {
    runtime: Runtime,
    tasks: Rc<Tasks>,
}

impl Run {
    pub(super) fn new(runtime: Runtime) -> Self {
        let tasks = Rc::<Tasks>::default();
        RUNS.with_borrow_mut(|runs| runs.push((runtime.as_raw_fd(), Rc::clone(&tasks))));
        Self { runtime, tasks }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.tasks.over.set(true);
        self.tasks.wakers().iter().for_each(Waker::wake_by_ref);
        if !self.tasks.is_empty() {
            self.runtime.block_on(poll_fn(|cx| {
                if self.tasks.is_empty() {
                    return Poll::Ready(());
                }
                // Each task is in the line: it has been woken, or never polled.
                cx.waker().wake_by_ref();
                Poll::Pending
            }));
        }
        let fd = self.runtime.as_raw_fd();
        RUNS.with_borrow_mut(|runs| runs.retain(|run| run.0 != fd));
    }
}

pin_project! {
    /// A task of a run: ends with it.
    pub(super) struct Tracked<F> {
        #[pin]
        future: Option<Caught<F>>,
        // None when it has ended.
        place: Option<usize>,
        tasks: Rc<Tasks>,
    }

    impl<F> PinnedDrop for Tracked<F> {
        fn drop(this: Pin<&mut Self>) {
            this.end();
        }
    }
}

impl<F: Future> Tracked<F> {
    pub(super) fn new(tasks: &Rc<Tasks>, future: F) -> Self {
        Self { future: Some(Caught::new(future)), place: Some(tasks.enter()), tasks: Rc::clone(tasks) }
    }
}

impl<F> Tracked<F> {
    fn end(self: Pin<&mut Self>) {
        let mut this = self.project();
        this.future.set(None);
        if let Some(place) = mem::take(this.place) {
            this.tasks.leave(place);
        }
    }
}

impl<F: Future> Future for Tracked<F> {
    type Output = Output<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.as_mut().project();
        let output = match (this.future.as_pin_mut(), *this.place) {
            (Some(future), Some(place)) if !this.tasks.are_over() => {
                this.tasks.polled(place, cx.waker());
                ready!(future.poll(cx))
            }
            _ => Output::new(Err(JoinError::dropped())),
        };
        self.end();
        Poll::Ready(output)
    }
}
