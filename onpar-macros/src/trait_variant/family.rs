//! [`Family`]: a trait and what its forms have in common: generics, names, attributes.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut as _;
use syn::{
    Attribute, GenericParam, Generics, Ident, Path, Token, TraitItem, TraitItemConst, TraitItemType, Type,
    TypeParamBound, WherePredicate,
};

use super::lifetimes::InPlaceOfSelf;
use super::method::{Method, Takes, bare_self};
use super::parse::{Bounds, Trait, Wishes};
use super::siblings::Rename;
use super::side::{Side, is};

/// A trait with its methods.
pub(crate) struct Family<'a> {
    pub(crate) input: &'a Trait,
    pub(crate) root: &'a Path,
    pub(crate) methods: Vec<Method>,
}

impl<'a> Family<'a> {
    pub(crate) fn new(input: &'a Trait) -> Self {
        let methods = input.item.items.iter().zip(&input.wishes).filter_map(|(item, wishes)| match item {
            TraitItem::Fn(it) => Some(Method::of_trait(it, wishes)),
            _ => None,
        });
        Self { input, root: &input.options.root, methods: methods.collect() }
    }

    pub(crate) fn name(&self) -> &'a Ident {
        &self.input.item.ident
    }

    pub(crate) fn generics(&self) -> &'a Generics {
        &self.input.item.generics
    }

    pub(crate) fn types(&self) -> impl Iterator<Item = &'a TraitItemType> + use<'a> {
        self.input.item.items.iter().filter_map(|item| match item {
            TraitItem::Type(it) => Some(it),
            _ => None,
        })
    }

    pub(crate) fn constants(&self) -> impl Iterator<Item = (&'a TraitItemConst, &'a Wishes)> + use<'a> {
        self.input.item.items.iter().zip(&self.input.wishes).filter_map(|(item, wishes)| match item {
            TraitItem::Const(it) => Some((it, wishes)),
            _ => None,
        })
    }

    /// The path of one of the traits of the family, with the parameters that the user has declared.
    pub(crate) fn path(&self, name: &Ident) -> Path {
        let arguments = self.arguments();
        if arguments.is_empty() { syn::parse_quote!(#name) } else { syn::parse_quote!(#name<#(#arguments),*>) }
    }

    /// The names of the parameters.
    pub(crate) fn arguments(&self) -> Vec<TokenStream> {
        arguments(self.generics())
    }

    /// The parameters with their bounds and without their defaults: the lifetimes, and the rest.
    pub(crate) fn parameters(&self) -> (Vec<GenericParam>, Vec<GenericParam>) {
        let mut parameters = self.generics().params.clone();
        for parameter in &mut parameters {
            match parameter {
                GenericParam::Type(it) => {
                    it.eq_token = None;
                    it.default = None;
                }
                GenericParam::Const(it) => {
                    it.eq_token = None;
                    it.default = None;
                }
                GenericParam::Lifetime(_) => {}
            }
        }
        parameters.into_iter().partition(|parameter| matches!(parameter, GenericParam::Lifetime(_)))
    }

    /// The bounds on `Self`, written with a colon or in the `where` clause.
    pub(crate) fn supertraits(&self, side: &Side) -> Bounds {
        let mut bounds = self.input.item.supertraits.clone();
        let of_send = if matches!(side, Side::Send(_)) { &*self.input.options.bounds } else { &[] };
        for predicate in self.predicates().chain(of_send) {
            if let Some(of_self) = of_self(predicate) {
                bounds.extend(of_self.iter().cloned());
            }
        }
        if matches!(side, Side::Send(_)) {
            let mut rename = self.rename();
            bounds.iter_mut().for_each(|bound| rename.visit_type_param_bound_mut(bound));
        }
        bounds
    }

    /// The `where` clause but for the bounds on `Self`.
    pub(crate) fn where_clause(&self) -> Vec<WherePredicate> {
        self.predicates().filter(|predicate| of_self(predicate).is_none()).cloned().collect()
    }

    fn predicates(&self) -> impl Iterator<Item = &'a WherePredicate> {
        self.generics().where_clause.iter().flat_map(|clause| &clause.predicates)
    }

    /// The supertraits that a wrapper has to implement. Lifetimes follow from its value.
    pub(crate) fn traits_of_wrapper(&self, side: &Side) -> Vec<TypeParamBound> {
        self.supertraits(side).into_iter().filter(|bound| !matches!(bound, TypeParamBound::Lifetime(_))).collect()
    }

    /// Leads from names of plain traits to their `Send` siblings.
    pub(crate) fn rename(&self) -> Rename {
        let options = &self.input.options;
        let mut rename = Rename::new(&options.siblings);
        if let Some(send) = options.send.as_ref().and_then(|it| it.path.as_ref()) {
            rename.add(&Path::from(self.name().clone()), send);
        }
        rename
    }

    /// A method without a body, which a wrapper has to forward, that takes or returns a `Self`.
    pub(crate) fn bare_self(&self) -> Option<(&Method, Span)> {
        self.methods.iter().filter(|method| method.body.is_none()).find_map(|method| {
            let named = method.named();
            let found = named.arguments.iter().chain([&named.output]).find_map(bare_self);
            found.map(|span| (method, span))
        })
    }

    /// Whether any method takes `self` in this way.
    pub(crate) fn any_takes(&self, takes: Takes) -> bool {
        self.methods.iter().any(|method| method.takes == takes)
    }
}

/// The names of parameters.
pub(crate) fn arguments(generics: &Generics) -> Vec<TokenStream> {
    generics.params.iter().map(argument).collect()
}

pub(crate) fn argument(parameter: &GenericParam) -> TokenStream {
    match parameter {
        GenericParam::Lifetime(it) => {
            let lifetime = &it.lifetime;
            quote!(#lifetime)
        }
        GenericParam::Type(it) => {
            let name = &it.ident;
            quote!(#name)
        }
        GenericParam::Const(it) => {
            let name = &it.ident;
            quote!(#name)
        }
    }
}

/// `Self: Bounds`.
pub(crate) fn of_self(predicate: &WherePredicate) -> Option<&Punctuated<TypeParamBound, Token![+]>> {
    match predicate {
        WherePredicate::Type(it) if it.lifetimes.is_none() => {
            matches!(&it.bounded_ty, Type::Path(path) if path.path.is_ident("Self")).then_some(&it.bounds)
        }
        _ => None,
    }
}

/// Whether an associated type is for types of a known size only.
pub(crate) fn needs_size(ty: &TraitItemType) -> bool {
    ty.generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates)
        .any(|predicate| of_self(predicate).is_some_and(|bounds| bounds.iter().any(|bound| is(bound, "Sized"))))
}

/// What of the attributes of a trait or a method goes to its siblings: what rustc and rustdoc know, and no other macros.
pub(crate) fn carried(attributes: &[Attribute]) -> Vec<Attribute> {
    const CARRIED: &[&str] =
        &["doc", "cfg", "cfg_attr", "deprecated", "must_use", "diagnostic", "allow", "warn", "deny", "inline"];
    let mut carried = Vec::new();
    for attribute in attributes {
        let Some(name) = attribute.path().segments.first().map(|segment| segment.ident.to_string()) else { continue };
        if CARRIED.contains(&name.as_str()) {
            carried.push(attribute.clone());
        } else if name == "expect" {
            // It need not be fulfilled there too.
            if let Ok(list) = attribute.meta.require_list() {
                let lints = &list.tokens;
                carried.push(syn::parse_quote!(#[allow(#lints)]));
            }
        }
    }
    carried
}

/// Writes `ty` in the place of `Self`, and `<ty as of>::Type` in that of `Self::Type`.
pub(crate) fn in_place_of_self<T: Clone>(
    ty: &Type,
    of: &Path,
    within: &T,
    visit: fn(&mut InPlaceOfSelf<'_>, &mut T),
) -> T {
    let mut within = within.clone();
    visit(&mut InPlaceOfSelf { ty, of: Some(of), parameter: &Ident::clone }, &mut within);
    within
}

/// The same for a type.
pub(crate) fn type_in_place_of_self(ty: &Type, of: &Path, within: &Type) -> Type {
    in_place_of_self(ty, of, within, |visitor, within| visitor.visit_type_mut(within))
}

/// The same for a predicate.
pub(crate) fn predicate_in_place_of_self(ty: &Type, of: &Path, within: &WherePredicate) -> WherePredicate {
    in_place_of_self(ty, of, within, |visitor, within| visitor.visit_where_predicate_mut(within))
}

/// A name that no user writes.
pub(crate) fn hidden(name: &Ident) -> Ident {
    // A raw name is one without its mark.
    let name = name.to_string();
    format_ident!("__{}", name.trim_start_matches("r#"))
}
