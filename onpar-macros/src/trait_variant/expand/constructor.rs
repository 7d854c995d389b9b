//! The constructor: a macro and a function with the name of the trait.
//!
//! Input: `trait Service { async fn call(&self, r: Req) -> T; fn name(&self) -> &str; }`
//! Output:
//!
//! * `Service!(value)`, which spells `Service(Service::call).with(value)`;
//! * `fn Service<Req, S, M0>(call: M0) -> Proof<S, (M0,)>`, whose bounds are the proof: for all lifetimes, what `call` returns
//!   is a future, and `Send`. The compiler proves them where `S` is concrete, and says which `.await` stands in the way;
//! * `impl SendService for WithSend<S, (M0,)>` under the same bounds, in fewer words, which calls the methods by the values that
//!   were passed.
//!
//! All of them come along with `use lib::Service`, because a name may mean a trait, a function and a macro at once. That is how
//! the macro finds the trait and the function from any crate, although it cannot know where they stand.
//!
//! Methods that exist only under a `#[cfg]` make it two constructors, one with and one without, each under its condition.

use alloc::collections::BTreeMap;
use core::cell::RefCell;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Path, Type, Visibility};

use super::forwarding::{
    asked_of_value, bounds_of_types, conditions, constants, forwarded, is_forwarded, predicates, types,
};
use super::returned::root_at;
use crate::trait_variant::check;
use crate::trait_variant::conditional::{condition_of, conditional};
use crate::trait_variant::family::{Family, type_in_place_of_self};
use crate::trait_variant::method::{Method, Returns, Takes};
use crate::trait_variant::side::{Autos, Side};

/// A macro that is exported stands at the root of the crate, so its name is that of no other.
pub(crate) fn unique(name: &Ident) -> Ident {
    std::thread_local! {
        static NAMES: RefCell<BTreeMap<String, usize>> = const { RefCell::new(BTreeMap::new()) };
    }
    let name = name.to_string();
    let name = name.trim_start_matches("r#");
    let number = NAMES.with_borrow_mut(|names| {
        let number = names.entry(name.to_owned()).or_default();
        *number += 1;
        *number
    });
    format_ident!("__{name}_{number}", span = Span::call_site())
}

pub(crate) fn expand(family: &Family<'_>, send: &Ident, autos: &Autos, unique: &Ident) -> TokenStream {
    let outer: Vec<_> = conditions(family).map(|it| quote!(#it)).collect();
    if let Some((span, reason)) = check::no_constructor(family) {
        let refuse = quote_spanned!(span=> ::core::compile_error! { #reason });
        let arm = quote!(($($anything:tt)*) => { #refuse };);
        return named_like_the_trait(family, unique, &quote!(#(#outer)*), &arm);
    }
    let conditional = conditional(family);
    // One constructor for each way in which the conditions may hold.
    let ways = (0_u32..1 << conditional.len()).map(|way| {
        let (there, missing): (Vec<_>, Vec<_>) =
            conditional.iter().enumerate().partition(|(index, _)| way >> index & 1 == 1);
        let (there, missing) = (there.iter().map(|it| it.1), missing.iter().map(|it| it.1));
        let without: Vec<_> = missing.clone().map(TokenStream::to_string).collect();
        let condition = quote!(#(#outer)* #[cfg(all(#(#there,)* #(not(#missing)),*))]);
        let condition = if conditional.is_empty() { quote!(#(#outer)*) } else { condition };
        let is_there = |method: &&Method| condition_of(method).is_none_or(|it| !without.contains(&it.to_string()));
        let methods: Vec<_> = family
            .methods
            .iter()
            .filter(|method| method.is_proved() && is_forwarded(method))
            .filter(is_there)
            .collect();
        Constructor { family, send, autos, unique, condition, methods }.expand()
    });
    quote!(#(#ways)*)
}

/// One constructor, for these of the methods that are proved.
struct Constructor<'a> {
    family: &'a Family<'a>,
    send: &'a Ident,
    autos: &'a Autos,
    unique: &'a Ident,
    /// The attributes that say when it is there.
    condition: TokenStream,
    methods: Vec<&'a Method>,
}

impl Constructor<'_> {
    fn expand(&self) -> TokenStream {
        let Self { family, condition, methods, .. } = self;
        let root = family.root;
        let name = family.name();
        let path = family.path(name);
        let value: Type = syn::parse_quote!(__Value);
        let (lifetimes, parameters) = family.parameters();
        let proofs: Vec<_> = (0..methods.len()).map(|index| format_ident!("__Method{index}")).collect();
        let bounds: Vec<_> =
            methods.iter().zip(&proofs).map(|(method, proof)| self.bounds(method, proof, &value, &path)).collect();
        let side = Side::Send(self.autos.clone());
        let clause = predicates(family, &value, &path, &side);
        let arguments = methods.iter().map(|method| method.name());
        let (types, values) = (&proofs, arguments.clone().collect::<Vec<_>>());
        let vis = &family.input.item.vis;
        let doc = format!(" Proves that the methods of a [`{name}`](trait@{name}) give what is `Send`.");
        let function = quote! {
            #condition
            #[doc = #doc]
            #[doc(hidden)]
            #[allow(non_snake_case, unused)]
            #[inline]
            #vis fn #name<#(#lifetimes,)* #(#parameters,)* __Value, #(#types,)*>(
                #(#values: #types,)*
            ) -> #root::generated::Proof<__Value, (#(#types,)*)>
            where
                __Value: #path,
                #(#clause,)*
                #(#bounds)*
            {
                #root::generated::Proof::new((#(#values,)*))
            }
        };
        let shorter = methods.iter().zip(&proofs).zip(&bounds);
        let shorter = shorter.map(|((method, proof), bounds)| {
            self.bound(method, proof, &value, &path).unwrap_or_else(|| bounds.clone())
        });
        let implementation = self.implementation(&proofs, &shorter.collect::<Vec<_>>());
        let arms = self.arms(&values);
        let export = named_like_the_trait(family, self.unique, condition, &arms);
        quote!(#function #implementation #export)
    }

    /// `M: for<'a> AsyncMethod<(&'a S, Req), Out = T, Future: Send>,`
    fn bounds(&self, method: &Method, proof: &Ident, value: &Type, path: &Path) -> TokenStream {
        let span = method.span();
        let root = root_at(self.family.root, span);
        let named = method.named();
        let lifetimes = &named.lifetimes;
        let binder = (!lifetimes.is_empty()).then(|| quote!(for<#(#lifetimes),*>));
        let to_value = |ty: &Type| type_in_place_of_self(value, path, ty);
        let arguments: Vec<_> = named.receiver.iter().chain(&named.arguments).map(to_value).collect();
        let output = to_value(&named.output);
        let autos = self.autos.all(self.family.root, span);
        let generated = quote_spanned!(span=> #root::generated);
        let proved = |kind: &str, is: &str, gives: &str, rest: &[&syn::TypeParamBound]| {
            let (kind, is, gives) = (format_ident!("{kind}"), format_ident!("{is}"), format_ident!("{gives}"));
            quote_spanned! {span=>
                #proof: #binder #generated::#kind<(#(#arguments,)*), #gives = #output, #is: #autos #(+ #rest)*>,
            }
        };
        let rest = |bounds: &'_ crate::trait_variant::parse::Bounds| -> Vec<_> {
            bounds.iter().filter(|bound| matches!(bound, syn::TypeParamBound::Trait(_))).cloned().collect()
        };
        match &method.returns {
            Returns::Future(_, bounds) => {
                proved("AsyncMethod", "Future", "Out", &rest(bounds).iter().collect::<Vec<_>>())
            }
            Returns::Iterator(_, bounds) => {
                proved("IterMethod", "Iter", "Item", &rest(bounds).iter().collect::<Vec<_>>())
            }
            Returns::Stream(_, bounds) => {
                proved("StreamMethod", "Stream", "Item", &rest(bounds).iter().collect::<Vec<_>>())
            }
            Returns::Opaque(bounds) => {
                let bounds = rest(bounds);
                quote_spanned! {span=>
                    #proof: #binder #generated::Method<(#(#arguments,)*), Output: #autos #(+ #bounds)*>,
                }
            }
            Returns::Plain => TokenStream::new(),
        }
    }

    /// `M: for<'a> SendMethod<(&'a S, Req), T>,` where that says it all.
    fn bound(&self, method: &Method, proof: &Ident, value: &Type, path: &Path) -> Option<TokenStream> {
        self.is_send_alone(method).then(|| {
            let span = method.span();
            let root = root_at(self.family.root, span);
            let named = method.named();
            let lifetimes = &named.lifetimes;
            let binder = (!lifetimes.is_empty()).then(|| quote!(for<#(#lifetimes),*>));
            let to_value = |ty: &Type| type_in_place_of_self(value, path, ty);
            let arguments = named.receiver.iter().chain(&named.arguments).map(to_value);
            let output = to_value(&named.output);
            quote_spanned!(span=> #proof: #binder #root::generated::SendMethod<(#(#arguments,)*), #output>,)
        })
    }

    /// Whether all that is proved of a method is that its future is `Send`.
    fn is_send_alone(&self, method: &Method) -> bool {
        let Returns::Future(_, bounds) = &method.returns else { return false };
        self.autos.send && self.autos.others.is_empty() && bounds.is_empty()
    }

    /// `impl SendService for WithSend<S, (M0,)>`.
    fn implementation(&self, proofs: &[Ident], bounds: &[TokenStream]) -> TokenStream {
        let Self { family, condition, send, .. } = self;
        let root = family.root;
        let value: Type = syn::parse_quote!(__Value);
        let (of, to) = (family.path(family.name()), family.path(send));
        let side = Side::Send(self.autos.clone());
        let clause = predicates(family, &value, &of, &side);
        let asked = asked_of_value(family, &value, &Side::Plain);
        let renamed = bounds_of_types(family, &value, &of, &side);
        let wrapper: Type = syn::parse_quote!(#root::WithSend<__Value, (#(#proofs,)*)>);
        let supertraits: Vec<_> = family.supertraits(&side).into_iter().collect();
        let supertraits = (!supertraits.is_empty()).then(|| quote!(#wrapper: #(#supertraits)+*));
        let (lifetimes, parameters) = family.parameters();
        let types = types(family, &value, &of);
        let constants = constants(family, &value, &of);
        let methods = family.methods.iter().filter(|method| self.has(method)).map(|method| {
            let span = method.span();
            let this = method.this();
            let at = root_at(root, span);
            let receiver = this.as_ref().map(|this| match method.takes {
                Takes::Ref => quote_spanned!(span=> #at::WithSend::get(#this)),
                Takes::Mut => quote_spanned!(span=> #at::WithSend::get_mut(#this)),
                Takes::Value => quote_spanned!(span=> #at::WithSend::into_inner(#this)),
                _ => quote_spanned!(span=> #at::generated::Wrapped::unwrap(#this)),
            });
            let index = self.methods.iter().position(|it| core::ptr::eq(*it, method)).map(syn::Index::from);
            forwarded(family, method, &side, |arguments| {
                let name = method.name();
                if let Some(index) = index {
                    let this = match method.takes {
                        Takes::Ref => quote_spanned!(span=> #this),
                        Takes::Value => quote_spanned!(span=> &#this),
                        _ => quote_spanned!(span=> &*#this),
                    };
                    let short = self.is_send_alone(method);
                    let kind = if short { quote_spanned!(span=> SendMethod) } else { quote_spanned!(span=> Method) };
                    let call = quote_spanned! {span=>
                        {
                            let __method = #at::WithSend::proof(#this).#index;
                            #at::generated::#kind::invoke(__method, (#receiver, #(#arguments,)*))
                        }
                    };
                    return if short { call } else { side.wrap(method, root, call) };
                }
                let parameters: Vec<_> = method.parameters().collect();
                let turbofish = (!parameters.is_empty()).then(|| quote!(::<#(#parameters),*>));
                let arguments = receiver.into_iter().chain(arguments.iter().map(|name| quote!(#name)));
                quote_spanned!(span=> <#value as #of>::#name #turbofish(#(#arguments),*))
            })
        });
        let unsafety = &family.input.item.unsafety;
        quote! {
            #condition
            #[automatically_derived]
            #unsafety impl<#(#lifetimes,)* #(#parameters,)* __Value, #(#proofs,)*> #to for #wrapper
            where
                __Value: #of,
                #(#clause,)*
                #(#asked,)*
                #(#renamed,)*
                #(#bounds)*
                #supertraits
            {
                #types
                #constants
                #(#methods)*
            }
        }
    }

    /// Whether the `impl` has this method.
    fn has(&self, method: &Method) -> bool {
        is_forwarded(method) && (!method.is_proved() || self.methods.iter().any(|it| core::ptr::eq(*it, method)))
    }

    /// The arms of the macro: a value, a reference to one, and each with the path of the trait, where that is not in scope.
    fn arms(&self, methods: &[&Ident]) -> TokenStream {
        let name = self.family.name();
        // Errors about a method show the method.
        let proofs: Vec<_> = methods
            .iter()
            .map(|method| {
                let of = Ident::new(&name.to_string(), name.span().located_at(method.span()));
                quote!(#of::#method)
            })
            .collect();
        let arm = |taken: TokenStream, with: &str, value: TokenStream| {
            let with = format_ident!("{with}");
            quote! {
                (#taken $(,)?) => { #name(#(#proofs),*).#with(#value) };
            }
        };
        let path = |taken: TokenStream, with: &str, value: TokenStream| {
            let with = format_ident!("{with}");
            // A path cannot be continued, so it comes as the tokens that it is made of. With arguments, it is that of one of the
            // traits that the type implements.
            let paths = [quote!($($path)::+), quote!(::$($path)::+)];
            let arms = [quote!($($path:ident)::+), quote!(::$($path:ident)::+)].into_iter().zip(paths).map(
                |(taken_path, path)| {
                    quote! {
                        (#taken, as #taken_path $(,)?) => {
                            #path(#(#path::#methods),*).#with(#value)
                        };
                        (#taken, as #taken_path <$($argument:ty),+ $(,)?> $(,)?) => {
                            #path(#(<_ as #path<$($argument),+>>::#methods),*).#with(#value)
                        };
                    }
                },
            );
            quote!(#(#arms)*)
        };
        let forms = [
            (quote!(&mut $value:expr), "with_mut", quote!(&mut $value)),
            (quote!(& $value:expr), "with_ref", quote!(&$value)),
            (quote!($value:expr), "with", quote!($value)),
        ];
        let arms = forms.into_iter().map(|(taken, with, value)| {
            let (here, there) = (arm(taken.clone(), with, value.clone()), path(taken, with, value));
            quote!(#here #there)
        });
        quote!(#(#arms)*)
    }
}

/// The macro, under the name of the trait and as visible as it.
fn named_like_the_trait(
    family: &Family<'_>,
    unique: &Ident,
    condition: &TokenStream,
    arms: &TokenStream,
) -> TokenStream {
    let name = family.name();
    let vis = &family.input.item.vis;
    let export = matches!(vis, Visibility::Public(_)).then(|| quote!(#[macro_export]));
    quote! {
        #condition
        #export
        #[doc(hidden)]
        #[allow(unused_macros, non_local_definitions)]
        macro_rules! #unique { #arms }

        #condition
        #[doc(inline)]
        #[allow(unused_imports)]
        #vis use #unique as #name;
    }
}
