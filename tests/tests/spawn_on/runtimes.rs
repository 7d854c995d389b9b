//! [`Shelf`]: a runtime that the family does not know. Its tasks and calls lie on a shelf until the test polls or drops them.
//! [`Threads`]: one that has a thread for each call.

use alloc::sync::Arc;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Waker};
use std::sync::{Mutex, PoisonError};
use std::thread;

use futures::channel::oneshot;
use futures::future::{FutureExt as _, Map};
use onpar_core::{Blocking, JoinError, Spawn};

type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

#[derive(Clone, Default)]
pub(crate) struct Shelf {
    tasks: Arc<Mutex<Vec<Boxed>>>,
    polled: Arc<AtomicBool>,
}

impl Shelf {
    fn take(&self) -> Vec<Boxed> {
        core::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Polls each task once, woken or not.
    pub(crate) fn poll_all(&self) {
        let mut tasks = self.take();
        tasks.retain_mut(|task| task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).append(&mut tasks);
        self.polled.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_been_polled(&self) -> bool {
        self.polled.load(Ordering::Relaxed)
    }

    /// As a runtime that shuts down.
    pub(crate) fn drop_all(&self) {
        drop(self.take());
    }

    pub(crate) fn len(&self) -> usize {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

type Received<T> = Result<T, oneshot::Canceled>;

impl Spawn for Shelf {
    type Task<T: Send + 'static> = Map<oneshot::Receiver<T>, fn(Received<T>) -> Result<T, JoinError>>;

    fn spawn<F>(&self, future: F) -> Self::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let (give, given) = oneshot::channel();
        let task = async move { drop(give.send(future.await)) };
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(Box::pin(task));
        given.map(|received| received.map_err(|_| JoinError::dropped()))
    }
}

impl Blocking for Shelf {
    type Call<T: Send + 'static> = <Self as Spawn>::Task<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Self::Call<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.spawn(async move { call() })
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Threads;

impl Blocking for Threads {
    type Call<T: Send + 'static> = <Shelf as Spawn>::Task<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Self::Call<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (give, given) = oneshot::channel();
        thread::spawn(move || drop(give.send(call())));
        given.map(|received: Received<T>| received.map_err(|_| JoinError::dropped()))
    }
}
