//! Input: a checked function and the runtimes that it is to run on.
//!
//! Output, for `main`: a function that is not async, and calls the runtime's own `run` with the body as an async closure. For
//! `test`: a module with the function's name, and in it one such function for each runtime, each a `#[test]`. The body is
//! repeated, since one generic body could not serve runtimes whose tasks are `Send` and those whose are not.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, ReturnType};

use super::check::{Checked, Chosen, Runtime};

/// How many seeds a simulation runs with, unless told otherwise.
const SEEDS: u64 = 20;

pub(super) fn main(checked: &Checked) -> TokenStream {
    let Checked { runtimes, function, .. } = checked;
    let (attributes, visibility, name) = (&function.attrs, &function.vis, &function.sig.ident);
    let output = &function.sig.output;
    let bodies = runtimes.iter().map(|chosen| body(checked, chosen));
    quote! {
        #(#attributes)*
        #visibility fn #name() #output {
            #(#bodies)*
        }
    }
}

pub(super) fn test(checked: &Checked) -> TokenStream {
    let Checked { runtimes, function, .. } = checked;
    let name = &function.sig.ident;
    // What decides whether there is a test at all decides it for the module too.
    let conditions = function.attrs.iter().filter(|attribute| is_condition(attribute));
    let attributes = &function.attrs;
    let tests = runtimes.iter().map(|chosen| {
        let (runtime, body) = (&chosen.name, body(checked, chosen));
        let output = if chosen.runtime == Runtime::Sim { &ReturnType::Default } else { &function.sig.output };
        quote! {
            #(#attributes)*
            #[::core::prelude::v1::test]
            fn #runtime() #output {
                #body
            }
        }
    });
    quote! {
        #(#conditions)*
        mod #name {
            #[allow(unused_imports)]
            use super::*;

            #(#tests)*
        }
    }
}

/// The runtime's `run`, with the function's body.
fn body(checked: &Checked, chosen: &Chosen) -> TokenStream {
    let Checked { function, argument, .. } = checked;
    let (block, output) = (&function.block, &function.sig.output);
    let (ty, run) = match chosen.runtime {
        Runtime::Tokio => (quote!(::onpar::rt::tokio_1::Tokio), quote!(::onpar::rt::tokio_1::run_current_thread)),
        Runtime::TokioMt => (quote!(::onpar::rt::tokio_1::Tokio), quote!(::onpar::rt::tokio_1::run)),
        Runtime::Smol => (quote!(::onpar::rt::smol_2::Smol), quote!(::onpar::rt::smol_2::run)),
        Runtime::Local => (quote!(::onpar::rt::local::Local), quote!(::onpar::rt::local::run)),
        Runtime::Sim => (quote!(::onpar::test::Rt), quote!(::onpar::test::Sim::check)),
    };
    let (alias, argument) = match argument {
        Some((pattern, name)) => {
            // The name stands in the body as often as its author likes, also not at all.
            let alias = quote_spanned!(name.span()=> #[allow(dead_code)] type #name = #ty;);
            (alias, quote!(#pattern: #name))
        }
        None => (TokenStream::new(), quote!(_: #ty)),
    };
    if chosen.runtime != Runtime::Sim {
        return quote! {
            #alias
            #run(async |#argument| #output #block)
        };
    }
    let seeds = chosen.seeds.as_ref().map_or_else(|| quote!(0..#SEEDS), |seeds| quote!(#seeds));
    match output {
        ReturnType::Default => quote! {
            #alias
            #run(#seeds, async |#argument| #block);
        },
        // What the test harness does with an output, for each seed.
        ReturnType::Type(_, ty) => quote_spanned! { ty.span()=>
            #alias
            #run(#seeds, async |#argument| {
                let outcome: #ty = async move #block.await;
                let code = ::std::process::Termination::report(outcome);
                ::core::assert_eq!(code, ::std::process::ExitCode::SUCCESS, "the test gave an error");
            });
        },
    }
}

fn is_condition(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
}
