//! The client that Alan writes: one trait, once for each tool, and one type that implements it.

use onpar::trait_variant;

/// With onpar. The trait is plain; the attribute stands here and nowhere else.
#[trait_variant(send = SendClient, dyn_send = DynSendClient)]
pub(super) trait Client {
    /// Asks, and waits for the answer.
    async fn perform(&self, request: u64) -> u64;
}

/// With native means alone.
pub(super) trait Native {
    async fn perform(&self, request: u64) -> u64;
}

/// With async-trait.
#[async_trait::async_trait]
pub(super) trait Boxed {
    async fn perform(&self, request: u64) -> u64;
}

/// With dynosaur, over trait-variant.
#[trait_variant::make(SendVariant: Send)]
#[dynosaur::dynosaur(pub(super) DynSendVariant = dyn(box) SendVariant, bridge(dyn))]
pub(super) trait Variant {
    async fn perform(&self, request: u64) -> u64;
}

/// Adds one. It is somebody else's: it implements the plain trait, and knows nothing of siblings.
#[derive(Clone, Copy)]
pub(super) struct AddOne;

impl Client for AddOne {
    async fn perform(&self, request: u64) -> u64 {
        add_one(request).await
    }
}

impl Native for AddOne {
    async fn perform(&self, request: u64) -> u64 {
        add_one(request).await
    }
}

#[async_trait::async_trait]
impl Boxed for AddOne {
    async fn perform(&self, request: u64) -> u64 {
        add_one(request).await
    }
}

/// Adds one, too, and was written for the tool that it is used with.
#[derive(Clone, Copy)]
pub(super) struct Fitted;

impl SendVariant for Fitted {
    async fn perform(&self, request: u64) -> u64 {
        add_one(request).await
    }
}

impl Variant for AddOne {
    async fn perform(&self, request: u64) -> u64 {
        add_one(request).await
    }
}

/// Odd requests are answered on the second poll.
async fn add_one(request: u64) -> u64 {
    if !request.is_multiple_of(2) {
        tokio::task::yield_now().await;
    }
    request + 1
}
