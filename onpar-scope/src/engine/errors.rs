//! [`Errors`]: what the body and the children of a fallible scope have failed with.

use std::sync::{Mutex, PoisonError};

use onpar_core::CancelReason;

use super::driver_ref::DriverWith;
use crate::sync::{AtomicUsize, Ordering};

/// A driver with the errors of its scope.
pub(crate) type FallibleDriver<E> = DriverWith<Errors<E>>;

/// For every thread. The scope's future takes the errors out before it ends, so none is kept longer than it may live.
pub(crate) struct Errors<E> {
    /// In the order in which they came.
    list: Mutex<Vec<E>>,
    policy: AtomicUsize,
}

/// What a failure does to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Cancels them.
    FailFast = 0,
    /// Nothing.
    CollectAll = 1,
}

impl<E> Errors<E> {
    pub(crate) fn new() -> Self {
        Self { list: Mutex::default(), policy: AtomicUsize::new(Policy::FailFast as usize) }
    }

    /// Before the scope is polled.
    pub(crate) fn set_policy(&self, policy: Policy) {
        self.policy.store(policy as usize, Ordering::Relaxed);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    pub(crate) fn take(&self) -> Vec<E> {
        core::mem::take(&mut *self.list.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, error: E) {
        self.list.lock().unwrap_or_else(PoisonError::into_inner).push(error);
    }
}

/// What any thread may use of a fallible driver.
pub(crate) struct Failing<'scope, E>(&'scope FallibleDriver<E>);

// SAFETY: the methods are for every thread; they put errors into a lock and take them out, perhaps on another thread.
unsafe impl<E: Send> Send for Failing<'_, E> {}
// SAFETY: as above.
unsafe impl<E: Send> Sync for Failing<'_, E> {}

impl<E> Clone for Failing<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Failing<'_, E> {}

impl<'scope, E> Failing<'scope, E> {
    pub(crate) fn new(driver: &'scope FallibleDriver<E>) -> Self {
        Self(driver)
    }

    pub(crate) fn errors(self) -> &'scope Errors<E> {
        &self.0.state
    }

    /// Some work of the scope has failed.
    pub(crate) fn fail(self, error: E) {
        self.errors().add(error);
        if self.errors().policy.load(Ordering::Relaxed) == Policy::FailFast as usize {
            self.0.driver.shared().cancel(CancelReason::SiblingFailed);
        } else {
            // The body's value will not be given out.
            self.0.driver.shared().ending().strike();
        }
    }

    /// The scope is to be cancelled, which is an error of its own. Once is enough.
    pub(crate) fn cancel(self, reason: CancelReason, error: impl FnOnce() -> E) {
        let shared = self.0.driver.shared();
        if shared.ending().reason().is_none() {
            self.errors().add(error());
            shared.cancel(reason);
        }
    }
}
