//! The attribute on an `impl`: both siblings from one body.
//!
//! Input: `#[trait_variant(send = SendService, where(S: Sync))] impl<S: Service> Service for Log<S> { async fn call(&self) { body } }`
//! Output: the `impl` as it is, and
//!
//! ```text
//! const _: () = {
//!     use SendService as Service;
//!     impl<S: Service> Service for Log<S> where S: Sync {
//!         fn call(&self) -> SendFuture<impl Future<Output = ()>> { SendFuture::new(async move { body }) }
//!     }
//! };
//! ```
//!
//! In there the name of the plain trait means the sibling, so that bounds and bodies say the right thing as they stand,
//! also where they stand in a macro.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{ImplItem, ItemImpl, Path};

use super::body::Body;
use super::own::Own;
use super::send_trait::head;
use crate::trait_variant::family::carried;
use crate::trait_variant::method::Method;
use crate::trait_variant::parse::{Impl, Send};
use crate::trait_variant::siblings::Rename;
use crate::trait_variant::side::{Autos, Side};

/// `of` is the trait that is implemented, `send` the option.
pub(crate) fn expand(input: &Impl, of: &Path, send: &Send) -> TokenStream {
    let Some(sibling) = &send.path else {
        // It is the `impl` of the sibling already, and perhaps one of two.
        return sibling_impl(input, input.item.clone(), of, &Rename::new(&[]), send);
    };
    let mut item = input.item.clone();
    Own::new(&input.item, of).write(&mut item);
    let mut plain = of.clone();
    if let Some(last) = plain.segments.last_mut() {
        last.arguments = syn::PathArguments::None;
    }
    let mut rename = Rename::new(&input.options.siblings);
    rename.add(&plain, sibling);
    let implementation = sibling_impl(input, item.clone(), of, &rename, send);
    let imports = rename.imports(&implementation);
    quote! {
        #item
        const _: () = {
            #imports
            #implementation
        };
    }
}

fn sibling_impl(input: &Impl, mut item: ItemImpl, of: &Path, rename: &Rename, send: &Send) -> TokenStream {
    let root = &input.options.root;
    // A name of one word is imported; a longer path is led to the sibling where it stands.
    let mut longer = rename.longer();
    let side = Side::Send(Autos::of(send.bounds.as_ref()));
    longer.visit_generics_mut(&mut item.generics);
    let mut of = of.clone();
    longer.visit_path_mut(&mut of);
    let (generics, ty, unsafety) = (&item.generics, &item.self_ty, &item.unsafety);
    let clause = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let predicates = clause.chain(&input.options.bounds);
    let attributes = carried(&item.attrs);
    let attributes = attributes.iter().filter(|attribute| !attribute.path().is_ident("doc"));
    let items = item.items.iter().zip(&input.wishes).map(|(item, wishes)| match item {
        ImplItem::Fn(it) => {
            let mut it = it.clone();
            longer.clone().visit_impl_item_fn_mut(&mut it);
            let method = Method::of_impl(&it, wishes);
            method_of_sibling(&method, &side, root)
        }
        other => {
            let mut other = other.clone();
            longer.clone().visit_impl_item_mut(&mut other);
            quote!(#other)
        }
    });
    let parameters = &generics.params;
    quote! {
        #(#attributes)*
        #unsafety impl<#parameters> #of for #ty where #(#predicates),* {
            #(#items)*
        }
    }
}

fn method_of_sibling(method: &Method, side: &Side, root: &Path) -> TokenStream {
    let span = method.span();
    let Some(block) = &method.body else { return TokenStream::new() };
    // The names are led to the siblings around the whole `impl`.
    let body = Body::new(method, block, &Rename::new(&[]), root);
    let value = side.wrap(method, root, body.value);
    let output = side.output(method, root);
    let head = head(&body.signature);
    let clause = body.signature.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let predicates = clause.chain(&method.bounds);
    let attributes = carried(&method.attributes);
    quote_spanned! {span=>
        #(#attributes)*
        #head #output where #(#predicates),* {
            #value
        }
    }
}
