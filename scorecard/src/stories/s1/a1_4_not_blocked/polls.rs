//! [`Polls`]: counts the polls of a task, and the cleanups that block it.

use alloc::sync::Arc;
use core::pin::pin;
use core::sync::atomic::{AtomicU64, Ordering};

use futures::future::poll_fn;

/// The polls of one task, and of the cleanups in it: how many there were, and how many began and ended within one poll.
#[derive(Clone, Debug, Default)]
pub(super) struct Polls(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    polls: AtomicU64,
    cleanups: AtomicU64,
    blocked: AtomicU64,
}

impl Polls {
    /// Counts the polls of `task`.
    pub(super) async fn of<F: Future>(&self, task: F) -> F::Output {
        let mut task = pin!(task);
        poll_fn(|cx| {
            self.0.polls.fetch_add(1, Ordering::SeqCst);
            task.as_mut().poll(cx)
        })
        .await
    }

    /// Runs a cleanup that does wait for something, and sees whether its task was polled meanwhile.
    pub(super) async fn cleanup(&self, cleanup: impl Future<Output = ()>) {
        let before = self.0.polls.load(Ordering::SeqCst);
        cleanup.await;
        let blocked = before == self.0.polls.load(Ordering::SeqCst);
        self.0.cleanups.fetch_add(1, Ordering::SeqCst);
        self.0.blocked.fetch_add(u64::from(blocked), Ordering::SeqCst);
    }

    pub(super) fn cleanups(&self) -> u64 {
        self.0.cleanups.load(Ordering::SeqCst)
    }

    pub(super) fn blocked(&self) -> u64 {
        self.0.blocked.load(Ordering::SeqCst)
    }
}
