//! The hidden trait, which can be a trait object: its methods return calls whose type is known. And its `impl` for all that
//! implement the trait.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{GenericParam, Lifetime, Type, TypeParamBound};

use super::Object;
use crate::trait_variant::expand::forwarding::{
    asked_of_value, bounds_of_types, conditions, hidden_method, predicates,
};
use crate::trait_variant::expand::returned::root_at;
use crate::trait_variant::expand::send_trait::head;
use crate::trait_variant::expand::unimplemented;
use crate::trait_variant::method::{Method, Returns, Takes};
use crate::trait_variant::of_call::{OfCall, of_call};
use crate::trait_variant::side::Side;

impl Object<'_> {
    /// The hidden trait.
    pub(super) fn erased(&self) -> TokenStream {
        let hidden = self.hidden();
        let item = &self.family.input.item;
        let mut generics = item.generics.clone();
        let mut rename = self.family.rename();
        let is_send = matches!(self.side, Side::Send(_));
        if is_send {
            rename.visit_generics_mut(&mut generics);
        }
        let clause = generics.where_clause.take();
        let of_send = if is_send { &*self.family.input.options.bounds } else { &[] };
        let predicates = clause.iter().flat_map(|clause| &clause.predicates).chain(of_send);
        let supertraits = &item.supertraits;
        let mut supertraits = supertraits.clone();
        if is_send {
            supertraits.iter_mut().for_each(|bound| rename.visit_type_param_bound_mut(bound));
        }
        let supertraits: Vec<_> = supertraits.iter().map(|it| quote!(#it)).chain(self.autos()).collect();
        let colon = (!supertraits.is_empty()).then(|| quote!(:));
        let types = self.types().map(|ty| {
            let mut ty = ty.clone();
            ty.attrs.retain(|attribute| attribute.path().is_ident("cfg"));
            if is_send {
                self.family.rename().visit_trait_item_type_mut(&mut ty);
            }
            quote!(#[allow(missing_docs)] #ty)
        });
        let methods = self.methods().map(|method| {
            let (head, output, clause) = self.erased_signature(method);
            let conditions = method.conditions();
            quote_spanned!(method.span()=> #(#conditions)* #[doc(hidden)] #head #output where #(#clause),*;)
        });
        let (vis, unsafety, conditions) = (&item.vis, &item.unsafety, conditions(self.family));
        let unimplemented = unimplemented::of_object(self.family, self.of, &self.variant.name, &self.autos());
        quote! {
            #(#conditions)*
            #[doc(hidden)]
            #unimplemented
            #[allow(dead_code, clippy::missing_safety_doc, clippy::too_many_arguments)]
            #vis #unsafety trait #hidden #generics #colon #(#supertraits)+* where #(#predicates),* {
                #(#types)*
                #(#methods)*
            }
        }
    }

    /// The signature of a method of the hidden trait: up to what it returns, that, and its predicates.
    fn erased_signature(&self, method: &Method) -> (TokenStream, TokenStream, Vec<TokenStream>) {
        let mut signature = method.plain_signature();
        signature.ident = hidden_method(method);
        let bounds = if matches!(self.side, Side::Send(_)) { &*method.bounds } else { &[] };
        let declared = signature.generics.where_clause.iter().flat_map(|clause| &clause.predicates).chain(bounds);
        let mut clause: Vec<_> = declared.map(|it| quote!(#it)).collect();
        if matches!(method.returns, Returns::Plain) {
            let output = &signature.output;
            return (head(&signature), quote!(#output), clause);
        }
        let (span, root) = (method.span(), self.root());
        let generated = quote!(#root::generated);
        let named = method.named();
        let of_call = of_call(method);
        let (lifetime, outlive) = match &of_call {
            OfCall::IsThat(lifetime) => (lifetime.clone(), Vec::new()),
            OfCall::IsWithin(lifetime) => (lifetime.clone(), named.lifetimes.clone()),
        };
        let declared = signature.generics.lifetimes().map(|it| quote!(#it));
        let mut lifetimes: Vec<_> = declared.collect();
        let known: Vec<_> = signature.generics.lifetimes().map(|it| it.lifetime.clone()).collect();
        lifetimes.extend(named.lifetimes.iter().filter(|it| !known.contains(it)).map(|it| quote!(#it)));
        if matches!(of_call, OfCall::IsWithin(_)) {
            lifetimes.push(quote!(#lifetime));
            if method.receiver().is_some() {
                clause.push(quote_spanned!(span=> Self: #lifetime));
            }
        }
        clause.extend(outlive.iter().map(|it| quote_spanned!(span=> #it: #lifetime)));
        for parameter in &self.family.generics().params {
            match parameter {
                GenericParam::Type(it) => {
                    let name = &it.ident;
                    clause.push(quote_spanned!(span=> #name: #lifetime));
                }
                GenericParam::Lifetime(it) => {
                    let name = &it.lifetime;
                    clause.push(quote_spanned!(span=> #name: #lifetime));
                }
                GenericParam::Const(_) => {}
            }
        }
        let arguments = named.arguments.iter().zip(method.argument_names()).map(|(ty, name)| quote!(#name: #ty));
        let receiver =
            named.receiver.iter().zip(method.this()).map(|(ty, this)| match (&named.of_self, method.takes) {
                (Some(of_self), Takes::Ref) => quote!(&#of_self #this),
                (Some(of_self), Takes::Mut) => quote!(&#of_self mut #this),
                (_, Takes::Value) => quote!(#this: #generated::Box<Self>),
                _ => quote!(#this: #ty),
            });
        let inputs = receiver.chain(arguments);
        let (name, unsafety) = (&signature.ident, &signature.unsafety);
        let output = self.call_type(method, &named.output, &lifetime);
        (quote_spanned!(span=> #unsafety fn #name<#(#lifetimes),*>(#(#inputs),*)), quote!(-> #output), clause)
    }

    /// `Call<'f, T>`
    fn call_type(&self, method: &Method, output: &Type, lifetime: &Lifetime) -> TokenStream {
        let span = method.span();
        let marker = self.side.marker(method, self.root());
        let root = root_at(self.root(), span);
        match &method.returns {
            Returns::Future(..) => {
                if let Some(bytes) = &self.family.input.options.inline {
                    quote_spanned!(span=> #root::InlineCall<#lifetime, #output, #bytes, #marker>)
                } else {
                    quote_spanned!(span=> #root::Call<#lifetime, #output, #marker>)
                }
            }
            Returns::Iterator(..) => quote_spanned!(span=> #root::IterCall<#lifetime, #output, #marker>),
            Returns::Stream(..) => quote_spanned!(span=> #root::StreamCall<#lifetime, #output, #marker>),
            Returns::Opaque(bounds) => {
                let traits = bounds.iter().filter(|bound| matches!(bound, TypeParamBound::Trait(_)));
                let autos = match &self.side {
                    Side::Send(autos) if method.is_proved() => {
                        let autos = autos.all(self.root(), span);
                        quote!(+ #autos)
                    }
                    _ => TokenStream::new(),
                };
                quote_spanned!(span=> #root::generated::Box<dyn #(#traits)+* #autos + #lifetime>)
            }
            Returns::Plain => TokenStream::new(),
        }
    }

    /// `impl<S: Service> __DynService for S`
    pub(super) fn blanket(&self) -> TokenStream {
        let root = self.root();
        let family = self.family;
        let value: Type = syn::parse_quote!(__Value);
        let (of, hidden) = (family.path(self.of), family.path(&self.hidden()));
        let clause = predicates(family, &value, &of, &self.side);
        let asked = asked_of_value(family, &value, &self.side);
        let autos = self.autos();
        let autos = (!autos.is_empty()).then(|| quote!(__Value: #(#autos)+*,));
        let renamed = bounds_of_types(family, &value, &of, &self.side);
        let (lifetimes, parameters) = family.parameters();
        let types = self.types().map(|it| {
            let name = &it.ident;
            let conditions = it.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
            quote!(#(#conditions)* type #name = <#value as #of>::#name;)
        });
        let methods = self.methods().map(|method| {
            let span = method.span();
            let root = root_at(root, span);
            let (head, output, clause) = self.erased_signature(method);
            let (name, arguments) = (method.name(), method.argument_names());
            let by_value = method.takes == Takes::Value;
            let this = method.this().map(|this| if by_value { quote!(*#this) } else { quote!(#this) });
            let arguments = this.into_iter().chain(arguments.iter().map(|name| quote!(#name)));
            let mut call = quote_spanned!(span=> <#value as #of>::#name(#(#arguments),*));
            if method.is_unsafe() {
                call = quote_spanned!(span=> unsafe { #call });
            }
            let body = match &method.returns {
                Returns::Future(..) => {
                    let of = if family.input.options.inline.is_some() { quote!(InlineCall) } else { quote!(Call) };
                    let new = if self.side.is_send(method) { quote!(of_send) } else { quote!(new) };
                    quote_spanned!(span=> #root::#of::#new(#call))
                }
                Returns::Iterator(..) => quote_spanned!(span=> #root::IterCall::new(#call)),
                Returns::Stream(..) => quote_spanned!(span=> #root::StreamCall::new(#call)),
                Returns::Opaque(_) => quote_spanned!(span=> #root::generated::Box::new(#call)),
                Returns::Plain => call,
            };
            let conditions = method.conditions();
            quote_spanned!(span=> #(#conditions)* #[inline] #head #output where #(#clause),* { #body })
        });
        let (unsafety, conditions) = (&family.input.item.unsafety, conditions(family));
        quote! {
            #(#conditions)*
            #[automatically_derived]
            #unsafety impl<#(#lifetimes,)* #(#parameters,)* __Value> #hidden for __Value
            where
                __Value: #of,
                #autos
                #(#clause,)*
                #(#asked,)*
                #(#renamed,)*
            {
                #(#types)*
                #(#methods)*
            }
        }
    }
}
