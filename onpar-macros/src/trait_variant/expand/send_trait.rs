//! The `Send` sibling.
//!
//! Input: `trait Service { async fn call(&self, r: Req) -> T; }`
//! Output: `trait SendService { fn call(&self, r: Req) -> SendFuture<impl Future<Output = T>>; }`
//!
//! A sibling and no subtrait, which would make every call ambiguous; and not implemented for all that implement the plain
//! trait, which would forbid generic middleware to implement it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Ident, ItemTrait, Path, Signature, TraitItem};

use super::body::Body;
use super::returned::root_at;
use super::unimplemented;
use crate::trait_variant::family::{Family, carried};
use crate::trait_variant::method::{Method, Takes};
use crate::trait_variant::side::Side;

pub(crate) fn expand(family: &Family<'_>, name: &Ident, side: &Side) -> TokenStream {
    let mut rename = family.rename();
    let ItemTrait { vis, unsafety, generics, supertraits, attrs, .. } = &family.input.item;
    let (mut generics, mut supertraits) = (generics.clone(), supertraits.clone());
    rename.visit_generics_mut(&mut generics);
    supertraits.iter_mut().for_each(|bound| rename.visit_type_param_bound_mut(bound));
    let clause = generics.where_clause.take();
    let predicates = clause.iter().flat_map(|clause| &clause.predicates).chain(&family.input.options.bounds);
    let colon = (!supertraits.is_empty()).then(|| quote!(:));

    let mut methods = family.methods.iter();
    let items = family.input.item.items.iter().map(|item| match item {
        TraitItem::Fn(_) => methods.next().map(|method| trait_method(family, method, side)).unwrap_or_default(),
        TraitItem::Type(it) => {
            let mut it = it.clone();
            it.attrs = carried(&it.attrs);
            rename.visit_trait_item_type_mut(&mut it);
            quote!(#it)
        }
        TraitItem::Const(it) => {
            let mut it = it.clone();
            it.attrs = carried(&it.attrs);
            quote!(#it)
        }
        other => quote!(#other),
    });
    let items: Vec<_> = items.collect();
    let attributes = carried(attrs);
    let documented = attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
    let between = documented.then(|| quote!(#[doc = ""]));
    let of = family.name();
    let note = format!(
        " This is the sibling of [`{of}`] whose futures are `Send`. What implements `{of}` becomes one by `{of}!(value)`, and \
         what implements this one becomes a `{of}` by `Local(value)`.",
    );
    let unimplemented = unimplemented::of_sibling(family, name);
    quote! {
        #(#attributes)*
        #between
        #[doc = #note]
        #unimplemented
        #[allow(dead_code)]
        #vis #unsafety trait #name #generics #colon #supertraits where #(#predicates),* {
            #(#items)*
        }
    }
}

fn trait_method(family: &Family<'_>, method: &Method, side: &Side) -> TokenStream {
    let root = family.root;
    let span = method.span();
    let attributes = carried(&method.attributes);
    let output = side.output(method, root);
    let (signature, body) = match &method.body {
        Some(block) => {
            let body = Body::new(method, block, &family.rename(), root);
            let value = if method.is_proved() { side.wrap(method, root, body.value) } else { body.value };
            (body.signature, quote_spanned!(span=> { #value }))
        }
        None => (method.signature.clone(), quote!(;)),
    };
    let head = head(&signature);
    let asked = asked_by_body(method, root).map(|bounds| quote_spanned!(span=> Self: #bounds));
    let clause = signature.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let predicates = clause.chain(&method.bounds).map(|it| quote!(#it)).chain(asked);
    quote_spanned! {span=>
        #(#attributes)*
        #head #output where #(#predicates),* #body
    }
}

/// What a default body asks of `Self`, since its future holds `self`.
pub(crate) fn asked_by_body(method: &Method, root: &Path) -> Option<TokenStream> {
    if method.body.is_none() || !method.is_proved() || method.signature.asyncness.is_none() {
        return None;
    }
    let span = method.span();
    let root = root_at(root, span);
    let held = quote_spanned!(span=> #root::generated);
    match method.takes {
        Takes::Nothing => None,
        Takes::Ref => Some(quote_spanned!(span=> #held::HeldByRef)),
        Takes::Mut | Takes::Value | Takes::Box => Some(quote_spanned!(span=> #held::Held)),
        Takes::Shared | Takes::Other => Some(quote_spanned!(span=> #held::Held + #held::HeldByRef)),
    }
}

/// A signature up to what it returns.
pub(crate) fn head(signature: &Signature) -> TokenStream {
    let Signature { constness, unsafety, abi, ident, generics, inputs, .. } = signature;
    let parameters = &generics.params;
    let parameters = (!parameters.is_empty()).then(|| quote!(<#parameters>));
    quote!(#constness #unsafety #abi fn #ident #parameters (#inputs))
}
