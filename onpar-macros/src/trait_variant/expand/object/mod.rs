//! A trait object: a hidden trait that can be one, implemented for all that implement the trait, and the trait for its object.
//!
//! Input: `trait Service { type Response; async fn call(&self, r: Req) -> Self::Response; }`, `dyn = DynService`
//! Output:
//!
//! * `trait __DynService { type Response; fn __call<'f>(&'f self, r: Req) -> Call<'f, Self::Response>; }`
//! * `impl<S: Service> __DynService for S`
//! * `type DynService<'object, Req, Response> = dyn __DynService<Req, Response = Response> + 'object`
//! * `impl Service for DynService`, and, on the heap, `impl Service for Box<DynService>`
//!
//! So a `DynService` is what `dyn Service` would be: `Box<T>`, `&T`, `&mut T`, `Rc<T>` and `Arc<T>` become those of it where one
//! is expected, its supertraits are implemented by the compiler, and it becomes an object of any of them.
//!
//! The future of a call borrows what its arguments borrow: `'f` is a lifetime that all of them outlive. An `impl` for the object
//! can name it only if it is that of `&self` alone. Where there are others, the future of the object's method is an `async`
//! block around the call, inside of which it needs no name.

mod erased;
mod implementation;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut as _;
use syn::{GenericParam, Ident, Lifetime, Path, TraitItemType, Type, TypeParamBound};

use self::implementation::Form;
use super::forwarding::conditions;
use crate::trait_variant::family::{Family, argument, hidden, needs_size};
use crate::trait_variant::lifetimes::InPlaceOfSelf;
use crate::trait_variant::method::{Method, Takes};
use crate::trait_variant::parse::Variant;
use crate::trait_variant::side::{Side, is};

/// The object of one of the siblings.
pub(crate) struct Object<'a> {
    pub(crate) family: &'a Family<'a>,
    pub(crate) variant: &'a Variant,
    /// The name of the sibling.
    pub(crate) of: &'a Ident,
    pub(crate) side: Side,
    /// Whether `Box<DynService>` implements the trait on its own account.
    pub(crate) boxed: bool,
}

impl Object<'_> {
    pub(crate) fn expand(&self) -> TokenStream {
        let (erased, blanket, alias, object) =
            (self.erased(), self.blanket(), self.alias(), self.implementation(&self.object(), &Form::Object));
        let object = self.implements_itself().then_some(object);
        let boxed = self.boxed();
        quote!(#erased #blanket #alias #object #boxed)
    }

    /// Whether the object itself implements the trait: it has no size, and cannot be passed by value.
    fn implements_itself(&self) -> bool {
        !self.methods().any(|method| method.takes == Takes::Value)
    }

    fn root(&self) -> &Path {
        self.family.root
    }

    /// The name of the hidden trait.
    fn hidden(&self) -> Ident {
        hidden(&self.variant.name)
    }

    /// The methods that the object has.
    fn methods(&self) -> impl Iterator<Item = &Method> {
        self.family.methods.iter().filter(|method| !method.needs_size())
    }

    /// The associated types that the object has.
    fn types(&self) -> impl Iterator<Item = &TraitItemType> {
        self.family.types().filter(|ty| !needs_size(ty))
    }

    /// The name of the parameter for an associated type.
    fn parameter(&self, ty: &Ident) -> Ident {
        let taken = self.family.generics().params.iter().any(|parameter| match parameter {
            GenericParam::Type(it) => it.ident == *ty,
            GenericParam::Const(it) => it.ident == *ty,
            GenericParam::Lifetime(_) => false,
        });
        if taken { format_ident!("__{ty}") } else { ty.clone() }
    }

    /// The auto traits of the object, but for those that it has as supertraits.
    fn autos(&self) -> Vec<TokenStream> {
        let supertraits = self.family.supertraits(&self.side);
        let asked = |name: &str| supertraits.iter().any(|bound| is(bound, name));
        let root = self.root();
        match (&self.variant.bounds, &self.side) {
            (Some(bounds), _) => bounds.iter().map(|bound| quote!(#bound)).collect(),
            (None, Side::Plain) => Vec::new(),
            (None, Side::Send(_)) => {
                let shared = |method: &Method| !matches!(method.takes, Takes::Mut | Takes::Value | Takes::Box);
                let autos = [("Send", true), ("Sync", self.methods().any(shared))];
                let autos = autos.into_iter().filter(|(name, wanted)| *wanted && !asked(name));
                autos
                    .map(|(name, _)| format_ident!("{name}"))
                    .map(|it| quote!(#root::generated::core::marker::#it))
                    .collect()
            }
        }
    }

    fn is_static(&self) -> bool {
        let supertraits = self.family.supertraits(&self.side);
        supertraits.iter().any(|bound| matches!(bound, TypeParamBound::Lifetime(it) if it.ident == "static"))
    }

    /// The lifetime of the object: what is in it may borrow for so long.
    fn lifetime(&self) -> Option<Lifetime> {
        (!self.is_static()).then(|| Lifetime::new("'object", Span::mixed_site().located_at(self.variant.name.span())))
    }

    /// `dyn __DynService<Req, Response = Response> + 'object`
    fn object(&self) -> Type {
        let (hidden, arguments) = (self.hidden(), self.family.arguments());
        let types = self.types().map(|ty| {
            let (name, parameter) = (&ty.ident, self.parameter(&ty.ident));
            quote!(#name = #parameter)
        });
        let arguments: Vec<_> = arguments.into_iter().chain(types).collect();
        let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
        let lifetime = self.lifetime().map_or_else(|| quote!('static), |it| quote!(#it));
        syn::parse_quote!(dyn #hidden #arguments + #lifetime)
    }

    /// The parameters of the object, those of its associated types last.
    fn parameters(&self, with_bounds: bool) -> Vec<TokenStream> {
        let (lifetimes, parameters) = self.family.parameters();
        let shown = |parameter: &GenericParam| match parameter {
            GenericParam::Const(it) => {
                let (name, ty) = (&it.ident, &it.ty);
                quote!(const #name: #ty)
            }
            other if with_bounds => quote!(#other),
            other => argument(other),
        };
        let types = self.types().map(|ty| {
            let parameter = self.parameter(&ty.ident);
            if with_bounds && !ty.bounds.is_empty() {
                let bounds = ty.bounds.iter().map(|bound| {
                    let mut bound = bound.clone();
                    self.visit(|visitor| visitor.visit_type_param_bound_mut(&mut bound));
                    if matches!(self.side, Side::Send(_)) {
                        self.family.rename().visit_type_param_bound_mut(&mut bound);
                    }
                    bound
                });
                quote!(#parameter: #(#bounds)+*)
            } else {
                quote!(#parameter)
            }
        });
        let lifetime = self.lifetime().map(|it| quote!(#it));
        lifetime.into_iter().chain(lifetimes.iter().chain(&parameters).map(shown)).chain(types).collect()
    }

    /// Writes the object for `Self`, and the parameters for its associated types.
    fn visit(&self, with: impl FnOnce(&mut InPlaceOfSelf<'_>)) {
        let parameter = |ty: &Ident| self.parameter(ty);
        with(&mut InPlaceOfSelf { ty: &self.object(), of: None, parameter: &parameter });
    }

    /// `type DynService<'object, Req, Response> = dyn __DynService<Req, Response = Response> + 'object;`
    fn alias(&self) -> TokenStream {
        let (name, object) = (&self.variant.name, self.object());
        let parameters = self.parameters(false);
        let item = &self.family.input.item;
        let (vis, of) = (&item.vis, self.of);
        let conditions = conditions(self.family);
        let doc = format!(
            " [`{of}`](trait@{of}) as a trait object: what `dyn {of}` would be. It is used behind a pointer, like that one: `&{name}`, \
             `Box<{name}>`, `Arc<{name}>`; and it implements [`{of}`](trait@{of})."
        );
        let parameters = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
        quote! {
            #(#conditions)*
            #[doc = #doc]
            #[allow(dead_code)]
            #vis type #name #parameters = #object;
        }
    }
}
