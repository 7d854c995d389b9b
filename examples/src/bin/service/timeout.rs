//! [`Timeout`]: middleware that gives up.

use core::fmt;
use core::time::Duration;

use onpar::prelude::*;
use onpar::trait_variant;

use crate::service::{SendService, Service};

/// Gives each request so much time.
pub(crate) struct Timeout<S, C> {
    pub(crate) inner: S,
    pub(crate) clock: C,
    pub(crate) limit: Duration,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failed<E> {
    Late,
    Refused(E),
}

impl<E: fmt::Display> fmt::Display for Failed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Late => f.write_str("too late"),
            Self::Refused(error) => error.fmt(f),
        }
    }
}

#[trait_variant(send = SendService, where(Request: Send, S: Sync, C: Clock<Sleep: Send> + Sync, S::Response: Send, S::Error: Send))]
impl<Request, S: Service<Request>, C: Clock> Service<Request> for Timeout<S, C> {
    type Response = S::Response;
    type Error = Failed<S::Error>;

    async fn call(&self, request: Request) -> Result<Self::Response, Self::Error> {
        match timeout(&self.clock, self.limit, self.inner.call(request)).await {
            Ok(answer) => answer.map_err(Failed::Refused),
            Err(_) => Err(Failed::Late),
        }
    }
}
