//! What the attribute was given: its options, and a trait or an `impl`, taken apart as far as the rest needs it.
//!
//! What is wrong is not said here but in `check`; for what cannot even be read, `unreadable` has the words.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Expr, Ident, ImplItem, Item, ItemImpl, ItemTrait, LitInt, Path, Token, TraitItem, TypeParamBound,
    WherePredicate, parenthesized,
};

use super::unreadable;

/// The name of the attribute, on methods too.
const NAME: &str = "trait_variant";

/// The options in the parentheses.
pub(crate) struct Options {
    /// `send = SendService: Send + Sync`. On an `impl` without a name: the `impl` is that of the sibling itself.
    pub(crate) send: Option<Send>,
    /// `dyn = DynService: Send`.
    pub(crate) object: Option<Variant>,
    /// `dyn_send = DynSendService: Send`.
    pub(crate) send_object: Option<Variant>,
    /// `where(Req: Send)`: what holds on the `Send` side only.
    pub(crate) bounds: Vec<WherePredicate>,
    /// `siblings(Base = SendBase)`: other traits that have a `Send` sibling.
    pub(crate) siblings: Vec<Sibling>,
    /// `inline = 256`: calls through an object have so many bytes, and no heap.
    pub(crate) inline: Option<LitInt>,
    /// `forward(&, Box)`: the pointers that implement the trait where what they point to does.
    pub(crate) forward: Option<Forward>,
    /// `plain_errors`: the compiler's own words where a form is missing.
    pub(crate) plain_errors: bool,
    /// `crate = ::onpar_traits`: where the code finds what it builds on.
    pub(crate) root: Path,
}

/// The option `send`.
pub(crate) struct Send {
    pub(crate) span: Span,
    pub(crate) path: Option<Path>,
    pub(crate) bounds: Option<Bounds>,
}

/// A form of the trait, and the auto traits that were asked for.
pub(crate) struct Variant {
    pub(crate) name: Ident,
    pub(crate) bounds: Option<Bounds>,
}

pub(crate) type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// A trait, and its `Send` sibling.
pub(crate) struct Sibling {
    pub(crate) plain: Path,
    pub(crate) send: Path,
}

/// The option `forward`.
pub(crate) struct Forward {
    pub(crate) pointers: Vec<(Pointer, Span)>,
}

/// A pointer that may implement the trait where what it points to does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pointer {
    Ref,
    Mut,
    Box,
    Rc,
    Arc,
}

/// What an attribute on a method, or another item of a trait, says.
#[derive(Default)]
pub(crate) struct Wishes {
    /// `local`: its future need not be `Send`.
    pub(crate) local: bool,
    /// `where(T: Send)`: what the method asks for on the `Send` side.
    pub(crate) bounds: Vec<WherePredicate>,
    /// `dyn = 3`: the value of a constant for trait objects.
    pub(crate) object: Option<Expr>,
}

/// A trait with the attribute.
pub(crate) struct Trait {
    pub(crate) options: Options,
    /// Without the attributes of [`Wishes`].
    pub(crate) item: ItemTrait,
    /// For each item of the trait.
    pub(crate) wishes: Vec<Wishes>,
}

/// An `impl` with the attribute.
pub(crate) struct Impl {
    pub(crate) options: Options,
    /// Without the attributes of [`Wishes`].
    pub(crate) item: ItemImpl,
    /// For each item of the `impl`.
    pub(crate) wishes: Vec<Wishes>,
}

/// What the attribute stands on.
pub(crate) enum Input {
    Trait(Box<Trait>),
    Impl(Box<Impl>),
}

pub(crate) fn parse(options: TokenStream, item: TokenStream) -> syn::Result<Input> {
    let item: Item = syn::parse2(item).map_err(|error| unreadable::not_an_item(&error))?;
    match item {
        Item::Trait(mut item) => {
            let options = Options::parse.parse2(options)?;
            let wishes = item.items.iter_mut().map(|one| attributes(one).map_or(Ok(Wishes::default()), Wishes::take));
            let wishes = wishes.collect::<syn::Result<_>>()?;
            Ok(Input::Trait(Box::new(Trait { options, item, wishes })))
        }
        Item::Impl(mut item) => {
            let options = Options::parse.parse2(options)?;
            let wishes = item.items.iter_mut().map(|one| match one {
                ImplItem::Fn(it) => Wishes::take(&mut it.attrs),
                _ => Ok(Wishes::default()),
            });
            let wishes = wishes.collect::<syn::Result<_>>()?;
            Ok(Input::Impl(Box::new(Impl { options, item, wishes })))
        }
        other => Err(unreadable::neither_trait_nor_impl(&other)),
    }
}

/// The item for the compiler beside an error: without the attributes that it does not know.
pub(crate) fn as_it_was(item: TokenStream) -> TokenStream {
    match without_wishes(item.clone()) {
        Some(item) => item.into_token_stream(),
        None => item,
    }
}

/// A trait or an `impl` without the attributes of [`Wishes`].
fn without_wishes(item: TokenStream) -> Option<Item> {
    let is_ours = |attribute: &Attribute| attribute.path().segments.last().is_some_and(|segment| segment.ident == NAME);
    let mut item: Item = syn::parse2(item).ok()?;
    match &mut item {
        Item::Trait(it) => {
            for attributes in it.items.iter_mut().filter_map(attributes) {
                attributes.retain(|attribute| !is_ours(attribute));
            }
        }
        Item::Impl(it) => {
            for one in &mut it.items {
                if let ImplItem::Fn(it) = one {
                    it.attrs.retain(|attribute| !is_ours(attribute));
                }
            }
        }
        _ => {}
    }
    Some(item)
}

fn attributes(item: &mut TraitItem) -> Option<&mut Vec<Attribute>> {
    match item {
        TraitItem::Fn(it) => Some(&mut it.attrs),
        TraitItem::Const(it) => Some(&mut it.attrs),
        TraitItem::Type(it) => Some(&mut it.attrs),
        _ => None,
    }
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Self {
            send: None,
            object: None,
            send_object: None,
            bounds: Vec::new(),
            siblings: Vec::new(),
            inline: None,
            forward: None,
            plain_errors: false,
            root: syn::parse_quote!(::onpar::traits),
        };
        let mut seen: Vec<Ident> = Vec::new();
        while !input.is_empty() {
            let key = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
            if seen.contains(&key) {
                return Err(unreadable::option_given_twice(&key));
            }
            match key.to_string().as_str() {
                "send" => options.send = Some(Send::parse(key.span(), input)?),
                "dyn" => options.object = Some(Variant::parse(input)?),
                "dyn_send" => options.send_object = Some(Variant::parse(input)?),
                "where" => options.bounds = predicates(input)?,
                "siblings" => options.siblings = siblings(input)?,
                "inline" => {
                    input.parse::<Token![=]>()?;
                    options.inline = Some(input.parse()?);
                }
                "forward" => options.forward = Some(Forward::parse(input)?),
                "plain_errors" => options.plain_errors = true,
                "crate" => {
                    input.parse::<Token![=]>()?;
                    options.root = input.call(Path::parse_mod_style)?;
                }
                _ => return Err(unreadable::unknown_option(&key)),
            }
            seen.push(key);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Send {
    fn parse(span: Span, input: ParseStream<'_>) -> syn::Result<Self> {
        let path = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Some(input.call(Path::parse_mod_style)?)
        } else {
            None
        };
        Ok(Self { span, path, bounds: bounds(input)? })
    }
}

impl Variant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Token![=]>()?;
        Ok(Self { name: input.parse()?, bounds: bounds(input)? })
    }
}

/// `: Send + Sync`, if there is a colon.
fn bounds(input: ParseStream<'_>) -> syn::Result<Option<Bounds>> {
    if !input.peek(Token![:]) {
        return Ok(None);
    }
    input.parse::<Token![:]>()?;
    Bounds::parse_separated_nonempty(input).map(Some)
}

fn predicates(input: ParseStream<'_>) -> syn::Result<Vec<WherePredicate>> {
    let content;
    parenthesized!(content in input);
    Ok(content.call(Punctuated::<WherePredicate, Token![,]>::parse_terminated)?.into_iter().collect())
}

fn siblings(input: ParseStream<'_>) -> syn::Result<Vec<Sibling>> {
    let content;
    parenthesized!(content in input);
    Ok(content.call(Punctuated::<Sibling, Token![,]>::parse_terminated)?.into_iter().collect())
}

impl Parse for Sibling {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let plain = input.call(Path::parse_mod_style)?;
        input.parse::<Token![=]>()?;
        Ok(Self { plain, send: input.call(Path::parse_mod_style)? })
    }
}

impl Forward {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        parenthesized!(content in input);
        let pointers = content.parse_terminated(|input| Ok((input.span(), Pointer::parse(input)?)), Token![,])?;
        Ok(Self { pointers: pointers.into_iter().map(|(span, pointer)| (pointer, span)).collect() })
    }
}

impl Parse for Pointer {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![&]) {
            input.parse::<Token![&]>()?;
            let exclusive = input.parse::<Option<Token![mut]>>()?.is_some();
            return Ok(if exclusive { Self::Mut } else { Self::Ref });
        }
        let name: Ident = input.parse()?;
        match name.to_string().as_str() {
            "Box" => Ok(Self::Box),
            "Rc" => Ok(Self::Rc),
            "Arc" => Ok(Self::Arc),
            _ => Err(unreadable::unknown_pointer(&name)),
        }
    }
}

impl Wishes {
    /// Takes the attributes of that name away, and reads them.
    fn take(attributes: &mut Vec<Attribute>) -> syn::Result<Self> {
        let mut wishes = Self::default();
        let is_ours =
            |attribute: &mut Attribute| attribute.path().segments.last().is_some_and(|segment| segment.ident == NAME);
        for attribute in attributes.extract_if(.., is_ours) {
            if let syn::Meta::Path(path) = &attribute.meta {
                return Err(unreadable::empty_wish(path.span()));
            }
            attribute.parse_args_with(|input: ParseStream<'_>| wishes.parse(input))?;
        }
        Ok(wishes)
    }

    fn parse(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        while !input.is_empty() {
            let key = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
            match key.to_string().as_str() {
                "local" => self.local = true,
                "where" => self.bounds.extend(predicates(input)?),
                "dyn" => {
                    input.parse::<Token![=]>()?;
                    self.object = Some(input.parse()?);
                }
                _ => return Err(unreadable::unknown_wish(&key)),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }
}
