//! Methods that exist only under a `#[cfg]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::family::Family;
use super::method::Method;

/// The conditions under which some of the methods that are proved are there.
pub(crate) fn conditional(family: &Family<'_>) -> Vec<TokenStream> {
    let mut conditional: Vec<TokenStream> = Vec::new();
    for condition in family.methods.iter().filter(|method| method.is_proved()).filter_map(condition_of) {
        if !conditional.iter().any(|other| other.to_string() == condition.to_string()) {
            conditional.push(condition);
        }
    }
    conditional
}

/// The condition under which a method is there.
pub(crate) fn condition_of(method: &Method) -> Option<TokenStream> {
    let parts: Vec<_> = method.conditions().filter_map(|it| Some(&it.meta.require_list().ok()?.tokens)).collect();
    (!parts.is_empty()).then(|| quote!(all(#(#parts),*)))
}
