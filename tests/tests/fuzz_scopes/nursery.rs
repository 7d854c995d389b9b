//! [`Nursery`]: what the programs use of a scope, whatever its kind.

use onpar_scope::{BoundedScope, Cancellation, Cancelled, Child, RaceOkScope, Scope, Settled, TryScope};
use onpar_test::Rt;

use crate::run::{Boxed, Outcome};

/// An error of a program.
#[derive(Clone, Debug)]
pub(crate) struct Error(#[expect(dead_code, reason = "shown where a program fails")] pub(crate) u32);

impl From<Cancelled> for Error {
    fn from(_: Cancelled) -> Self {
        Self(0)
    }
}

pub(crate) trait Nursery<'s>: Sync {
    fn spawn(&'s self, work: Boxed<'s, Outcome>) -> Option<Box<dyn Handle<'s> + 's>>;

    fn spawn_on(&'s self, rt: &Rt, work: Boxed<'static, Outcome>) -> Option<Box<dyn Handle<'s> + 's>>;

    fn fail(&self, error: Error);

    fn cancel(&self);

    fn settled(&self) -> Settled<'_>;

    fn cancelled(&self) -> Cancellation;
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
    ($Scope:ty, $scope:ident, $error:ident, $fail:expr, $cancel:expr) => {
        impl<'s> Nursery<'s> for $Scope {
            fn spawn(&'s self, work: Boxed<'s, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
                Some(Box::new(self.spawn(work)))
            }

            fn spawn_on(&'s self, rt: &Rt, work: Boxed<'static, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
                Some(Box::new(Scope::spawn_on(self, rt, work)))
            }

            fn fail(&self, $error: Error) {
                let $scope = self;
                $fail
            }

            fn cancel(&self) {
                let $scope = self;
                $cancel
            }

            fn settled(&self) -> Settled<'_> {
                Scope::settled(self)
            }

            fn cancelled(&self) -> Cancellation {
                Scope::cancelled(self)
            }
        }
    };
}

nursery!(Scope<'s, '_>, _s, _error, {}, {});
nursery!(TryScope<'s, '_, Error>, s, error, s.fail(error), s.cancel("the program says so"));
nursery!(RaceOkScope<'s, '_, (), Error>, _s, _error, {}, {});

impl<'s> Nursery<'s> for BoundedScope<'s, '_> {
    fn spawn(&'s self, work: Boxed<'s, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
        Some(Box::new(self.try_spawn(work).ok()?))
    }

    fn spawn_on(&'s self, _: &Rt, work: Boxed<'static, Outcome>) -> Option<Box<dyn Handle<'s> + 's>> {
        self.spawn(work)
    }

    fn fail(&self, _: Error) {}

    fn cancel(&self) {}

    fn settled(&self) -> Settled<'_> {
        self.settled()
    }

    fn cancelled(&self) -> Cancellation {
        self.cancelled()
    }
}
