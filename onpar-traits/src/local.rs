//! [`Local`]: from a `Send` sibling back to the plain trait.

/// A value of a `Send` sibling, as one of the plain trait.
///
/// Siblings are traits of their own: what implements `SendService` alone is no `Service`, and generic code names one of the
/// two. `Local(value)` is what to pass to code that takes the other. It takes as much memory as the value.
///
/// If the trait has a supertrait of your own, `Local` has to implement it too, which takes one `impl`. The supertraits that
/// std has and that make sense for a wrapper are forwarded already.
///
/// # Examples
///
/// ```ignore
/// #[onpar::trait_variant(send = SendService)]
/// pub trait Service {
///     async fn call(&self, request: u32) -> u32;
/// }
///
/// async fn twice(service: impl Service) -> u32 { /* .. */ }
///
/// async fn of_send(service: impl SendService) -> u32 {
///     twice(Local(service)).await
/// }
/// ```
#[derive(Clone, Copy, Default)]
#[repr(transparent)] // `wrapped` relies on it
pub struct Local<S>(pub S);
