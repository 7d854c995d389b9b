//! [`Log`]: middleware that writes a line for each request.

use core::fmt::Display;

use onpar::trait_variant;

use crate::Request;
use crate::service::{SendService, Service};

/// Writes what was asked for, and how it went.
pub(crate) struct Log<S>(pub(crate) S);

#[trait_variant(send = SendService, where(S: Sync, S::Response: Send, S::Error: Send))]
impl<S: Service<Request, Error: Display>> Service<Request> for Log<S> {
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: Request) -> Result<Self::Response, Self::Error> {
        let path = request.uri().path().to_owned();
        let answer = self.0.call(request).await;
        match &answer {
            Ok(_) => println!("{path}: answered"),
            Err(error) => println!("{path}: {error}"),
        }
        answer
    }
}
