//! Reads the attribute's options and the function. What they may be is not its concern.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, ItemFn, Result, Token, parenthesized, parse2};

pub(super) struct Input {
    pub(super) runtimes: Vec<Named>,
    pub(super) function: ItemFn,
}

/// A runtime that the attribute names: `tokio`, or `sim(seeds = 0..100)`.
pub(super) struct Named {
    pub(super) name: Ident,
    pub(super) options: Vec<(Ident, Expr)>,
}

impl Parse for Named {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.parse()?;
        let mut options = Vec::new();
        if input.peek(syn::token::Paren) {
            let inside;
            parenthesized!(inside in input);
            let option = |input: ParseStream<'_>| {
                let name = input.parse()?;
                input.parse::<Token![=]>()?;
                Ok((name, input.parse()?))
            };
            options.extend(Punctuated::<_, Token![,]>::parse_terminated_with(&inside, option)?);
        }
        Ok(Self { name, options })
    }
}

pub(super) fn parse(options: TokenStream, item: TokenStream) -> Result<Input> {
    let runtimes = Punctuated::<Named, Token![,]>::parse_terminated.parse2(options)?;
    Ok(Input { runtimes: runtimes.into_iter().collect(), function: parse2(item)? })
}
