//! The trait for its object, and for a box of it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Type, WherePredicate};

use super::Object;
use crate::trait_variant::boxed::missing_in_a_box;
use crate::trait_variant::expand::forwarding::{conditions, forwarded, hidden_method};
use crate::trait_variant::expand::returned::root_at;
use crate::trait_variant::family::of_self;
use crate::trait_variant::method::{Method, Returns, Takes};
use crate::trait_variant::of_call::{OfCall, of_call};
use crate::trait_variant::siblings::mentions_any;
use crate::trait_variant::side::Side;

/// What the trait is implemented for.
pub(super) enum Form {
    Object,
    Boxed,
}

impl Object<'_> {
    /// `impl Service for DynService`
    pub(super) fn implementation(&self, ty: &Type, form: &Form) -> TokenStream {
        let family = self.family;
        let of = family.path(self.of);
        let parameters = self.parameters(true);
        let mut clause: Vec<TokenStream> = Vec::new();
        let mut predicates: Vec<WherePredicate> = family.where_clause();
        if matches!(self.side, Side::Send(_)) {
            let of_send = family.input.options.bounds.iter().filter(|it| of_self(it).is_none());
            predicates.extend(of_send.cloned());
        }
        for mut predicate in predicates {
            self.visit(|visitor| visitor.visit_where_predicate_mut(&mut predicate));
            if matches!(self.side, Side::Send(_)) {
                family.rename().visit_where_predicate_mut(&mut predicate);
            }
            clause.push(quote!(#predicate));
        }
        clause.extend(self.send_arguments());
        let types = self.types().map(|it| {
            let (name, parameter) = (&it.ident, self.parameter(&it.ident));
            let conditions = it.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
            quote!(#(#conditions)* type #name = #parameter;)
        });
        let constants = family.constants().filter_map(|(it, wishes)| {
            let (name, ty, value) = (&it.ident, &it.ty, wishes.object.as_ref()?);
            let conditions = it.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
            Some(quote!(#(#conditions)* const #name: #ty = #value;))
        });
        let methods = self.methods().map(|method| self.method(method, form));
        let (unsafety, conditions) = (&family.input.item.unsafety, conditions(family));
        quote! {
            #(#conditions)*
            #[automatically_derived]
            #unsafety impl<#(#parameters),*> #of for #ty where #(#clause,)* {
                #(#types)*
                #(#constants)*
                #(#methods)*
            }
        }
    }

    /// The arguments that wait in an `async` block around a call for its first poll have to be `Send`. Those that have no
    /// parameter in them are, or are not, whoever calls.
    fn send_arguments(&self) -> Vec<TokenStream> {
        if !matches!(self.side, Side::Send(_)) {
            return Vec::new();
        }
        let root = self.root();
        let around =
            self.methods().filter(|method| method.is_proved() && matches!(of_call(method), OfCall::IsWithin(_)));
        let parameters: Vec<_> = self.family.generics().type_params().map(|it| it.ident.clone()).collect();
        let mut asked = Vec::new();
        for method in around {
            let named = method.named();
            for ty in &named.arguments {
                if !mentions_any(ty, &parameters) {
                    continue;
                }
                let mut ty = ty.clone();
                self.visit(|visitor| visitor.visit_type_mut(&mut ty));
                let lifetimes = &named.lifetimes;
                let binder = (!lifetimes.is_empty()).then(|| quote!(for<#(#lifetimes),*>));
                let root = root_at(root, method.span());
                asked.push(quote_spanned!(method.span()=> #binder #ty: #root::generated::core::marker::Send));
            }
        }
        asked
    }

    /// A method of the object.
    fn method(&self, method: &Method, form: &Form) -> TokenStream {
        let root = self.root();
        let span = method.span();
        forwarded(self.family, method, &self.side, |arguments| {
            let name = hidden_method(method);
            let this = method.this();
            if let (Form::Boxed, Some(this), true) = (form, &this, self.implements_itself()) {
                let (object, of, name) = (self.object(), self.family.path(self.of), method.name());
                let this = match method.takes {
                    Takes::Ref => quote!(&**#this),
                    Takes::Mut => quote!(&mut **#this),
                    _ => quote!(*#this),
                };
                return quote_spanned!(span=> <#object as #of>::#name(#this #(, #arguments)*));
            }
            let call = match (form, &this) {
                (Form::Object, Some(this)) => quote_spanned!(span=> #this.#name(#(#arguments),*)),
                (Form::Boxed, Some(this)) => {
                    let (object, hidden) = (self.object(), self.family.path(&self.hidden()));
                    let this = match method.takes {
                        Takes::Ref => quote!(&**#this),
                        Takes::Mut => quote!(&mut **#this),
                        Takes::Box => quote!(*#this),
                        _ => quote!(#this),
                    };
                    quote_spanned!(span=> <#object as #hidden>::#name(#this #(, #arguments)*))
                }
                (_, None) => quote!(),
            };
            match (&method.returns, of_call(method)) {
                (Returns::Future(..), OfCall::IsThat(_)) => self.side.wrap(method, root, call),
                (Returns::Future(..), OfCall::IsWithin(_)) => {
                    let call = if method.is_unsafe() { quote_spanned!(span=> unsafe { #call }) } else { call };
                    let future = quote_spanned!(span=> async move { #call.await });
                    self.side.wrap(method, root, future)
                }
                _ => call,
            }
        })
    }

    /// `impl Service for Box<DynService>`
    pub(super) fn boxed(&self) -> TokenStream {
        if !self.boxed {
            return TokenStream::new();
        }
        let root = self.root();
        if missing_in_a_box(self.family, &self.side).is_some() {
            return TokenStream::new();
        }
        let object = self.object();
        let boxed: Type = syn::parse_quote!(#root::generated::Box<#object>);
        let implementation = self.implementation(&boxed, &Form::Boxed);
        quote!(#root::generated::if_alloc! { #implementation })
    }
}
