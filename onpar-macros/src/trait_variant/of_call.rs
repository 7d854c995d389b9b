//! [`OfCall`]: the lifetime of a call.

use proc_macro2::Span;
use syn::Lifetime;

use super::method::{Method, Takes};

/// The lifetime of a call.
pub(crate) enum OfCall {
    /// That of `&self`, which all else outlives.
    IsThat(Lifetime),
    /// One that all others outlive.
    IsWithin(Lifetime),
}

pub(crate) fn of_call(method: &Method) -> OfCall {
    let named = method.named();
    match (&named.of_self, &*named.lifetimes) {
        (Some(of_self), [only]) if of_self == only && matches!(method.takes, Takes::Ref | Takes::Mut) => {
            OfCall::IsThat(only.clone())
        }
        _ => OfCall::IsWithin(Lifetime::new("'__call", Span::mixed_site().located_at(method.name().span()))),
    }
}
