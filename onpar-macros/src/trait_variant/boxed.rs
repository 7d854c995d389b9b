//! What stands between the `Box` of an object and the trait.

use proc_macro2::Span;
use syn::TypeParamBound;

use super::family::{Family, needs_size};
use super::method::{Method, Takes};
use super::side::{Side, is};

/// What a `Box` of an object cannot have, so that it cannot implement the trait.
pub(crate) fn missing_in_a_box(family: &Family<'_>, side: &Side) -> Option<Span> {
    let fits = |method: &&Method| {
        if method.needs_size() {
            return method.body.is_some();
        }
        matches!(method.takes, Takes::Ref | Takes::Mut | Takes::Value | Takes::Box)
    };
    let method = family.methods.iter().find(|method| !fits(method)).map(|method| method.name().span());
    let ty = || family.types().find(|ty| needs_size(ty)).map(|ty| ty.ident.span());
    // Whether a box has somebody else's trait is not known here, and cannot be asked for a type without parameters.
    let known =
        |bound: &&TypeParamBound| ["Send", "Sync", "Unpin", "Debug", "Display"].iter().any(|name| is(bound, name));
    let supertrait =
        || family.traits_of_wrapper(side).iter().find(|bound| !known(bound)).map(syn::spanned::Spanned::span);
    method.or_else(ty).or_else(supertrait)
}
