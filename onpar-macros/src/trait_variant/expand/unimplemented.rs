//! What the compiler says where a value does not have a form of the trait: which one that is, and what to write.
//!
//! Input: `trait Service`, `send = SendService`, `dyn_send = DynSendService`
//! Output: `#[diagnostic::on_unimplemented(..)]` for `SendService`, and for the hidden trait behind `DynSendService`, which no
//! reader of an error has written.
//!
//! The attribute has no path that nothing can shadow: it cannot be used where `diagnostic` means something else, or where there
//! is no prelude. The option `plain_errors` is for there.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Ident};

use crate::trait_variant::check;
use crate::trait_variant::family::Family;

/// For the `Send` sibling. An author who has words for the trait has them for the sibling too.
pub(crate) fn of_sibling(family: &Family<'_>, send: &Ident) -> TokenStream {
    let item = &family.input.item;
    if family.input.options.plain_errors || item.attrs.iter().any(is_on_unimplemented) {
        return TokenStream::new();
    }
    let of = family.name();
    let message = format!("`{{Self}}` does not implement `{send}`, the sibling of `{of}` whose futures are `Send`");
    let label = "the futures of this are not known to be `Send`";
    let notes = becomes(family, send);
    quote!(#[diagnostic::on_unimplemented(message = #message, label = #label, #notes)])
}

/// For the hidden trait of an object of `of`. The compiler says it whatever is missing, be it one of the auto traits.
pub(crate) fn of_object(family: &Family<'_>, of: &Ident, object: &Ident, autos: &[TokenStream]) -> TokenStream {
    if family.input.options.plain_errors {
        return TokenStream::new();
    }
    let autos = autos.iter().filter_map(|path| path.clone().into_iter().last());
    let asked: Vec<_> = [of.to_string()].into_iter().chain(autos.map(|it| it.to_string())).collect();
    let (asked, label) = match &*asked {
        [one] => (format!("`{one}`"), "this does not implement it"),
        [first @ .., last] => (format!("`{}` and `{last}`", first.join("`, `")), "this does not implement all of them"),
        [] => return TokenStream::new(),
    };
    let message = format!("`{{Self}}` cannot become a `{object}`, which takes what implements {asked}");
    let notes = (of != family.name()).then(|| becomes(family, of));
    quote!(#[diagnostic::on_unimplemented(message = #message, label = #label, #notes)])
}

/// How what implements the plain trait becomes one of the sibling.
fn becomes(family: &Family<'_>, send: &Ident) -> TokenStream {
    let of = family.name();
    let on_the_impl = format!("`#[trait_variant(send = {send})]` on the `impl` of `{of}`, which then is one of both");
    if check::no_constructor(family).is_some() {
        let note = format!("what implements `{of}` alone becomes a `{send}` by {on_the_impl}");
        return quote!(note = #note);
    }
    let wrap = format!("what implements `{of}` alone becomes a `{send}` by `{of}!(value)`");
    let note = format!("or by {on_the_impl}");
    quote!(note = #wrap, note = #note)
}

fn is_on_unimplemented(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "on_unimplemented")
}
