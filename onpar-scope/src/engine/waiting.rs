//! [`Waiting`]: those who wait for something to become true of a scope.

use core::task::{Context, Poll, Waker};
use std::sync::{OnceLock, PoisonError};

use crate::sync::Mutex;

/// The wakers of those who wait. For every thread.
pub(super) struct Waiting {
    /// Made by the first who waits: most scopes are never waited for in this way.
    wakers: OnceLock<Mutex<Wakers>>,
}

/// Each waker with the ticket of its future.
#[derive(Default)]
struct Wakers {
    last: u64,
    waiting: Vec<(u64, Waker)>,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self { wakers: OnceLock::new() }
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
        let old = match waiting.iter_mut().find(|(other, _)| *other == ticket) {
            Some((_, waker)) if waker.will_wake(cx.waker()) => None,
            Some((_, waker)) => Some(core::mem::replace(waker, cx.waker().clone())),
            None => {
                waiting.push((ticket, cx.waker().clone()));
                None
            }
        };
        // Not under the lock: it is other people's code, and may drop somebody who waits here too.
        drop(wakers);
        drop(old);
        Poll::Pending
    }

    /// Wakes all who wait.
    pub(super) fn wake_all(&self) {
        if let Some(wakers) = self.wakers.get() {
            let woken = core::mem::take(&mut wakers.lock().unwrap_or_else(PoisonError::into_inner).waiting);
            for (_, waker) in woken {
                waker.wake();
            }
        }
    }

    /// The future with this ticket waits no more.
    pub(super) fn leave(&self, ticket: u64) {
        if let Some(wakers) = self.wakers.get() {
            let mut wakers = wakers.lock().unwrap_or_else(PoisonError::into_inner);
            let left = wakers.waiting.iter().position(|(other, _)| *other == ticket);
            let waker = left.map(|left| wakers.waiting.swap_remove(left));
            // Not under the lock: it is other people's code.
            drop(wakers);
            drop(waker);
        }
    }
}
