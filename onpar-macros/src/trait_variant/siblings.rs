//! [`Rename`]: from the names of plain traits to those of their `Send` siblings.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Ident, Path};

use super::parse::Sibling;

/// Leads each path of a plain trait to its sibling, and keeps its arguments.
#[derive(Clone)]
pub(crate) struct Rename {
    pairs: Vec<(Path, Path)>,
}

impl Rename {
    pub(crate) fn new(siblings: &[Sibling]) -> Self {
        Self { pairs: siblings.iter().map(|it| (it.plain.clone(), it.send.clone())).collect() }
    }

    pub(crate) fn add(&mut self, plain: &Path, send: &Path) {
        self.pairs.push((plain.clone(), send.clone()));
    }

    /// Those of them that [`imports`](Self::imports) cannot lead, because their path has several parts.
    pub(crate) fn longer(&self) -> Self {
        let longer = self.pairs.iter().filter(|(plain, _)| plain.leading_colon.is_some() || plain.segments.len() > 1);
        Self { pairs: longer.cloned().collect() }
    }

    /// `use SendService as Service;` for each name that stands in the code, which so means the sibling without being
    /// touched, also in the tokens of macros.
    pub(crate) fn imports(&self, code: &TokenStream) -> TokenStream {
        let imports = self.pairs.iter().filter_map(|(plain, send)| {
            let name = &plain.segments.last()?.ident;
            (plain.leading_colon.is_none() && plain.segments.len() == 1 && mentions(code, name)).then(|| {
                quote! {
                    #[allow(unused_imports)]
                    use #send as #name;
                }
            })
        });
        quote!(#(#imports)*)
    }
}

/// Whether any of these names stands in a type.
pub(crate) fn mentions_any(ty: &syn::Type, names: &[Ident]) -> bool {
    let code = quote!(#ty);
    names.iter().any(|name| mentions(&code, name))
}

fn mentions(code: &TokenStream, name: &Ident) -> bool {
    code.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == *name,
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

impl VisitMut for Rename {
    fn visit_path_mut(&mut self, path: &mut Path) {
        for (plain, send) in &self.pairs {
            let length = plain.segments.len();
            let same = path.segments.len() >= length
                && path.leading_colon.is_some() == plain.leading_colon.is_some()
                && path.segments.iter().zip(&plain.segments).all(|(a, b)| a.ident == b.ident);
            if same {
                let mut renamed = send.clone();
                if let (Some(last), Some(of)) = (renamed.segments.last_mut(), path.segments.iter().nth(length - 1)) {
                    last.arguments = of.arguments.clone();
                }
                renamed.segments.extend(path.segments.iter().skip(length).cloned());
                *path = renamed;
                break;
            }
        }
        visit_mut::visit_path_mut(self, path);
    }
}
