//! A scope in an arena, and its guards.

use core::convert::Infallible;

use onpar_scope::{ArenaChild, ArenaGuard, ArenaScope};

use super::resource::Resource;

pub(super) type Scope<'scope, 'env> = ArenaScope<'scope, 'env>;

pub(super) trait Methods<'scope> {
    fn hold(&self, resource: Resource) -> ArenaGuard<'scope, Resource, Infallible>;

    fn child<Fut: Future + 'scope>(&'scope self, future: Fut) -> ArenaChild<'scope, Fut::Output>
    where
        Fut::Output: 'scope;
}

impl<'scope> Methods<'scope> for ArenaScope<'scope, '_> {
    fn hold(&self, resource: Resource) -> ArenaGuard<'scope, Resource, Infallible> {
        let name = resource.name;
        self.guard(resource).expect("room for a guard").named(name)
    }

    fn child<Fut: Future + 'scope>(&'scope self, future: Fut) -> ArenaChild<'scope, Fut::Output>
    where
        Fut::Output: 'scope,
    {
        self.spawn(future).expect("room for a child")
    }
}

macro_rules! outer {
    ($body:expr) => {
        onpar_scope::scope_in(core::pin::pin!(onpar_scope::Arena::<65536>::new()), $body)
    };
}
macro_rules! inner {
    ($s:ident, $body:expr) => {
        $s.scope($body).expect("room for a scope")
    };
}

#[path = "scenarios.rs"]
pub(super) mod scenarios;
