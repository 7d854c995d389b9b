//! What the attribute writes.
//!
//! Input: a trait, or an `impl`, that passed the check.
//! Output: it, and beside it its forms, each of which has a file here that says what goes in and what comes out.
//!
//! All names of other crates stand under the root that the options give, so nothing that the user has in scope is ever meant by
//! them. What is generated for a method stands, for the compiler, at the name of that method: errors point there.

mod body;
mod constructor;
mod forwarding;
mod implementation;
mod object;
mod own;
mod returned;
mod send_trait;
mod unimplemented;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Path};

use self::object::Object;
use super::family::Family;
use super::method::Takes;
use super::parse::{Impl, Pointer, Send, Trait};
use super::side::{Autos, Side};

/// All forms of a trait.
pub(crate) fn of_trait(input: &Trait) -> TokenStream {
    let family = Family::new(input);
    let options = &input.options;
    let plain = plain(input);
    let pointers: Vec<_> = options.forward.iter().flat_map(|it| &it.pointers).map(|it| it.0).collect();
    // That of a `Box` of any size, which is there if nothing is taken by value, is that of an object too.
    let boxed = !pointers.contains(&Pointer::Box) || family.any_takes(Takes::Value);
    let forward = |name: &Ident, side: &Side| {
        let forward = pointers.iter().map(|pointer: &Pointer| forwarding::pointer(&family, *pointer, name, side));
        quote!(#(#forward)*)
    };
    let mut forms = vec![forward(family.name(), &Side::Plain)];
    let send =
        options.send.as_ref().and_then(|it| Some((it.path.as_ref()?.get_ident()?, Autos::of(it.bounds.as_ref()))));
    if let Some((name, autos)) = &send {
        let side = Side::Send(autos.clone());
        let unique = constructor::unique(family.name());
        forms.push(send_trait::expand(&family, name, &side));
        forms.push(constructor::expand(&family, name, autos, &unique));
        forms.push(forwarding::local(&family, name));
        forms.push(forward(name, &side));
    }
    if let Some(variant) = &options.object {
        forms.push(Object { family: &family, variant, of: family.name(), side: Side::Plain, boxed }.expand());
    }
    if let (Some(variant), Some((name, autos))) = (&options.send_object, &send) {
        forms.push(Object { family: &family, variant, of: name, side: Side::Send(autos.clone()), boxed }.expand());
    }
    quote!(#plain #(#forms)*)
}

/// The trait as the user wrote it. It says what its siblings are, since that is where a reader looks.
fn plain(input: &Trait) -> TokenStream {
    let mut item = input.item.clone();
    let options = &input.options;
    let mut forms = Vec::new();
    if let Some(send) = options.send.as_ref().and_then(|it| it.path.as_ref()).and_then(Path::get_ident) {
        forms.push(format!("[`{send}`] is the sibling whose futures are `Send`"));
    }
    for variant in options.object.iter().chain(&options.send_object) {
        let name = &variant.name;
        forms.push(format!("[`{name}`] is a trait object"));
    }
    let documented = item.attrs.iter().any(|attribute| attribute.path().is_ident("doc"));
    if documented && !forms.is_empty() {
        let note = format!(" {}.", forms.join("; "));
        item.attrs.push(syn::parse_quote!(#[doc = ""]));
        item.attrs.push(syn::parse_quote!(#[doc = #note]));
    }
    // Whoever uses one form of a trait need not use the others.
    quote! {
        #[allow(async_fn_in_trait, dead_code)]
        #item
    }
}

/// Both `impl`s.
pub(crate) fn of_impl(input: &Impl, of: &Path, send: &Send) -> TokenStream {
    implementation::expand(input, of, send)
}
