//! The body of an `async fn` as a block that gives its future, so that something can be said about that.
//!
//! Input: `async fn call(&self, (a, _): (A, B), mut c: C) -> T { body }`
//! Output: the arguments `__argument_0, __argument_1`, and
//! `async move { let __argument_0 = __argument_0; let (a, _) = __argument_0; .. { body } }`
//!
//! All arguments go into the future and are dropped behind the body, the last one first, as those of an `async fn` are,
//! whether the body uses them or not; and what a pattern binds is dropped before what it leaves.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::token::Brace;
use syn::{Block, FnArg, Pat, Path, Signature, Type};

use super::returned::root_at;
use crate::trait_variant::method::{Method, Returns, Takes, impl_trait};
use crate::trait_variant::siblings::Rename;

/// A body for another signature.
pub(crate) struct Body {
    /// With a name for each argument that is a pattern, and not `async`.
    pub(crate) signature: Signature,
    /// What gives the future, or, if the method is not `async`, the value.
    pub(crate) value: TokenStream,
}

impl Body {
    pub(crate) fn new(method: &Method, block: &Block, rename: &Rename, root: &Path) -> Self {
        // It stands in another block, where its braces are none that the user could leave out.
        let mut block = block.clone();
        block.brace_token = Brace(Span::call_site().located_at(block.brace_token.span.join()));
        let imports = rename.imports(&quote!(#block));
        let block = if imports.is_empty() { quote!(#block) } else { quote!({ #imports #block }) };
        if method.signature.asyncness.is_none() {
            return Self { signature: method.signature.clone(), value: block };
        }
        let mut signature = method.signature.clone();
        signature.asyncness = None;
        let mut moves = Vec::new();
        for (index, input) in signature.inputs.iter_mut().enumerate() {
            match input {
                FnArg::Receiver(receiver) => {
                    let this = syn::Ident::new("self", receiver.self_token.span);
                    let by_value = receiver.reference.is_none();
                    if by_value && method.takes != Takes::Ref && method.takes != Takes::Mut {
                        // Takes all of it along, also where the body uses a part of it, or nothing.
                        moves.push(quote!(let _ = &#this;));
                    }
                }
                FnArg::Typed(argument) => {
                    let attributes = core::mem::take(&mut argument.attrs);
                    if let Pat::Ident(name) = &mut *argument.pat
                        && name.by_ref.is_none()
                        && name.subpat.is_none()
                        // One that says that nobody uses it is not used here either.
                        && !name.ident.to_string().starts_with('_')
                    {
                        let (mutable, ident) = (name.mutability.take(), &name.ident);
                        moves.push(quote!(#(#attributes)* #[allow(clippy::shadow_same)] let #mutable #ident = #ident;));
                    } else {
                        let span = Span::mixed_site().located_at(method.name().span());
                        let name = format_ident!("__argument_{index}", span = span);
                        let pattern = core::mem::replace(&mut *argument.pat, syn::parse_quote!(#name));
                        moves.push(quote! {
                            let #name = #name;
                            #(#attributes)*
                            #[allow(clippy::no_effect_underscore_binding)]
                            let #pattern = #name;
                        });
                    }
                }
            }
        }
        let output = match &method.returns {
            Returns::Future(output, _) => output.clone(),
            _ => syn::parse_quote!(()),
        };
        let value = future(method, &output, &moves, &block, root);
        Self { signature, value }
    }
}

/// The `async` block. Its type is said in it, as that of an `async fn` is by its signature: so what it returns is coerced.
fn future(method: &Method, output: &Type, moves: &[TokenStream], block: &TokenStream, root: &Path) -> TokenStream {
    let span = Span::mixed_site().located_at(method.name().span());
    let root = root_at(root, span);
    if is_unit(output) {
        return quote_spanned!(span=> async move { #(#moves)* let () = #block; });
    }
    if impl_trait(output).is_some() || is_never(output) {
        return quote_spanned!(span=> async move { #(#moves)* #block });
    }
    quote_spanned! {span=>
        async move {
            if let #root::generated::core::option::Option::Some(__returned) =
                #root::generated::core::option::Option::None::<#output>
            {
                #[allow(unreachable_code)]
                return __returned;
            }
            #(#moves)*
            let __returned: #output = #block;
            #[allow(unreachable_code)]
            __returned
        }
    }
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(it) if it.elems.is_empty())
}

fn is_never(ty: &Type) -> bool {
    matches!(ty, Type::Never(_))
}
