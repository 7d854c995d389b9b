//! [`Own`]: the calls of a method to other methods of the same `impl`.
//!
//! A type that has both siblings has each method twice, so `self.call()` would be ambiguous in the body of either. It means the
//! trait of the `impl` that it stands in, and this writes it down.
//!
//! Input: `self.call(n)`, `Self::LIMIT`
//! Output: `Service::call(self, n)`, `<Self as Service<Req>>::LIMIT`
//!
//! In the tokens of a macro too, where they look like that.
//!
//! A call that the method makes of its own name is left as it is where it cannot be a recursion, since then the type has a
//! method of that name itself, which comes first: in an `async fn` if it is in no box, and in what is not async if it passes on
//! just what it was given.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ImplItem, Item, ItemImpl, Macro, Pat, Path, PathArguments};

use crate::trait_variant::method::{Method, Returns, Takes};
use crate::trait_variant::parse::Wishes;

/// What an `impl` has, and the method that is looked at.
pub(crate) struct Own<'a> {
    /// The trait, with its arguments.
    of: &'a Path,
    methods: Vec<(Ident, Takes)>,
    /// Functions without `self`, and constants.
    others: Vec<Ident>,
    /// What the method that is looked at takes as `self`.
    takes: Takes,
    current: Option<Current>,
    /// Whether this stands in a `Box::pin(..)`, as an async recursion has to.
    boxed: bool,
}

/// The method that is looked at, as far as it might pass a call on.
struct Current {
    name: Ident,
    is_async: bool,
    /// Its arguments as they would be written to be passed on.
    arguments: String,
}

impl<'a> Own<'a> {
    pub(crate) fn new(item: &ItemImpl, of: &'a Path) -> Self {
        let (mut methods, mut others) = (Vec::new(), Vec::new());
        for item in &item.items {
            match item {
                ImplItem::Fn(it) => {
                    let method = Method::of_impl(it, &Wishes::default());
                    others.push(method.name().clone());
                    methods.push((method.name().clone(), method.takes));
                }
                ImplItem::Const(it) => others.push(it.ident.clone()),
                _ => {}
            }
        }
        Self { of, methods, others, takes: Takes::Nothing, current: None, boxed: false }
    }

    /// Writes the trait into the bodies of an `impl`.
    pub(crate) fn write(&mut self, item: &mut ItemImpl) {
        for item in &mut item.items {
            if let ImplItem::Fn(it) = item {
                let method = Method::of_impl(it, &Wishes::default());
                self.takes = method.takes;
                let arguments = method.arguments().map(|(pattern, _)| match pattern {
                    Pat::Ident(it) => it.ident.to_string(),
                    // Of a pattern, nothing can be passed on as a whole.
                    _ => String::from("_"),
                });
                self.current = Some(Current {
                    name: method.name().clone(),
                    is_async: matches!(method.returns, Returns::Future(..)),
                    arguments: arguments.collect::<Vec<_>>().join(","),
                });
                self.visit_block_mut(&mut it.block);
            }
        }
    }

    /// Whether a call of this name with these arguments cannot be one of the method itself.
    fn is_passed_on(&self, name: &Ident, arguments: &TokenStream) -> bool {
        let Some(current) = self.current.as_ref().filter(|current| current.name == *name) else { return false };
        if current.is_async {
            return !self.boxed;
        }
        arguments.to_string().replace(' ', "").trim_end_matches(',') == current.arguments
    }

    /// The trait without its arguments, which the compiler finds.
    fn bare(&self) -> Path {
        let mut bare = self.of.clone();
        if let Some(last) = bare.segments.last_mut() {
            last.arguments = PathArguments::None;
        }
        bare
    }

    /// `self` as the method of this name takes it, if that is known.
    fn this(&self, this: &Ident, name: &Ident) -> Option<TokenStream> {
        let (_, wanted) = self.methods.iter().find(|(method, _)| method == name)?;
        let span = Span::mixed_site().located_at(this.span());
        Some(match (self.takes, wanted) {
            (Takes::Ref, Takes::Ref)
            | (Takes::Value, Takes::Value)
            | (Takes::Box, Takes::Box)
            | (Takes::Shared, Takes::Shared) => quote!(#this),
            (Takes::Value, Takes::Ref) => quote_spanned!(span=> &#this),
            (Takes::Value, Takes::Mut) => quote_spanned!(span=> &mut #this),
            (Takes::Mut | Takes::Box | Takes::Shared | Takes::Other, Takes::Ref) => quote_spanned!(span=> &*#this),
            (Takes::Mut | Takes::Box, Takes::Mut) => quote_spanned!(span=> &mut *#this),
            (Takes::Box, Takes::Value) => quote_spanned!(span=> *#this),
            _ => return None,
        })
    }

    /// The same in tokens.
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut written = TokenStream::new();
        let mut at = 0;
        while at < tokens.len() {
            let behind_a_dot = at > 0 && is_punct(tokens.get(at - 1), '.');
            if !behind_a_dot && let Some((call, length)) = self.call_in(&tokens[at..]) {
                written.extend(call);
                at += length;
            } else {
                match &tokens[at] {
                    TokenTree::Group(group) => {
                        let is_box = at > 0 && matches!(&tokens[at - 1], TokenTree::Ident(it) if it == "pin");
                        let outside = self.boxed;
                        self.boxed |= is_box;
                        let mut inner = Group::new(group.delimiter(), self.tokens(group.stream()));
                        self.boxed = outside;
                        inner.set_span(group.span());
                        written.extend([TokenTree::Group(inner)]);
                    }
                    other => written.extend([other.clone()]),
                }
                at += 1;
            }
        }
        written
    }

    /// `self.name(..)` or `Self::NAME` at the beginning of these tokens, as it is to be written, and how many they are.
    fn call_in(&mut self, tokens: &[TokenTree]) -> Option<(TokenStream, usize)> {
        let TokenTree::Ident(first) = tokens.first()? else { return None };
        if first == "self" && is_punct(tokens.get(1), '.') {
            let (TokenTree::Ident(name), TokenTree::Group(group)) = (tokens.get(2)?, tokens.get(3)?) else {
                return None;
            };
            if group.delimiter() != Delimiter::Parenthesis {
                return None;
            }
            if self.is_passed_on(name, &group.stream()) {
                return None;
            }
            let (this, of) = (self.this(first, name)?, self.bare());
            let arguments = self.tokens(group.stream());
            return Some((quote!(#of::#name(#this, #arguments)), 4));
        }
        if first == "Self" && is_punct(tokens.get(1), ':') && is_punct(tokens.get(2), ':') {
            let TokenTree::Ident(name) = tokens.get(3)? else { return None };
            let of = self.of;
            return self.others.contains(name).then(|| (quote!(<#first as #of>::#name), 4));
        }
        None
    }
}

/// `Box::pin(..)` and `..boxed()`, as far as one can see.
fn is_box(expr: &Expr) -> bool {
    match expr {
        Expr::Call(it) => {
            matches!(&*it.func, Expr::Path(it) if it.path.segments.last().is_some_and(|last| last.ident == "pin"))
        }
        Expr::MethodCall(it) => it.method == "boxed" || it.method == "boxed_local",
        _ => false,
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == wanted)
}

impl VisitMut for Own<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let outside = self.boxed;
        self.boxed |= is_box(expr);
        visit_mut::visit_expr_mut(self, expr);
        self.boxed = outside;
        match expr {
            Expr::MethodCall(call) => {
                if self.is_passed_on(&call.method, &call.args.to_token_stream()) {
                    return;
                }
                let Expr::Path(receiver) = &*call.receiver else { return };
                let Some(this) = receiver.path.get_ident().filter(|ident| *ident == "self") else { return };
                let Some(this) = self.this(this, &call.method) else { return };
                let (of, name, turbofish, arguments) = (self.bare(), &call.method, &call.turbofish, &call.args);
                let attributes = &call.attrs;
                *expr = syn::parse_quote!(#(#attributes)* #of::#name #turbofish(#this, #arguments));
            }
            Expr::Path(path) if path.qself.is_none() && path.path.segments.len() == 2 => {
                let (first, second) = (&path.path.segments[0], &path.path.segments[1]);
                if first.ident == "Self" && self.others.contains(&second.ident) {
                    let (this, of, attributes) = (&first.ident, self.of, &path.attrs);
                    *expr = syn::parse_quote!(#(#attributes)* <#this as #of>::#second);
                }
            }
            _ => {}
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        call.tokens = self.tokens(core::mem::take(&mut call.tokens));
    }

    // Another item has another `self`.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
