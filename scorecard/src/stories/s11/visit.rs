//! Clients that open a [`Door`] and have to close it, which takes time, once for each tool.

use alloc::sync::Arc;
use core::convert::Infallible;
use core::sync::atomic::{AtomicU64, Ordering};

use onpar::trait_variant;
use onpar_core::{AsyncDrop, ExitReason};
use onpar_scope::guard;

use crate::executor::Rt;

/// Counts who is in.
#[derive(Clone, Default)]
pub(super) struct Door(Arc<AtomicU64>);

impl Door {
    pub(super) fn is_open(&self) -> bool {
        self.0.load(Ordering::SeqCst) != 0
    }

    fn open(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    async fn close(&self, rt: &Rt) {
        rt.millis(2).await;
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// How long a visit takes, in milliseconds.
pub(super) const VISIT: u64 = 12;

/// With onpar.
#[trait_variant(send = SendVisit, dyn_send = DynSendVisit)]
pub(super) trait Visit {
    async fn visit(&self, rt: &Rt);
}

/// With async-trait.
#[async_trait::async_trait]
pub(super) trait BoxedVisit {
    async fn visit(&self, rt: &Rt);
}

/// An open door, that closes itself asynchronously.
struct Opened(Door, Rt);

impl AsyncDrop for Opened {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        self.0.close(&self.1).await;
        Ok(())
    }
}

impl Visit for Door {
    async fn visit(&self, rt: &Rt) {
        self.open();
        let opened = guard(Opened(self.clone(), rt.clone()));
        for _ in 0..VISIT {
            rt.millis(1).await;
        }
        match opened.close().await {
            Ok(()) => {}
        }
    }
}

/// An open door whose `Drop` closes it in a task, which is all that it can do.
struct Leaving(Door, Rt);

impl Drop for Leaving {
    fn drop(&mut self) {
        let (door, rt) = (self.0.clone(), self.1.clone());
        self.1.spawn(async move { door.close(&rt).await });
    }
}

#[async_trait::async_trait]
impl BoxedVisit for Door {
    async fn visit(&self, rt: &Rt) {
        self.open();
        let _leaving = Leaving(self.clone(), rt.clone());
        for _ in 0..VISIT {
            rt.millis(1).await;
        }
    }
}
