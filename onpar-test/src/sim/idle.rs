//! [`Idle`]: waits until nothing is ready, without the clock going on.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;

use super::scheduler::{Shared, Wait};

/// Waits until no other task is ready. Made by [`Rt::idle`](super::Rt::idle).
///
/// # Cancel safety
///
/// Dropping it loses nothing.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Idle {
    shared: Arc<Shared>,
    asked: bool,
}

impl Idle {
    pub(super) const fn new(shared: Arc<Shared>) -> Self {
        Self { shared, asked: false }
    }
}

impl Future for Idle {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // The scheduler empties the list when nothing is ready. A wake from elsewhere finds it still filled.
        let waker = cx.waker().clone();
        let mut state = self.shared.lock();
        let waiting = state.idle.iter().position(|other| other.will_wake(&waker));
        if self.asked && waiting.is_none() {
            drop(state);
            return Poll::Ready(());
        }
        if waiting.is_none() {
            state.idle.push(waker);
        }
        state.waits(Wait::Idle);
        drop(state);
        self.asked = true;
        Poll::Pending
    }
}

impl fmt::Debug for Idle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idle").field("asked", &self.asked).finish_non_exhaustive()
    }
}
