//! [`Retry`]: middleware that asks again.

use onpar::trait_variant;

use crate::service::{SendService, Service};

/// Asks three times before it gives up.
pub(crate) struct Retry<S>(pub(crate) S);

#[trait_variant(send = SendService, where(Request: Send + Sync, S: Sync, S::Response: Send, S::Error: Send))]
impl<Request: Clone, S: Service<Request>> Service<Request> for Retry<S> {
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: Request) -> Result<Self::Response, Self::Error> {
        for _ in 0..2 {
            if let Ok(answer) = self.0.call(request.clone()).await {
                return Ok(answer);
            }
        }
        self.0.call(request).await
    }
}
