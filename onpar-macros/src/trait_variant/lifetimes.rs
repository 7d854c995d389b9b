//! [`Named`]: the lifetimes of a signature, all of them named.
//!
//! Where a future is an argument of a type (the call through an object) or is proved for all lifetimes (the constructor), what
//! the signature leaves out has to be written down. The rules are those of the language: what is left out in an argument is a
//! lifetime of its own, and what is left out in the result is that of `self`, or else the only one there is.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Lifetime, Receiver, Type, TypePath};

use super::method::{Method, Returns, Takes};

/// A signature whose lifetimes have names.
pub(crate) struct Named {
    /// All of them: those that the user declared, and those that were left out.
    pub(crate) lifetimes: Vec<Lifetime>,
    /// That of `&self`, if `self` is a reference or is behind one.
    pub(crate) of_self: Option<Lifetime>,
    /// The type of `self`.
    pub(crate) receiver: Option<Type>,
    /// The types of the other arguments.
    pub(crate) arguments: Vec<Type>,
    /// What the future gives, or the iterator or stream, or the type that is returned.
    pub(crate) output: Type,
}

impl Method {
    /// Its lifetimes, all of them named.
    pub(crate) fn named(&self) -> Named {
        Named::of(self)
    }
}

impl Named {
    fn of(method: &Method) -> Self {
        let span = method.name().span();
        let declared = method.signature.generics.lifetimes().map(|it| it.lifetime.clone()).collect();
        let mut name = Name { lifetimes: declared, span, left_out: Left::Fresh };
        let mut receiver = None;
        let mut of_self = None;
        let mut arguments = Vec::new();
        for input in &method.signature.inputs {
            match input {
                FnArg::Receiver(it) => {
                    let mut ty = receiver_type(it);
                    name.visit_type_mut(&mut ty);
                    of_self = reference_to_self(&ty, method.takes);
                    receiver = Some(ty);
                }
                FnArg::Typed(it) => {
                    let mut ty = (*it.ty).clone();
                    name.visit_type_mut(&mut ty);
                    arguments.push(ty);
                }
            }
        }
        let mut output = match &method.returns {
            Returns::Future(ty, _) | Returns::Iterator(ty, _) | Returns::Stream(ty, _) => ty.clone(),
            Returns::Opaque(_) => syn::parse_quote!(()),
            Returns::Plain => match &method.signature.output {
                syn::ReturnType::Default => syn::parse_quote!(()),
                syn::ReturnType::Type(_, ty) => (**ty).clone(),
            },
        };
        // If there is none, rustc has refused the signature already.
        if let Some(only) = of_self.clone().or_else(|| name.lifetimes.first().cloned()) {
            name.left_out = Left::Is(only);
            name.visit_type_mut(&mut output);
        }
        Self { lifetimes: name.lifetimes, of_self, receiver, arguments, output }
    }
}

/// The type of `self`, also where it is written as `&self`.
fn receiver_type(receiver: &Receiver) -> Type {
    // syn has it ready, but without the lifetime.
    let mut ty = (*receiver.ty).clone();
    if let (Some((_, Some(lifetime))), Type::Reference(reference)) = (&receiver.reference, &mut ty) {
        reference.lifetime = Some(lifetime.clone());
    }
    ty
}

/// The lifetime of the reference to `Self` in a receiver.
fn reference_to_self(receiver: &Type, takes: Takes) -> Option<Lifetime> {
    struct Find(Option<Lifetime>);

    impl syn::visit::Visit<'_> for Find {
        fn visit_type_reference(&mut self, reference: &syn::TypeReference) {
            self.0.clone_from(&reference.lifetime);
        }
    }

    match takes {
        Takes::Ref | Takes::Mut | Takes::Other => {
            let mut find = Find(None);
            syn::visit::Visit::visit_type(&mut find, receiver);
            find.0
        }
        Takes::Nothing | Takes::Value | Takes::Box | Takes::Shared => None,
    }
}

/// Names what was left out.
struct Name {
    lifetimes: Vec<Lifetime>,
    span: Span,
    left_out: Left,
}

/// What a lifetime is that was left out.
enum Left {
    /// One of its own.
    Fresh,
    Is(Lifetime),
}

impl Name {
    fn next(&mut self) -> Lifetime {
        match &self.left_out {
            Left::Is(it) => it.clone(),
            Left::Fresh => {
                let name = format!("'__life_{}", self.lifetimes.len());
                let fresh = Lifetime::new(&name, Span::mixed_site().located_at(self.span));
                self.lifetimes.push(fresh.clone());
                fresh
            }
        }
    }
}

impl VisitMut for Name {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.next();
        }
    }

    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.next());
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    // `fn(&T) -> &U` and `Fn(&T) -> &U` have rules of their own.
    fn visit_type_bare_fn_mut(&mut self, _: &mut syn::TypeBareFn) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut syn::ParenthesizedGenericArguments) {}
}

/// Writes another type for `Self`, and leads its associated types there.
pub(crate) struct InPlaceOfSelf<'a> {
    /// What stands for `Self`.
    pub(crate) ty: &'a Type,
    /// The trait whose associated types `Self::Type` means; without one they become parameters.
    pub(crate) of: Option<&'a syn::Path>,
    /// Writes the names of the parameters for associated types.
    pub(crate) parameter: &'a dyn Fn(&syn::Ident) -> syn::Ident,
}

impl VisitMut for InPlaceOfSelf<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(path) = ty
            && let Some(replaced) = self.replaced(path)
        {
            *ty = replaced;
        }
        visit_mut::visit_type_mut(self, ty);
    }
}

impl InPlaceOfSelf<'_> {
    fn replaced(&self, path: &TypePath) -> Option<Type> {
        if path.qself.is_some() || path.path.segments.first()?.ident != "Self" {
            return None;
        }
        let Some(associated) = path.path.segments.get(1) else { return Some(self.ty.clone()) };
        let rest = path.path.segments.iter().skip(2);
        if let Some(of) = self.of {
            let ty = self.ty;
            Some(syn::parse_quote!(<#ty as #of>::#associated #(::#rest)*))
        } else {
            let name = (self.parameter)(&associated.ident);
            Some(syn::parse_quote!(#name #(::#rest)*))
        }
    }
}
