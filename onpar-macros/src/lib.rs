//! The attribute [`macro@trait_variant`]: `Send` siblings and trait objects of plain async traits.
//!
//! Depend on `onpar` with the feature `macros`, which has what the generated code builds on; see there for what it is for.
#![forbid(unsafe_code)]

extern crate alloc;

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
