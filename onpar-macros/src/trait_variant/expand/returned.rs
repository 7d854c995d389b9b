//! What the methods of a trait return on a [`Side`].

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

use crate::trait_variant::method::{Method, Returns};
use crate::trait_variant::side::{Autos, Side};

/// The root of all paths, as tokens that stand there: or else errors would begin where the attribute does.
pub(crate) fn root_at(root: &Path, span: Span) -> TokenStream {
    let tokens = quote!(#root).into_iter();
    tokens
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}

impl Autos {
    /// All of them, under paths that nothing can shadow.
    pub(crate) fn all(&self, root: &Path, span: Span) -> TokenStream {
        let (others, root) = (&self.others, root_at(root, span));
        if self.send {
            quote_spanned!(span=> #root::generated::core::marker::Send #(+ #others)*)
        } else {
            quote_spanned!(span=> #(#others)+*)
        }
    }
}

impl Side {
    /// The return type of a method in a trait or an `impl`.
    pub(crate) fn output(&self, method: &Method, root: &Path) -> TokenStream {
        let span = method.span();
        let at = root_at(root, span);
        let autos = match self {
            Self::Send(autos) if method.is_proved() => autos,
            _ => return plain_output(method, root),
        };
        match &method.returns {
            Returns::Future(output, rest) => {
                let rest = rest.iter().chain(&autos.others);
                let future = quote_spanned!(span=> #at::generated::core::future::Future);
                let opaque = quote_spanned!(span=> impl #future<Output = #output> #(+ #rest)*);
                if autos.send {
                    quote_spanned!(span=> -> #at::SendFuture<#opaque>)
                } else {
                    quote_spanned!(span=> -> #opaque)
                }
            }
            Returns::Iterator(..) | Returns::Stream(..) | Returns::Opaque(_) => {
                let output = plain_output(method, root);
                let autos = autos.all(root, span);
                quote_spanned!(span=> #output + #autos)
            }
            Returns::Plain => plain_output(method, root),
        }
    }

    /// Whether the method returns a `SendFuture` on this side.
    pub(crate) fn is_send(&self, method: &Method) -> bool {
        matches!((self, &method.returns), (Self::Send(autos), Returns::Future(..)) if method.is_proved() && autos.send)
    }

    /// Makes of a future, or whatever else a method returns, what it returns on this side.
    pub(crate) fn wrap(&self, method: &Method, root: &Path, value: TokenStream) -> TokenStream {
        let span = method.span();
        if !self.is_send(method) {
            return value;
        }
        let root = root_at(root, span);
        quote_spanned!(span=> #root::SendFuture::new(#value))
    }

    /// The marker of a call whose type is forgotten.
    pub(crate) fn marker(&self, method: &Method, root: &Path) -> TokenStream {
        let span = method.span();
        let root = root_at(root, span);
        let marker = quote_spanned!(span=> #root::generated::core::marker);
        match self {
            Self::Send(autos) if method.is_proved() => match (autos.send, autos.has("Sync")) {
                (true, true) => quote_spanned!(span=> dyn #marker::Send + #marker::Sync),
                (true, false) => quote_spanned!(span=> dyn #marker::Send),
                (false, true) => quote_spanned!(span=> dyn #marker::Sync),
                (false, false) => quote_spanned!(span=> #root::Anything),
            },
            _ => quote_spanned!(span=> #root::Anything),
        }
    }
}

/// What a method returns in the plain trait, `async` or not.
fn plain_output(method: &Method, root: &Path) -> TokenStream {
    let span = method.span();
    let root = root_at(root, span);
    match &method.returns {
        Returns::Future(output, rest) if method.signature.asyncness.is_some() => {
            let rest = rest.iter();
            quote_spanned!(span=> -> impl #root::generated::core::future::Future<Output = #output> #(+ #rest)*)
        }
        _ => {
            let output = &method.signature.output;
            quote!(#output)
        }
    }
}
