//! A `Send` sibling: of a method with a body, too.

/// Answers.
#[trait_variant(send = SendService)]
pub trait Service {
    /// An answer.
    async fn call(&self, request: &str) -> u32;

    /// Two of them.
    async fn twice(&self, request: &str) -> u32 {
        self.call(request).await + self.call(request).await
    }
}
