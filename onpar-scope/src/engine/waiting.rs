//! [`Waiting`]: those who wait for something to become true of a scope.

use alloc::collections::BTreeMap;
use core::task::{Context, Poll, Waker};
use std::sync::PoisonError;

use super::once_box::OnceBox;
use crate::sync::Mutex;

/// The wakers of those who wait. For every thread.
pub(super) struct Waiting {
    /// Made by the first who waits: most scopes are never waited for in this way.
    wakers: OnceBox<Mutex<Wakers>>,
}

/// The waker of each future, by its ticket: all children of a scope may wait for its end, and each is found in a few steps.
#[derive(Default)]
struct Wakers {
    last: u64,
    waiting: BTreeMap<u64, Waker>,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self { wakers: OnceBox::new() }
    }

    /// Asks `answer`, and waits until [`wake_all`](Self::wake_all) if it has none. The ticket is the waiting future's, and none
    /// at first.
    ///
    /// No change is missed if the answer hangs on an atomic that both sides touch by read-modify-writes which release and
    /// acquire: those have an order. Either the change comes after our look, and then whoever made it sees the lock that was
    /// made before the look, and behind it the waker; or it came before, and is seen here.
    pub(super) fn poll<R>(
        &self,
        ticket: &mut Option<u64>,
        cx: &mut Context<'_>,
        answer: impl FnOnce() -> Option<R>,
    ) -> Poll<R> {
        let mut wakers =
            self.wakers.get_or_init(|| Mutex::new(Wakers::default())).lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answer() {
            return Poll::Ready(answer);
        }
        let Wakers { last, waiting } = &mut *wakers;
        let ticket = *ticket.get_or_insert_with(|| {
            *last += 1;
            *last
        });
        let known = waiting.get(&ticket).is_some_and(|waker| waker.will_wake(cx.waker()));
        let old = if known { None } else { waiting.insert(ticket, cx.waker().clone()) };
        // Not under the lock: it is other people's code, and may drop somebody who waits here too.
        drop(wakers);
        drop(old);
        Poll::Pending
    }

    /// Wakes all who wait.
    #[inline]
    pub(super) fn wake_all(&self) {
        if let Some(wakers) = self.wakers.get() {
            wake_all(wakers);
        }
    }

    /// The future with this ticket waits no more.
    pub(super) fn leave(&self, ticket: u64) {
        if let Some(wakers) = self.wakers.get() {
            let mut wakers = wakers.lock().unwrap_or_else(PoisonError::into_inner);
            let waker = wakers.waiting.remove(&ticket);
            // Not under the lock: it is other people's code.
            drop(wakers);
            drop(waker);
        }
    }
}

#[cold]
fn wake_all(wakers: &Mutex<Wakers>) {
    let woken = core::mem::take(&mut wakers.lock().unwrap_or_else(PoisonError::into_inner).waiting);
    woken.into_values().for_each(Waker::wake);
}
