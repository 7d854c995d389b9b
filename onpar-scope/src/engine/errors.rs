//! [`Errors`]: what the body and the children of a fallible scope have failed with.
//!
//! A scope in which the first success counts is the same with the roles changed: there, what ends it is a value.

use std::sync::{Mutex, PoisonError};

use onpar_core::CancelReason;

use super::frame::Verdict;
use super::shared::Shared;
use crate::sync::{AtomicUsize, Ordering};

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
    /// Cancels them: it is no failure, but what they all raced for.
    FirstWins = 2,
}

impl<E> Errors<E> {
    pub(crate) fn new(policy: Policy) -> Self {
        Self { list: Mutex::default(), policy: AtomicUsize::new(policy as usize) }
    }

    /// Before the scope is polled.
    pub(crate) fn set_policy(&self, policy: Policy) {
        self.policy.store(policy as usize, Ordering::Relaxed);
    }

    fn is(&self, policy: Policy) -> bool {
        self.policy.load(Ordering::Relaxed) == policy as usize
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    pub(crate) fn take(&self) -> Vec<E> {
        core::mem::take(&mut *self.list.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn add(&self, error: E) {
        self.list.lock().unwrap_or_else(PoisonError::into_inner).push(error);
    }
}

/// Drops the errors when it is dropped itself, also by a panic: none is kept longer than it may live.
pub(crate) struct Emptied<'a, E>(pub(crate) &'a Errors<E>);

impl<E> Drop for Emptied<'_, E> {
    fn drop(&mut self) {
        drop(self.0.take());
    }
}

/// A scope that may fail.
pub(crate) struct Failing<'scope, E> {
    scope: &'scope Shared,
    errors: &'scope Errors<E>,
}

impl<E> Clone for Failing<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Failing<'_, E> {}

impl<'scope, E> Failing<'scope, E> {
    pub(crate) fn new(scope: &'scope Shared, errors: &'scope Errors<E>) -> Self {
        Self { scope, errors }
    }

    pub(crate) fn errors(self) -> &'scope Errors<E> {
        self.errors
    }

    /// Some work of the scope has failed. Gives what there is to be said of it.
    pub(crate) fn fail(self, error: E) -> Verdict {
        if self.errors.is(Policy::FirstWins) && !self.errors.is_empty() {
            // A second winner comes too late. Dropped here, where what it guards is the scope's to clean up.
            return Verdict::Won;
        }
        self.errors.add(error);
        if self.errors.is(Policy::FirstWins) {
            self.scope.cancel(CancelReason::LostRace);
            return Verdict::Won;
        }
        if self.errors.is(Policy::FailFast) {
            self.scope.cancel(CancelReason::SiblingFailed);
        } else {
            // The body's value will not be given out.
            self.scope.ending().strike();
        }
        Verdict::Failed
    }

    /// The scope is to be cancelled, which is an error of its own. Once is enough.
    pub(crate) fn cancel(self, reason: CancelReason, error: impl FnOnce() -> E) {
        if self.scope.ending().reason().is_none() {
            self.errors.add(error());
            self.scope.cancel(reason);
        }
    }
}
