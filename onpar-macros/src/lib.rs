//! The attribute [`macro@trait_variant`]: `Send` siblings and trait objects of plain async traits. The attributes [`macro@main`]
//! and [`macro@test`]: a program, or a test, on the runtime that they name.
//!
//! Depend on `onpar` with the feature `macros`, which has what the generated code builds on; see there for what it is for.
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(test)]
mod expansions;

mod runtime;
mod trait_variant;

use proc_macro::TokenStream;

/// Makes a `Send` sibling and trait objects of a plain trait with `async fn`s; on an `impl`, implements both siblings.
///
/// # On a trait
///
/// The trait stays as it is, and is implemented without any attribute. It is given those of these forms that are named:
///
/// | option | what it makes | how it is used |
/// |---|---|---|
/// | `send = SendService` | a trait with the same methods, whose futures are `Send` | as a bound, `S: SendService`, of code that spawns; a plain value becomes one by `Service!(value)` |
/// | `dyn = DynService` | the type of trait objects | `Box<DynService>`, `&DynService`, `Arc<DynService>` of any implementation; itself it implements `Service` |
/// | `dyn_send = DynSendService` | the type of those that may move between threads | the same, of whatever implements `SendService`, such as `Box::new(Service!(value))` |
///
/// The siblings are traits of their own: generic code names one of them, and a type may implement both. From `SendService`
/// back to `Service` leads `onpar::traits::Local`. Parameters and
/// associated types of the trait are parameters of the object: `DynService<'object, Request, Response>`.
///
/// | further options | |
/// |---|---|
/// | `send = SendService: Send + Sync` | the auto traits of the futures; `Send` alone, if none are named |
/// | `dyn_send = DynSendService: Send` | the auto traits of the object, and so for `dyn`. If none are named: none for `dyn`; for `dyn_send` `Send`, and `Sync` where a method takes `&self` |
/// | `siblings(Base = SendBase)` | what other traits, among the supertraits and bounds, are called on the `Send` side |
/// | `forward(&, &mut, Box, Rc, Arc)` | these pointers implement the trait where what they point to does |
/// | `inline = 256` | the future of a call through an object stands in so many bytes of the call, and not on the heap |
/// | `plain_errors` | the compiler's own words where a value does not have a form: for where `diagnostic` is a name of your own, or with `#![no_implicit_prelude]` |
/// | `crate = path` | where `onpar::traits` is, if it goes by another name |
/// | on a method: `#[trait_variant(local)]` | its future need not be `Send` on the `Send` side |
/// | on a method: `#[trait_variant(where(T: Send))]` | what it asks for on the `Send` side only |
/// | on a constant: `#[trait_variant(dyn = 3)]` | the value that it has for trait objects |
///
/// # On an `impl`
///
/// `#[trait_variant(send = SendService)]` implements both siblings from one body, which is how middleware is written once. What
/// only the `Send` side asks for stands in `where(..)`: most often `S: Sync`, since `&self` is held across an `.await`, and `Send`
/// for parameters of the trait. In a body, `self.name()` is a call of the trait's method of that name, if it has one.
/// `#[trait_variant(send)]` stands on an `impl` of the sibling alone, and lets it be written with
/// `async fn`.
///
/// Each layer of middleware is a future in a future. From about thirty layers on rustc says "queries overflow the depth limit", with
/// any tool and without: write `#![recursion_limit = "256"]` at the root of the crate, which is enough for forty.
///
/// # Cancel safety
///
/// Dropping the future of a call through any of the forms drops that of the method, at once.
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
///
/// /// Middleware, for both siblings.
/// struct Logged<S>(S);
///
/// #[trait_variant(send = SendService, where(Request: Send, S: Sync))]
/// impl<Request, S: Service<Request>> Service<Request> for Logged<S> {
///     type Response = S::Response;
///
///     async fn call(&self, request: Request) -> S::Response {
///         println!("a request");
///         self.0.call(request).await
///     }
/// }
///
/// /// Knows the plain trait alone.
/// struct Length;
///
/// impl Service<String> for Length {
///     type Response = usize;
///
///     async fn call(&self, request: String) -> usize {
///         request.len()
///     }
/// }
///
/// fn spawned(service: impl SendService<String, Response = usize> + Send + Sync + 'static) {
///     tokio::spawn(async move { service.call("hello".into()).await });
/// }
///
/// spawned(Logged(Service!(Length)));
/// let routes: Vec<Box<DynSendService<String, usize>>> = vec![Box::new(Service!(Length)), Box::new(Logged(Service!(Length)))];
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
///     let work = timeout(&rt, Duration::from_millis(10), rt.sleep(Duration::from_mins(1)));
///     assert!(work.await.is_err());
/// }
/// ```
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    runtime::runtime(runtime::Attribute::Test, options.into(), item.into()).into()
}
