//! The futures of local tasks, in the thread that runs the simulation.
//!
//! A handle of the runtime is `Send + Sync`, and a local task's future is not, so the two cannot share a home. A
//! thread-local holds the futures; simulations may be nested, and each finds its own by number.

use core::cell::RefCell;
use core::pin::Pin;
use core::sync::atomic::{AtomicU64, Ordering};
use std::collections::BTreeMap;

use super::task_id::TaskId;

pub(super) type LocalFuture = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    static FUTURES: RefCell<BTreeMap<u64, BTreeMap<TaskId, LocalFuture>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A number for a simulation, which no other has in this process.
pub(super) fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Makes this thread the home of a simulation's local tasks.
pub(super) fn open(sim: u64) {
    FUTURES.with_borrow_mut(|sims| sims.insert(sim, BTreeMap::new()));
}

/// Whether this thread runs the simulation.
pub(super) fn is_open(sim: u64) -> bool {
    FUTURES.with_borrow(|sims| sims.contains_key(&sim))
}

/// Hands the future back if the simulation does not run on this thread.
pub(super) fn put(sim: u64, id: TaskId, future: LocalFuture) -> Option<LocalFuture> {
    FUTURES.with_borrow_mut(|sims| match sims.get_mut(&sim) {
        Some(futures) => {
            futures.insert(id, future);
            None
        }
        None => Some(future),
    })
}

pub(super) fn take(sim: u64, id: TaskId) -> Option<LocalFuture> {
    FUTURES.with_borrow_mut(|sims| sims.get_mut(&sim)?.remove(&id))
}

/// Drops the local tasks that are left. Those find the simulation gone, so no new ones come.
pub(super) fn close(sim: u64) {
    let futures = FUTURES.with_borrow_mut(|sims| sims.remove(&sim));
    drop(futures);
}
