//! [`Nursery`]: what the programs use of a scope, whatever its kind.

use onpar_scope::{BoundedScope, Cancellation, Child, RaceOkScope, Scope, Settled, TryScope};
use onpar_test::Rt;

use crate::oracle::Error;
use crate::run::{Boxed, Outcome};

pub(crate) trait Nursery<'s>: Sync {
    fn spawn(&'s self, work: Boxed<'s, Outcome>) -> Option<Box<dyn Handle<'s> + 's>>;

    fn spawn_on(&'s self, rt: &Rt, work: Boxed<'static, Outcome>) -> Option<Box<dyn Handle<'s> + 's>>;

    fn settled(&self) -> Settled<'_>;

    fn cancelled(&self) -> Cancellation;

    /// Fails the scope, if it is one that can.
    fn fail(&self) {}

    /// Cancels the scope, if it is one that can be.
    fn cancel(&self) {}
}

/// A child of any type.
pub(crate) trait Handle<'s>: Send {
    fn wait(self: Box<Self>) -> Boxed<'s, ()>;

    fn cancel(self: Box<Self>) -> Boxed<'s, ()>;
}

impl<'s, T: Send + 's> Handle<'s> for Child<'s, T> {
    fn wait(self: Box<Self>) -> Boxed<'s, ()> {
        Box::pin(async { drop((*self).await) })
    }

    fn cancel(self: Box<Self>) -> Boxed<'s, ()> {
        Box::pin(async { drop((*self).cancel().await) })
    }
}

macro_rules! nursery {
    ($Scope:ty $(, $fallible:item)*) => {
        impl<'s> Nursery<'s> for $Scope {
            fn spawn(&'s self, work: Boxed<'s, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
                Some(Box::new(self.spawn(work)))
            }

            fn spawn_on(&'s self, rt: &Rt, work: Boxed<'static, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
                Some(Box::new(Scope::spawn_on(self, rt, work)))
            }

            fn settled(&self) -> Settled<'_> {
                Scope::settled(self)
            }

            fn cancelled(&self) -> Cancellation {
                Scope::cancelled(self)
            }

            $($fallible)*
        }
    };
}

nursery!(Scope<'s, '_>);
nursery!(RaceOkScope<'s, '_, (), Error>);
nursery!(
    TryScope<'s, '_, Error>,
    fn fail(&self) {
        TryScope::fail(self, Error);
    },
    fn cancel(&self) {
        TryScope::cancel(self, "the program says so");
    }
);

impl<'s> Nursery<'s> for BoundedScope<'s, '_> {
    fn spawn(&'s self, work: Boxed<'s, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
        Some(Box::new(self.try_spawn(work).ok()?))
    }

    /// It has no tasks.
    fn spawn_on(&'s self, _: &Rt, _: Boxed<'static, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
        None
    }

    fn settled(&self) -> Settled<'_> {
        self.settled()
    }

    fn cancelled(&self) -> Cancellation {
        self.cancelled()
    }
}
