//! The public items of a crate, with their docs, as the source shows them.
//!
//! The workspace warns of a `pub` that nobody outside can reach (`unreachable_pub`), and CI denies warnings: so what is
//! `pub` in the source is public, and no path has to be resolved here. Items made by macros are not seen, but for those
//! in a `pin_project!`, which are written there as they are.

use std::collections::HashSet;

use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, ImplItem, Item, ReturnType, Signature, Token, TraitItem, Type, TypeParamBound, Visibility};

use super::tree::File;

/// A public item.
#[derive(Debug)]
pub(super) struct Public {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) docs: Docs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A struct, enum or union.
    Type {
        future: bool,
    },
    /// An associated type of a public trait.
    AssociatedType {
        future: bool,
    },
    Trait,
    Macro,
    Function {
        future: bool,
    },
    /// A function of a type or a trait.
    Method {
        future: bool,
    },
}

/// The text of an item's docs.
#[derive(Debug, Default)]
pub(super) struct Docs {
    text: String,
    /// A part of it comes from elsewhere, say an `include_str!`, and may hold anything.
    partly_elsewhere: bool,
}

impl Docs {
    /// Whether they have a section of that title.
    pub(super) fn has_section(&self, title: &str) -> bool {
        self.partly_elsewhere || self.text.lines().any(|line| line.trim_start_matches('#').trim() == title)
    }

    /// Whether they have a block of code.
    pub(super) fn has_code(&self) -> bool {
        self.partly_elsewhere || self.text.contains("```")
    }
}

/// All public items of a crate.
pub(super) fn items(files: &[(&File, syn::File)]) -> Vec<Public> {
    let mut futures = HashSet::new();
    for (_, syntax) in files {
        find_futures(&syntax.items, &mut futures);
    }
    let mut found = Vec::new();
    for (file, syntax) in files {
        Walk { path: &file.path, futures: &futures, found: &mut found }.items(&syntax.items);
    }
    found
}

/// The names of the types that are futures, and of the associated types that are bound to be one.
fn find_futures(items: &[Item], futures: &mut HashSet<String>) {
    for item in items {
        match item {
            Item::Macro(call) => find_futures(&projected(call), futures),
            Item::Mod(module) => find_futures(module.content.as_ref().map_or(&[], |it| &it.1), futures),
            Item::Impl(block) => {
                let of = block.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
                if of.is_some_and(|segment| segment.ident == "Future") {
                    futures.extend(last_name(&block.self_ty));
                }
            }
            Item::Trait(definition) => {
                futures.extend(definition.items.iter().filter_map(|item| match item {
                    TraitItem::Type(associated) if bound_to_future(&associated.bounds) => {
                        Some(associated.ident.to_string())
                    }
                    _ => None,
                }));
            }
            _ => {}
        }
    }
}

struct Walk<'a> {
    path: &'a str,
    futures: &'a HashSet<String>,
    found: &'a mut Vec<Public>,
}

impl Walk<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            // Nobody sees into a private module: what stands in one seals a trait.
            Item::Mod(it) if public(&it.vis) && !hidden(&it.attrs) => {
                self.items(it.content.as_ref().map_or(&[], |it| &it.1));
            }
            Item::Fn(it) if public(&it.vis) => {
                let future = self.returns_future(&it.sig, None);
                self.push(&it.sig.ident, Kind::Function { future }, &it.attrs);
            }
            Item::Struct(it) if public(&it.vis) => self.a_type(&it.ident, &it.attrs),
            Item::Enum(it) if public(&it.vis) => self.a_type(&it.ident, &it.attrs),
            Item::Union(it) if public(&it.vis) => self.a_type(&it.ident, &it.attrs),
            Item::Trait(it) if public(&it.vis) && !hidden(&it.attrs) => self.a_trait(it),
            Item::Impl(it) if it.trait_.is_none() && !hidden(&it.attrs) => self.methods(it),
            Item::Macro(it) if it.ident.is_none() => self.items(&projected(it)),
            Item::Macro(it) if it.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) => {
                if let Some(name) = &it.ident {
                    self.push(name, Kind::Macro, &it.attrs);
                }
            }
            _ => {}
        }
    }

    fn a_type(&mut self, name: &syn::Ident, attributes: &[Attribute]) {
        let future = self.futures.contains(&name.to_string());
        self.push(name, Kind::Type { future }, attributes);
    }

    fn a_trait(&mut self, definition: &syn::ItemTrait) {
        self.push(&definition.ident, Kind::Trait, &definition.attrs);
        for item in &definition.items {
            match item {
                TraitItem::Fn(it) => {
                    let future = self.returns_future(&it.sig, None);
                    self.push(&it.sig.ident, Kind::Method { future }, &it.attrs);
                }
                TraitItem::Type(it) => {
                    let future = bound_to_future(&it.bounds);
                    self.push(&it.ident, Kind::AssociatedType { future }, &it.attrs);
                }
                _ => {}
            }
        }
    }

    fn methods(&mut self, block: &syn::ItemImpl) {
        for item in &block.items {
            if let ImplItem::Fn(it) = item
                && public(&it.vis)
            {
                let future = self.returns_future(&it.sig, last_name(&block.self_ty).as_deref());
                self.push(&it.sig.ident, Kind::Method { future }, &it.attrs);
            }
        }
    }

    fn push(&mut self, name: &syn::Ident, kind: Kind, attributes: &[Attribute]) {
        if !hidden(attributes) {
            self.found.push(Public {
                path: self.path.to_owned(),
                line: name.span().start().line,
                name: name.to_string(),
                kind,
                docs: docs(attributes),
            });
        }
    }

    /// Whether calling this gives a future. Not so for the functions that build a future type and stand on it: they
    /// give what the type's docs speak of.
    fn returns_future(&self, signature: &Signature, of: Option<&str>) -> bool {
        if signature.asyncness.is_some() {
            return true;
        }
        let ReturnType::Type(_, returned) = &signature.output else { return false };
        match &**returned {
            Type::ImplTrait(opaque) => bound_to_future(&opaque.bounds),
            Type::Path(path) => {
                let name = last_name(returned).unwrap_or_default();
                let boxed = path
                    .path
                    .segments
                    .last()
                    .is_some_and(|segment| segment.ident == "Pin" && source(segment).contains("Future"));
                boxed || (self.futures.contains(&name) && of != Some(&name))
            }
            _ => false,
        }
    }
}

/// The items in a `pin_project!`, none for any other macro.
fn projected(call: &syn::ItemMacro) -> Vec<Item> {
    let name = call.mac.path.segments.last().map(|segment| segment.ident.to_string());
    let items = (name.as_deref() == Some("pin_project")).then(|| syn::parse2::<syn::File>(call.mac.tokens.clone()));
    items.and_then(Result::ok).map_or_else(Vec::new, |file| file.items)
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Only for tests, or kept out of the docs.
fn hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let words = source(&attribute.meta);
        (attribute.path().is_ident("cfg") && words.contains("test")) || words == "doc(hidden)"
    })
}

fn docs(attributes: &[Attribute]) -> Docs {
    let mut docs = Docs::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let syn::Meta::NameValue(it) = &attribute.meta else { continue };
        if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) = &it.value {
            docs.text += line.value().trim();
            docs.text.push('\n');
        } else {
            docs.partly_elsewhere = true;
        }
    }
    docs
}

fn bound_to_future(bounds: &Punctuated<TypeParamBound, Token![+]>) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|segment| segment.ident == "Future"),
        _ => false,
    })
}

fn last_name(of: &Type) -> Option<String> {
    match of {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The source text of a piece of syntax, spaces as they come.
fn source(of: &impl Spanned) -> String {
    of.span().source_text().unwrap_or_default()
}
