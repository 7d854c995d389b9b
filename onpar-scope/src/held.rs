//! [`Held`]: what both kinds of guards hold, and how it becomes a node.

use core::panic::Location;

use onpar_core::ExitReason;

use crate::cleanup::{Cleanup, LocalCleanup};
use crate::engine::driver_ref::DriverRef;
use crate::engine::handover::Origin;
use crate::engine::job::CleanupJob;
use crate::engine::node::Kind;
use crate::engine::owned::Owned;

/// A value, how it is cleaned up, and where its guard was made.
pub(crate) struct Held<T, C> {
    pub(crate) value: T,
    cleanup: C,
    pub(crate) origin: Origin,
}

impl<T, C> Held<T, C> {
    #[inline]
    pub(crate) fn new(kind: Kind, value: T, cleanup: C, location: &'static Location<'static>) -> Self {
        Self { value, cleanup, origin: Origin::here(kind, core::any::type_name::<T>(), location) }
    }

    /// As a cleanup that any scope may run, with the scope in which the guard was made.
    #[inline]
    pub(crate) fn into_node(self) -> (Owned, Option<DriverRef>)
    where
        T: Send + 'static,
        C: Cleanup<T>,
    {
        let Origin { driver, key, label } = self.origin;
        let job = CleanupJob::new((self.value, self.cleanup), |(value, cleanup): (T, C), reason: ExitReason| {
            cleanup.run(value, reason)
        });
        (Owned::new(job, label, key), driver)
    }

    /// As a cleanup that the local scopes of this thread may run, with the local scope in which the guard was made.
    pub(crate) fn into_local_node(self) -> (Owned, Option<DriverRef>)
    where
        T: 'static,
        C: LocalCleanup<T>,
    {
        let Origin { driver, key, label } = self.origin;
        let job = CleanupJob::new((self.value, self.cleanup), |(value, cleanup): (T, C), reason: ExitReason| {
            cleanup.run(value, reason)
        });
        (Owned::new_local(job, label, key), driver)
    }
}
