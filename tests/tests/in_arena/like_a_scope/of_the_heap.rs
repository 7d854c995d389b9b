//! A scope of the heap, and its guards.

use onpar_scope::{ByAsyncDrop, LocalChild, LocalGuard, LocalScope, local_guard};

use super::resource::Resource;

pub(super) type Scope<'scope, 'env> = LocalScope<'scope, 'env>;

pub(super) trait Methods<'scope> {
    fn hold(&self, resource: Resource) -> LocalGuard<Resource, ByAsyncDrop> {
        let name = resource.name;
        local_guard(resource).named(name)
    }

    fn child<Fut: Future + 'scope>(&'scope self, future: Fut) -> LocalChild<'scope, Fut::Output>
    where
        Fut::Output: 'scope;
}

impl<'scope> Methods<'scope> for LocalScope<'scope, '_> {
    fn child<Fut: Future + 'scope>(&'scope self, future: Fut) -> LocalChild<'scope, Fut::Output>
    where
        Fut::Output: 'scope,
    {
        self.spawn(future)
    }
}

macro_rules! outer {
    ($body:expr) => {
        onpar_scope::local_scope($body)
    };
}
macro_rules! inner {
    ($s:ident, $body:expr) => {
        onpar_scope::local_scope($body)
    };
}

#[path = "scenarios.rs"]
pub(super) mod scenarios;
