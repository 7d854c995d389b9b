//! [`Held`]: a value whose cleanup takes two polls, and how many there have been.

use alloc::sync::Arc;
use core::convert::Infallible;
use core::sync::atomic::{AtomicU64, Ordering};

use onpar_core::{AsyncDrop, ExitReason};
use onpar_scope::{Guard, guard};

use crate::executor::Rt;

/// How many values have been made, and how many cleaned up.
#[derive(Debug, Default)]
pub(super) struct Tally {
    opened: AtomicU64,
    closed: AtomicU64,
}

impl Tally {
    pub(super) fn opened(&self) -> u64 {
        self.opened.load(Ordering::SeqCst)
    }

    pub(super) fn closed(&self) -> u64 {
        self.closed.load(Ordering::SeqCst)
    }
}

/// Counts when it is cleaned up.
pub(super) struct Held {
    rt: Rt,
    tally: Arc<Tally>,
}

impl Held {
    pub(super) fn new(rt: &Rt, tally: &Arc<Tally>) -> Self {
        tally.opened.fetch_add(1, Ordering::SeqCst);
        Self { rt: rt.clone(), tally: Arc::clone(tally) }
    }

    pub(super) fn guarded(rt: &Rt, tally: &Arc<Tally>) -> Guard<Self> {
        guard(Self::new(rt, tally))
    }
}

impl AsyncDrop for Held {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        self.rt.millis(1).await;
        self.tally.closed.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}
