//! [`Method`]: a method of a trait, as far as the forms of the trait differ in it.

use proc_macro2::Span;
use quote::format_ident;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, FnArg, GenericArgument, GenericParam, Ident, ImplItemFn, Lifetime, Pat, PathArguments, Receiver,
    ReturnType, Signature, TraitItemFn, Type, TypeParamBound, WherePredicate,
};

use super::parse::{Bounds, Wishes};

/// A method of a trait.
pub(crate) struct Method {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) signature: Signature,
    /// The body, in an `impl` or by default.
    pub(crate) body: Option<Block>,
    pub(crate) returns: Returns,
    pub(crate) takes: Takes,
    /// Its future need not be `Send`.
    pub(crate) local: bool,
    /// What it asks for on the `Send` side.
    pub(crate) bounds: Vec<WherePredicate>,
}

/// What a method returns, as far as it matters whether that is `Send`, and how its type can be forgotten.
pub(crate) enum Returns {
    /// A future of this output: an `async fn`, or one that says `-> impl Future`.
    Future(Type, Bounds),
    /// An iterator over these items.
    Iterator(Type, Bounds),
    /// A stream of these items.
    Stream(Type, Bounds),
    /// Some other `impl Trait`.
    Opaque(Bounds),
    /// A type with a name.
    Plain,
}

/// What a method takes as `self`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// It has none.
    Nothing,
    /// `&self`.
    Ref,
    /// `&mut self`.
    Mut,
    /// `self`.
    Value,
    /// `self: Box<Self>`.
    Box,
    /// `self: Arc<Self>`, `self: Rc<Self>`: one of many.
    Shared,
    /// `self: Pin<&mut Self>` and others.
    Other,
}

impl Method {
    pub(crate) fn of_trait(item: &TraitItemFn, wishes: &Wishes) -> Self {
        Self::new(&item.attrs, &item.sig, item.default.clone(), wishes)
    }

    pub(crate) fn of_impl(item: &ImplItemFn, wishes: &Wishes) -> Self {
        Self::new(&item.attrs, &item.sig, Some(item.block.clone()), wishes)
    }

    fn new(attributes: &[Attribute], signature: &Signature, body: Option<Block>, wishes: &Wishes) -> Self {
        Self {
            attributes: attributes.to_vec(),
            signature: signature.clone(),
            body,
            returns: Returns::of(signature),
            takes: Takes::of(signature),
            local: wishes.local,
            bounds: wishes.bounds.clone(),
        }
    }

    pub(crate) fn name(&self) -> &Ident {
        &self.signature.ident
    }

    /// Where generated code for it stands: there, but as generated code.
    pub(crate) fn span(&self) -> Span {
        Span::call_site().located_at(self.name().span())
    }

    /// The attributes that decide whether it is there.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
    }

    /// Whether it returns something that is proved to be `Send` on the `Send` side.
    pub(crate) fn is_proved(&self) -> bool {
        !self.local && !matches!(self.returns, Returns::Plain)
    }

    pub(crate) fn is_unsafe(&self) -> bool {
        self.signature.unsafety.is_some()
    }

    /// Whether it is for types of a known size only: `where Self: Sized`.
    pub(crate) fn needs_size(&self) -> bool {
        let Some(clause) = &self.signature.generics.where_clause else { return false };
        clause.predicates.iter().any(|predicate| match predicate {
            WherePredicate::Type(it) => {
                matches!(&it.bounded_ty, Type::Path(path) if path.path.is_ident("Self"))
                    && it.bounds.iter().any(|bound| {
                        matches!(bound, TypeParamBound::Trait(it)
                            if it.path.segments.last().is_some_and(|segment| segment.ident == "Sized"))
                    })
            }
            _ => false,
        })
    }

    /// What makes it generic: a parameter that is a type or a constant, or an `impl Trait` among its arguments.
    pub(crate) fn generic(&self) -> Option<Span> {
        let parameter = self.signature.generics.params.iter().find_map(|parameter| match parameter {
            GenericParam::Type(it) => Some(it.ident.span()),
            GenericParam::Const(it) => Some(it.ident.span()),
            GenericParam::Lifetime(_) => None,
        });
        parameter.or_else(|| self.arguments().find_map(|(_, ty)| impl_trait(ty)))
    }

    /// The names of its type and constant parameters.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &Ident> {
        self.signature.generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(it) => Some(&it.ident),
            GenericParam::Const(it) => Some(&it.ident),
            GenericParam::Lifetime(_) => None,
        })
    }

    /// A lifetime parameter that has to outlive something, or a bound on one: then no function item is good for all lifetimes.
    pub(crate) fn bound_lifetime(&self) -> Option<Span> {
        let generics = &self.signature.generics;
        let declared: Vec<_> = generics.lifetimes().map(|it| &it.lifetime).collect();
        if let Some(bound) = generics.lifetimes().find(|it| !it.bounds.is_empty()) {
            return Some(bound.lifetime.span());
        }
        let clause = generics.where_clause.as_ref()?;
        let mut find = FindLifetime { declared: &declared, found: None };
        find.visit_where_clause(clause);
        find.found
    }

    pub(crate) fn receiver(&self) -> Option<&Receiver> {
        self.signature.receiver()
    }

    /// Its arguments but `self`.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (&Pat, &Type)> {
        self.signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(it) => Some((&*it.pat, &*it.ty)),
            FnArg::Receiver(_) => None,
        })
    }

    /// Names for its arguments, that of the user where there is one.
    pub(crate) fn argument_names(&self) -> Vec<Ident> {
        let span = Span::mixed_site().located_at(self.name().span());
        (0..self.arguments().count()).map(|index| format_ident!("__argument_{index}", span = span)).collect()
    }

    /// The `self` of its body, which only a token of the user's own can name.
    pub(crate) fn this(&self) -> Option<Ident> {
        self.receiver().map(|it| Ident::new("self", it.self_token.span))
    }

    /// Its signature with a name for each argument in the place of its pattern, and not `async`.
    pub(crate) fn plain_signature(&self) -> Signature {
        let mut signature = self.signature.clone();
        signature.asyncness = None;
        let mut names = self.argument_names().into_iter();
        for input in &mut signature.inputs {
            match input {
                FnArg::Typed(it) => {
                    if let Some(name) = names.next() {
                        *it.pat = syn::parse_quote!(#name);
                    }
                }
                // A `mut self` is the business of a body.
                FnArg::Receiver(it) if it.reference.is_none() => it.mutability = None,
                FnArg::Receiver(_) => {}
            }
        }
        signature
    }
}

struct FindLifetime<'a> {
    declared: &'a [&'a Lifetime],
    found: Option<Span>,
}

impl Visit<'_> for FindLifetime<'_> {
    fn visit_lifetime(&mut self, lifetime: &Lifetime) {
        if self.declared.contains(&lifetime) {
            self.found = Some(lifetime.span());
        }
    }
}

impl Returns {
    fn of(signature: &Signature) -> Self {
        let unit = || syn::parse_quote!(());
        if signature.asyncness.is_some() {
            return Self::Future(
                match &signature.output {
                    ReturnType::Default => unit(),
                    ReturnType::Type(_, ty) => (**ty).clone(),
                },
                Punctuated::new(),
            );
        }
        let ReturnType::Type(_, ty) = &signature.output else { return Self::Plain };
        let Type::ImplTrait(opaque) = &**ty else { return Self::Plain };
        let known = [("Future", "Output"), ("Iterator", "Item"), ("Stream", "Item")];
        for (index, bound) in opaque.bounds.iter().enumerate() {
            let TypeParamBound::Trait(it) = bound else { continue };
            let Some(segment) = it.path.segments.last() else { continue };
            let Some((of, part)) = known.iter().find(|(of, _)| segment.ident == of) else { continue };
            let rest = opaque.bounds.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, it)| it.clone());
            let (item, rest) = (associated(&segment.arguments, part).unwrap_or_else(unit), rest.collect());
            return match *of {
                "Future" => Self::Future(item, rest),
                "Iterator" => Self::Iterator(item, rest),
                _ => Self::Stream(item, rest),
            };
        }
        Self::Opaque(opaque.bounds.clone())
    }
}

/// The type in `Future<Output = T>`.
fn associated(arguments: &PathArguments, name: &str) -> Option<Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(it) if it.ident == name => Some(it.ty.clone()),
        _ => None,
    })
}

impl Takes {
    fn of(signature: &Signature) -> Self {
        let Some(receiver) = signature.receiver() else { return Self::Nothing };
        match (&receiver.reference, &receiver.mutability) {
            (Some(_), None) => return Self::Ref,
            (Some(_), Some(_)) => return Self::Mut,
            (None, _) if receiver.colon_token.is_none() => return Self::Value,
            (None, _) => {}
        }
        match &*receiver.ty {
            Type::Path(it) if it.path.is_ident("Self") => Self::Value,
            Type::Reference(it) if is_self(&it.elem) => {
                if it.mutability.is_some() {
                    Self::Mut
                } else {
                    Self::Ref
                }
            }
            Type::Path(it) => {
                let Some(segment) = it.path.segments.last() else { return Self::Other };
                let of_self = matches!(&segment.arguments, PathArguments::AngleBracketed(arguments)
                    if matches!(arguments.args.first(), Some(GenericArgument::Type(ty)) if is_self(ty)));
                match segment.ident.to_string().as_str() {
                    "Box" if of_self => Self::Box,
                    "Rc" | "Arc" if of_self => Self::Shared,
                    _ => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }
}

fn is_self(ty: &Type) -> bool {
    matches!(ty, Type::Path(it) if it.path.is_ident("Self"))
}

/// An `impl Trait` in a type.
pub(crate) fn impl_trait(ty: &Type) -> Option<Span> {
    struct Find(Option<Span>);

    impl Visit<'_> for Find {
        fn visit_type_impl_trait(&mut self, found: &syn::TypeImplTrait) {
            self.0 = Some(found.impl_token.span);
        }
    }

    let mut find = Find(None);
    find.visit_type(ty);
    find.0
}

/// Whether a type mentions `Self` itself, and not only one of its associated types.
pub(crate) fn bare_self(ty: &Type) -> Option<Span> {
    struct Find(Option<Span>);

    impl Visit<'_> for Find {
        fn visit_path(&mut self, path: &syn::Path) {
            if path.is_ident("Self") {
                self.0 = path.segments.first().map(|segment| segment.ident.span());
            }
            visit::visit_path(self, path);
        }

        // `<Self as Trait>::Type` names an associated type.
        fn visit_type_path(&mut self, path: &syn::TypePath) {
            self.visit_path(&path.path);
        }
    }

    let mut find = Find(None);
    find.visit_type(ty);
    find.0
}

/// Whether an `impl Trait` stands in the output of an async method.
pub(crate) fn opaque_output(method: &Method) -> Option<Span> {
    match &method.returns {
        Returns::Future(ty, _) | Returns::Iterator(ty, _) | Returns::Stream(ty, _) => impl_trait(ty),
        Returns::Opaque(_) | Returns::Plain => None,
    }
}
