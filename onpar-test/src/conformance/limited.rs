//! [`Limited`]: a check that is ended when it takes too long, and whose panics are failures.
//!
//! The runtime that is checked may have a broken clock, so the time is taken by a thread of its own. Where there are no threads,
//! nothing ends a check that does not end. It is taken in small steps: while the whole process stands still, no more than one of
//! them passes.

use core::any::Any;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use pin_project_lite::pin_project;

use super::Verdict;

pin_project! {
    pub(super) struct Limited<F> {
        #[pin]
        check: F,
        limit: Duration,
        watch: Arc<Mutex<Watch>>,
        // Dropped with the check, which ends the thread.
        ended: Option<Sender<()>>,
    }
}

#[derive(Default)]
struct Watch {
    waker: Option<Waker>,
    over: bool,
}

impl<F> Limited<F> {
    pub(super) fn new(check: F, limit: Duration) -> Self {
        Self { check, limit, watch: Arc::default(), ended: None }
    }
}

impl<F: Future<Output = Verdict>> Future for Limited<F> {
    type Output = Verdict;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Verdict> {
        let this = self.project();
        let mut watch = lock(this.watch);
        watch.waker = Some(cx.waker().clone());
        let over = watch.over;
        drop(watch);
        if over {
            return Poll::Ready(Err(format!("it has not ended after {:?}", this.limit)));
        }
        if this.ended.is_none() {
            *this.ended = Some(start(Arc::clone(this.watch), *this.limit));
        }
        let polled = catch_unwind(AssertUnwindSafe(|| this.check.poll(cx)));
        polled.unwrap_or_else(|payload| Poll::Ready(Err(format!("it panicked: {}", words(&*payload)))))
    }
}

/// In how many steps the time is taken.
const STEPS: u32 = 100;

/// Starts the thread. It ends when the sender is dropped, or when the time is over.
fn start(watch: Arc<Mutex<Watch>>, limit: Duration) -> Sender<()> {
    let (sender, receiver) = mpsc::channel();
    let watching = thread::Builder::new().spawn(move || {
        if (0..STEPS).all(|_| receiver.recv_timeout(limit / STEPS) == Err(RecvTimeoutError::Timeout)) {
            let mut watch = lock(&watch);
            watch.over = true;
            let waker = watch.waker.take();
            drop(watch);
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    });
    drop(watching);
    sender
}

fn lock(watch: &Mutex<Watch>) -> MutexGuard<'_, Watch> {
    watch.lock().unwrap_or_else(PoisonError::into_inner)
}

fn words(payload: &(dyn Any + Send)) -> &str {
    let words = payload.downcast_ref::<&'static str>().copied();
    words.or_else(|| payload.downcast_ref::<String>().map(|words| &**words)).unwrap_or("without words")
}
