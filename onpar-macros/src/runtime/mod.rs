//! `#[onpar::main]` and `#[onpar::test]`: parse, check, expand.

mod check;
mod expand;
mod parse;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemFn, Result, parse2};

/// Which of the two attributes it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    Main,
    Test,
}

/// The code for a function with one of the attributes. An error stands beside an empty function, so that it is the only one.
pub(crate) fn runtime(attribute: Attribute, options: TokenStream, item: TokenStream) -> TokenStream {
    match code(attribute, options, item.clone()) {
        Ok(code) => code,
        Err(error) => {
            let error = error.into_compile_error();
            let name = parse2::<ItemFn>(item).map(|function| function.sig.ident);
            let empty = name.map_or(TokenStream::new(), |name| quote!(#[allow(dead_code)] fn #name() {}));
            quote!(#error #empty)
        }
    }
}

fn code(attribute: Attribute, options: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let input = parse::parse(options, item)?;
    let checked = check::check(attribute, input)?;
    Ok(match attribute {
        Attribute::Main => expand::main(&checked),
        Attribute::Test => expand::test(&checked),
    })
}
