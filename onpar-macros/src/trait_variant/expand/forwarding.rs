//! `impl`s that forward to the value in a wrapper, or behind a pointer: [`Local`](local), and `forward(..)`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Ident, Path, Type, WherePredicate};

use super::returned::root_at;
use super::send_trait::{asked_by_body, head};
use crate::trait_variant::check::{is_known, mentions_self};
use crate::trait_variant::family::{Family, hidden, of_self, predicate_in_place_of_self};
use crate::trait_variant::method::{Method, Takes};
use crate::trait_variant::parse::Pointer;
use crate::trait_variant::side::{Autos, Side, is};

/// `impl Service for Local<S> where S: SendService`.
pub(crate) fn local(family: &Family<'_>, send: &Ident) -> TokenStream {
    if family.bare_self().is_some() || !family.methods.iter().all(is_known) {
        return TokenStream::new();
    }
    let root = family.root;
    let value: Type = syn::parse_quote!(__Value);
    let (of, to) = (family.path(send), family.path(family.name()));
    let clause = predicates(family, &value, &of, &Side::Plain);
    let supertraits = family.traits_of_wrapper(&Side::Plain);
    let supertraits = (!supertraits.is_empty()).then(|| quote!(#root::Local<__Value>: #(#supertraits)+*));
    let renamed = bounds_of_types(family, &value, &of, &Side::Plain);
    let asked = asked_of_value(family, &value, &Side::Send(Autos::of(None)));
    let (lifetimes, parameters) = family.parameters();
    let items = items(family, &value, &of, &Side::Plain, |method| {
        let this = method.this();
        let root = root_at(root, method.span());
        match method.takes {
            Takes::Ref => quote_spanned!(method.span()=> &#this.0),
            Takes::Mut => quote_spanned!(method.span()=> &mut #this.0),
            Takes::Value => quote_spanned!(method.span()=> #this.0),
            _ => quote_spanned!(method.span()=> #root::generated::Wrapped::unwrap(#this)),
        }
    });
    let (unsafety, conditions) = (&family.input.item.unsafety, conditions(family));
    quote! {
        #(#conditions)*
        #[automatically_derived]
        #unsafety impl<#(#lifetimes,)* #(#parameters,)* __Value> #to for #root::Local<__Value>
        where
            __Value: #of,
            #(#clause,)*
            #(#renamed,)*
            #(#asked,)*
            #supertraits
        {
            #items
        }
    }
}

/// `impl Service for &S where S: Service`, and for other pointers.
pub(crate) fn pointer(family: &Family<'_>, pointer: Pointer, name: &Ident, side: &Side) -> TokenStream {
    let root = family.root;
    let value: Type = syn::parse_quote!(__Value);
    let to = family.path(name);
    let generated = quote!(#root::generated);
    let (lifetime, of) = match pointer {
        Pointer::Ref => (Some(quote!('__to,)), quote!(&'__to __Value)),
        Pointer::Mut => (Some(quote!('__to,)), quote!(&'__to mut __Value)),
        Pointer::Box => (None, quote!(#generated::Box<__Value>)),
        Pointer::Rc => (None, quote!(#generated::Rc<__Value>)),
        Pointer::Arc => (None, quote!(#generated::Arc<__Value>)),
    };
    let by_value = family.any_takes(Takes::Value);
    let sized = (!by_value).then(|| quote!(+ ?#generated::core::marker::Sized));
    let clause = predicates(family, &value, &to, side);
    let asked = asked_of_value(family, &value, side);
    let supertraits = family.traits_of_wrapper(side);
    let supertraits = (!supertraits.is_empty()).then(|| quote!(#of: #(#supertraits)+*));
    let (lifetimes, parameters) = family.parameters();
    let items = items(family, &value, &to, side, |method| {
        let this = method.this();
        match method.takes {
            Takes::Ref => quote_spanned!(method.span()=> &**#this),
            Takes::Mut => quote_spanned!(method.span()=> &mut **#this),
            _ => quote_spanned!(method.span()=> *#this),
        }
    });
    let (unsafety, conditions) = (&family.input.item.unsafety, conditions(family));
    let forward = quote! {
        #(#conditions)*
        #[automatically_derived]
        #unsafety impl<#lifetime #(#lifetimes,)* #(#parameters,)* __Value> #to for #of
        where
            __Value: #to #sized,
            #(#clause,)*
            #(#asked,)*
            #supertraits
        {
            #items
        }
    };
    match pointer {
        Pointer::Ref | Pointer::Mut => forward,
        Pointer::Box | Pointer::Rc | Pointer::Arc => quote!(#generated::if_alloc! { #forward }),
    }
}

/// The attributes that decide whether the trait is there.
pub(crate) fn conditions<'a>(family: &Family<'a>) -> impl Iterator<Item = &'a syn::Attribute> + use<'a> {
    family.input.item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"))
}

/// The `where` clause of the trait, for another type than `Self`.
pub(crate) fn predicates(family: &Family<'_>, value: &Type, of: &Path, side: &Side) -> Vec<WherePredicate> {
    let mut rename = family.rename();
    let of_send = if matches!(side, Side::Send(_)) { &*family.input.options.bounds } else { &[] };
    let mut predicates = family.where_clause();
    predicates.extend(of_send.iter().filter(|it| of_self(it).is_none()).cloned());
    for predicate in &mut predicates {
        // What is written here names the trait that the value implements, and stays.
        if matches!(side, Side::Send(_)) {
            rename.visit_where_predicate_mut(predicate);
        }
        *predicate = predicate_in_place_of_self(value, of, predicate);
    }
    predicates
}

/// The bounds on associated types that name a trait with siblings: that one of them holds says nothing about the other.
pub(crate) fn bounds_of_types(family: &Family<'_>, value: &Type, of: &Path, to: &Side) -> Vec<TokenStream> {
    let mut bounds = Vec::new();
    for ty in family.types().filter(|ty| ty.generics.params.is_empty()) {
        for bound in &ty.bounds {
            let mut renamed = bound.clone();
            family.rename().visit_type_param_bound_mut(&mut renamed);
            if quote!(#renamed).to_string() != quote!(#bound).to_string() {
                let name = &ty.ident;
                let wanted = if matches!(to, Side::Plain) { bound } else { &renamed };
                bounds.push(quote!(<#value as #of>::#name: #wanted));
            }
        }
    }
    bounds
}

/// What some methods ask of `Self`: their `where` clauses, and, on the `Send` side, their default bodies. A method that forwards
/// has to know it of the value, which an `impl` says once for all.
pub(crate) fn asked_of_value(family: &Family<'_>, value: &Type, side: &Side) -> Vec<TokenStream> {
    let mut asked = Vec::new();
    for method in &family.methods {
        let declared = method.signature.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        let on_this_side = if matches!(side, Side::Send(_)) { &*method.bounds } else { &[] };
        for predicate in declared.chain(on_this_side) {
            if let Some(bounds) = of_self(predicate) {
                let bounds = bounds.iter().filter(|bound| !is(bound, "Sized"));
                asked.extend(bounds.map(|bound| quote!(#value: #bound)));
            }
        }
        if matches!(side, Side::Send(_))
            && let Some(bounds) = asked_by_body(method, family.root)
        {
            asked.push(quote!(#value: #bounds));
        }
    }
    asked
}

/// A default body that takes or returns a `Self` stays, with that of the wrapper.
pub(crate) fn is_forwarded(method: &Method) -> bool {
    method.body.is_none() || !mentions_self(method)
}

/// The items of an `impl` that forwards all of them to `value`, which implements `of`.
pub(crate) fn items(
    family: &Family<'_>,
    value: &Type,
    of: &Path,
    side: &Side,
    this: impl Fn(&Method) -> TokenStream,
) -> TokenStream {
    let (types, constants) = (types(family, value, of), constants(family, value, of));
    let methods = family.methods.iter().filter(|method| is_forwarded(method)).map(|method| {
        let receiver = method.this().map(|_| this(method));
        forwarded(family, method, side, |arguments| {
            let (name, parameters) = (method.name(), method.parameters());
            let parameters: Vec<_> = parameters.collect();
            let turbofish = (!parameters.is_empty()).then(|| quote!(::<#(#parameters),*>));
            let arguments = receiver.iter().cloned().chain(arguments.iter().map(|name| quote!(#name)));
            quote_spanned!(method.span()=> <#value as #of>::#name #turbofish(#(#arguments),*))
        })
    });
    quote!(#types #constants #(#methods)*)
}

/// `type Response = <Value as Service>::Response;`
pub(crate) fn types(family: &Family<'_>, value: &Type, of: &Path) -> TokenStream {
    let types = family.types().map(|it| {
        let (name, parameters) = (&it.ident, &it.generics.params);
        let parameters = (!parameters.is_empty()).then(|| quote!(<#parameters>));
        let arguments = crate::trait_variant::family::arguments(&it.generics);
        let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
        let clause = &it.generics.where_clause;
        let conditions = it.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        quote!(#(#conditions)* type #name #parameters = <#value as #of>::#name #arguments #clause;)
    });
    quote!(#(#types)*)
}

/// `const LIMIT: usize = <Value as Service>::LIMIT;`
pub(crate) fn constants(family: &Family<'_>, value: &Type, of: &Path) -> TokenStream {
    let constants = family.constants().map(|(it, _)| {
        let (name, ty) = (&it.ident, &it.ty);
        let conditions = it.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        quote!(#(#conditions)* const #name: #ty = <#value as #of>::#name;)
    });
    quote!(#(#constants)*)
}

/// A method whose body is a call with the same arguments.
pub(crate) fn forwarded(
    family: &Family<'_>,
    method: &Method,
    side: &Side,
    call: impl FnOnce(&[Ident]) -> TokenStream,
) -> TokenStream {
    let root = family.root;
    let span = method.span();
    let signature = method.plain_signature();
    let head = head(&signature);
    let output = side.output(method, root);
    let bounds = if matches!(side, Side::Send(_)) { &*method.bounds } else { &[] };
    let clause = signature.generics.where_clause.iter().flat_map(|clause| &clause.predicates).chain(bounds);
    let mut call = call(&method.argument_names());
    if method.is_unsafe() {
        call = quote_spanned!(span=> unsafe { #call });
    }
    let conditions = method.conditions();
    quote_spanned! {span=>
        #(#conditions)*
        #[inline]
        #head #output where #(#clause),* {
            #call
        }
    }
}

/// The hidden trait of an object, and the hidden names of its methods.
pub(crate) fn hidden_method(method: &Method) -> Ident {
    hidden(method.name())
}
