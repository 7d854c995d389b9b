//! What cannot even be read, and in which words. What can be read and is refused nevertheless stands in `check`.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Error, Ident, Item};

pub(crate) fn not_an_item(error: &Error) -> Error {
    Error::new(error.span(), format_args!("`#[trait_variant]` stands on a trait, or on the `impl` of one: {error}"))
}

pub(crate) fn neither_trait_nor_impl(item: &Item) -> Error {
    let (span, what) = match item {
        Item::Struct(it) => (it.ident.span(), "a struct"),
        Item::Enum(it) => (it.ident.span(), "an enum"),
        Item::Union(it) => (it.ident.span(), "a union"),
        Item::Fn(it) => (it.sig.ident.span(), "a function"),
        Item::Mod(it) => (it.ident.span(), "a module"),
        Item::Type(it) => (it.ident.span(), "a type alias"),
        other => (other.span(), "something else"),
    };
    Error::new(span, format_args!("`#[trait_variant]` stands on a trait, or on the `impl` of one, and this is {what}"))
}

pub(crate) fn option_given_twice(key: &Ident) -> Error {
    Error::new(key.span(), format_args!("`{key}` is given twice"))
}

pub(crate) fn unknown_option(key: &Ident) -> Error {
    Error::new(
        key.span(),
        format_args!(
            "there is no option `{key}`; there are: `send = Name`, `dyn = Name`, `dyn_send = Name`, `where(..)`, \
             `siblings(Trait = SendTrait)`, `forward(&, Box)`, `inline = BYTES`, `plain_errors`, `crate = PATH`"
        ),
    )
}

pub(crate) fn unknown_pointer(name: &Ident) -> Error {
    Error::new(name.span(), format_args!("`{name}` is not known here; there are: `&`, `&mut`, `Box`, `Rc`, `Arc`"))
}

pub(crate) fn empty_wish(span: Span) -> Error {
    Error::new(span, "say what about it: `#[trait_variant(local)]`, `#[trait_variant(where(T: Send))]`")
}

pub(crate) fn unknown_wish(key: &Ident) -> Error {
    Error::new(
        key.span(),
        format_args!(
            "there is no `{key}` inside of a trait; there are: `local`, `where(..)`, and `dyn = VALUE` on a constant"
        ),
    )
}
