//! [`Server`]: allows one connection at a time.

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::executor::Rt;

/// What people are told who connect while somebody else still is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AlreadyOpen;

/// A server that allows one connection. Connecting takes 1 ms, closing 5 ms.
///
/// Time is whose who asks, since a server lives longer than the runtimes of those who connect.
#[derive(Debug, Default)]
pub(super) struct Server {
    open: AtomicBool,
    opens: AtomicU64,
    closes: AtomicU64,
}

/// How long a query takes, in milliseconds.
pub(super) const QUERY: u64 = 50;

impl Server {
    pub(super) async fn accept(&self, rt: &Rt) -> Result<(), AlreadyOpen> {
        rt.millis(1).await;
        if self.open.swap(true, Ordering::SeqCst) {
            return Err(AlreadyOpen);
        }
        self.opens.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    pub(super) async fn close(&self, rt: &Rt) {
        rt.millis(5).await;
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
