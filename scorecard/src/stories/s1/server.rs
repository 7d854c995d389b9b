//! [`Server`]: allows one connection at a time.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::executor::Rt;

/// What people are told who connect while somebody else still is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AlreadyOpen;

/// A server that allows one connection. Connecting takes 1 ms, a query 50 ms, closing 5 ms.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) rt: Rt,
    open: AtomicBool,
    opens: AtomicU64,
    closes: AtomicU64,
}

impl Server {
    pub(super) fn new(rt: &Rt) -> Arc<Self> {
        let rt = rt.clone();
        Arc::new(Self { rt, open: AtomicBool::default(), opens: AtomicU64::default(), closes: AtomicU64::default() })
    }

    pub(super) async fn accept(&self) -> Result<(), AlreadyOpen> {
        self.rt.millis(1).await;
        if self.open.swap(true, Ordering::SeqCst) {
            return Err(AlreadyOpen);
        }
        self.opens.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    pub(super) async fn query(&self) {
        self.rt.millis(50).await;
    }

    pub(super) async fn close(&self) {
        self.rt.millis(5).await;
        self.open.store(false, Ordering::SeqCst);
        self.closes.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether somebody is connected.
    pub(super) fn is_open(&self) -> bool {
        self.open.load(Ordering::SeqCst)
    }

    /// How often somebody has connected.
    pub(super) fn opens(&self) -> u64 {
        self.opens.load(Ordering::SeqCst)
    }

    /// How often somebody has closed.
    pub(super) fn closes(&self) -> u64 {
        self.closes.load(Ordering::SeqCst)
    }
}
