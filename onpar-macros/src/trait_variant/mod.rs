//! `#[trait_variant]`: parse, check, expand. Each file uses only those that stand below it here.

mod expand;

mod check;

mod boxed;

mod of_call;

mod conditional;

mod family;

mod siblings;

mod lifetimes;

mod method;

mod side;

mod parse;

mod unreadable;

use proc_macro2::TokenStream;

use self::check::Checked;

/// The code for an item with the attribute. An error stands beside the item as it was, so that it is the only one.
pub(crate) fn trait_variant(options: TokenStream, item: TokenStream) -> TokenStream {
    let checked = parse::parse(options, item.clone()).and_then(check::check);
    match checked {
        Ok(Checked::Trait(input)) => expand::of_trait(&input),
        Ok(Checked::Impl(input, of, send)) => expand::of_impl(&input, &of, &send),
        Err(error) => {
            let error = error.into_compile_error();
            let item = parse::as_it_was(item);
            quote::quote!(#error #item)
        }
    }
}
