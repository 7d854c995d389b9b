//! The attribute [`macro@trait_variant`]: `Send` siblings and trait objects of plain async traits. The attributes [`macro@main`]
//! and [`macro@test`]: a program, or a test, on the runtime that they name.
//!
//! Depend on `onpar` with the feature `macros`, which has what the generated code builds on; see there for what it is for.
#![forbid(unsafe_code)]

extern crate alloc;

mod runtime;
mod trait_variant;

use proc_macro::TokenStream;

/// Makes a `Send` sibling and trait objects of a plain trait with `async fn`s; on an `impl`, implements both siblings.
///
/// # Examples
///
/// ```ignore
/// use onpar::trait_variant;
///
/// #[trait_variant(send = SendService, dyn = DynService, dyn_send = DynSendService)]
/// pub trait Service<Request> {
///     type Response;
///     async fn call(&self, request: Request) -> Self::Response;
/// }
/// ```
#[proc_macro_attribute]
pub fn trait_variant(options: TokenStream, item: TokenStream) -> TokenStream {
    trait_variant::trait_variant(options.into(), item.into()).into()
}

/// Makes an `async fn main` the entry of a program, on the runtime that it names: `local`, `tokio` (one thread), `tokio_mt`
/// (several threads) or `smol`.
///
/// The function may take the runtime, which is a value like any other. The name that stands as its type means the type of the
/// runtime that was chosen, so another choice changes that one word.
///
/// Each runtime needs the feature of `onpar` with its name (`tokio-1`, `smol-2`, `local`). Without an attribute, it is
/// `onpar::rt::local::run(async |rt| ..)`, and so for the others.
///
/// # Examples
///
/// ```ignore
/// use onpar::prelude::*;
/// use std::time::Duration;
///
/// #[onpar::main(local)]
/// async fn main(rt: Rt) {
///     rt.sleep(Duration::from_millis(1)).await;
///     println!("good morning");
/// }
/// ```
#[proc_macro_attribute]
pub fn main(options: TokenStream, item: TokenStream) -> TokenStream {
    runtime::runtime(runtime::Attribute::Main, options.into(), item.into()).into()
}

/// Makes one test of an `async fn` for each of the runtimes that it names: `tokio` (one thread), `tokio_mt` (several threads),
/// `smol`, `local` and `sim`, the simulation with a seeded schedule and a virtual clock.
///
/// The tests stand in a module with the function's name, and have the names of the runtimes. The function may take the runtime;
/// the name that stands as its type means, in each test, that runtime's type. It may return a `Result`, as other tests do. The
/// simulation runs it with the seeds 0 to 19, or with those of `sim(seeds = 0..1000)`; a failure names its seed, and
/// `ONPAR_SEED` runs it again.
///
/// Each runtime needs the feature of `onpar` with its name (`tokio-1`, `smol-2`, `local`, `test`).
///
/// # Examples
///
/// ```ignore
/// use onpar::prelude::*;
/// use std::time::Duration;
///
/// #[onpar::test(tokio, tokio_mt, smol, local, sim(seeds = 0..100))]
/// async fn a_timeout_comes_in_time(rt: Rt) {
///     let work = timeout(&rt, Duration::from_millis(10), rt.sleep(Duration::from_millis(50)));
///     assert!(work.await.is_err());
/// }
/// ```
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    runtime::runtime(runtime::Attribute::Test, options.into(), item.into()).into()
}
