//! What is refused, and in which words. Each message says why, and what to write instead.

use syn::spanned::Spanned as _;
use syn::{Error, Expr, FnArg, Ident, ItemFn, Pat, Result, Type};

use super::Attribute;
use super::parse::{Input, Named};

/// A runtime that there is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Runtime {
    Tokio,
    TokioMt,
    Smol,
    Local,
    Sim,
}

impl Runtime {
    const ALL: &[(&'static str, Self)] = &[
        ("tokio", Self::Tokio),
        ("tokio_mt", Self::TokioMt),
        ("smol", Self::Smol),
        ("local", Self::Local),
        ("sim", Self::Sim),
    ];
}

/// What there is nothing to say against.
pub(super) struct Checked {
    pub(super) runtimes: Vec<Chosen>,
    pub(super) function: ItemFn,
    /// What the body calls the runtime, and its type.
    pub(super) argument: Option<(Pat, Ident)>,
}

pub(super) struct Chosen {
    pub(super) runtime: Runtime,
    pub(super) name: Ident,
    pub(super) seeds: Option<Expr>,
}

pub(super) fn check(attribute: Attribute, input: Input) -> Result<Checked> {
    let function = input.function;
    of_function(&function)?;
    let argument = of_argument(&function)?;
    let runtimes = input.runtimes.into_iter().map(|named| of_runtime(attribute, named)).collect::<Result<Vec<_>>>()?;
    for (index, one) in runtimes.iter().enumerate() {
        if runtimes[..index].iter().any(|other| other.runtime == one.runtime) {
            return Err(Error::new(one.name.span(), format!("`{}` stands here twice: once is enough", one.name)));
        }
    }
    match (attribute, runtimes.len()) {
        (Attribute::Main, 1) | (Attribute::Test, 1..) => Ok(Checked { runtimes, function, argument }),
        (Attribute::Main, 0) => Err(Error::new(
            function.sig.span(),
            "name the runtime: `#[onpar::main(local)]`, or `tokio` (one thread), `tokio_mt` (several) or `smol`",
        )),
        (Attribute::Main, _) => Err(Error::new(
            runtimes[1].name.span(),
            "a program has one entry: name one runtime. `#[onpar::test(..)]` takes several",
        )),
        (Attribute::Test, _) => Err(Error::new(
            function.sig.span(),
            "name the runtimes that the test runs on: `#[onpar::test(tokio, tokio_mt, smol, local, sim)]`, or some of them",
        )),
    }
}

fn of_function(function: &ItemFn) -> Result<()> {
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        return Err(Error::new(signature.fn_token.span, "write `async fn`: what is not async needs no runtime"));
    }
    if !signature.generics.params.is_empty() {
        let says = "this function is called by nobody who could say what its parameters are: take them out";
        return Err(Error::new_spanned(&signature.generics, says));
    }
    Ok(())
}

fn of_argument(function: &ItemFn) -> Result<Option<(Pat, Ident)>> {
    let mut inputs = function.sig.inputs.iter();
    let Some(first) = inputs.next() else { return Ok(None) };
    if let Some(second) = inputs.next() {
        return Err(Error::new_spanned(second, "the runtime is the one argument that there is"));
    }
    let FnArg::Typed(argument) = first else {
        return Err(Error::new_spanned(first, "write a free function: there is no value that it could be called on"));
    };
    let name = match &*argument.ty {
        Type::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    };
    match name {
        Some(name) => Ok(Some(((*argument.pat).clone(), name.clone()))),
        None => Err(Error::new_spanned(
            &argument.ty,
            "give the type of the runtime a name, such as `rt: Rt`: that name then means the type of the runtime that is \
             chosen above",
        )),
    }
}

fn of_runtime(attribute: Attribute, named: Named) -> Result<Chosen> {
    let Named { name, options } = named;
    let known = Runtime::ALL.iter().find(|(known, _)| name == known);
    let Some(&(_, runtime)) = known else {
        return Err(Error::new(
            name.span(),
            format!(
                "there is no runtime `{name}`; there are `tokio` (one thread), `tokio_mt` (several), `smol`, `local` and `sim`"
            ),
        ));
    };
    if runtime == Runtime::Sim && attribute == Attribute::Main {
        return Err(Error::new(name.span(), "a simulation is for tests: `#[onpar::test(sim)]`"));
    }
    let mut seeds = None;
    for (option, value) in options {
        if runtime != Runtime::Sim || option != "seeds" {
            return Err(Error::new(
                option.span(),
                "the one option that there is belongs to the simulation: `sim(seeds = 0..100)`",
            ));
        }
        seeds = Some(value);
    }
    Ok(Chosen { runtime, name, seeds })
}
