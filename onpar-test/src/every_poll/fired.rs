//! `Fired`: whether a fault has been injected.

use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

/// Whether a fault has been injected. Clones are the same flag.
#[derive(Clone, Debug, Default)]
pub(super) struct Fired(Arc<AtomicBool>);

impl Fired {
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
