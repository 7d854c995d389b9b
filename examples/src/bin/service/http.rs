//! [`Http`]: from what hyper gives to what the services here take, and back.

use core::convert::Infallible;
use core::fmt::Display;

use http_body_util::BodyExt as _;
use hyper::StatusCode;
use hyper::body::Incoming;
use onpar::trait_variant;

use crate::service::{SendService, Service};
use crate::{Request, Response};

/// Reads the body of a request before it asks; says an error in words.
pub(crate) struct Http<S>(pub(crate) S);

#[trait_variant(send = SendService, where(S: Sync, S::Error: Send))]
impl<S: Service<Request, Response = Response, Error: Display>> Service<hyper::Request<Incoming>> for Http<S> {
    type Response = Response;
    type Error = Infallible;

    async fn call(&self, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
        let (head, body) = request.into_parts();
        let answer = match body.collect().await {
            Ok(body) => {
                self.0.call(Request::from_parts(head, body.to_bytes())).await.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        };
        Ok(answer.unwrap_or_else(|error| {
            let mut failed = Response::new(error.into());
            *failed.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            failed
        }))
    }
}
