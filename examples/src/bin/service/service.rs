//! [`Service`]: what answers requests, in the manner of Tower, with one method.
//!
//! `SendService` is its sibling whose futures are `Send`, and `DynSendService` a trait object of that.

use onpar::trait_variant;

/// Answers requests.
#[trait_variant(send = SendService, dyn_send = DynSendService)]
pub(crate) trait Service<Request> {
    type Response;
    type Error;

    /// Answers one.
    async fn call(&self, request: Request) -> Result<Self::Response, Self::Error>;
}
