//! [`Routes`]: a list of services of different types, as trait objects.

use core::fmt::Display;

use hyper::StatusCode;
use onpar::trait_variant;

use crate::service::{DynSendService, SendService};
use crate::{Request, Response};

/// Chooses a service by the path that is asked for.
#[derive(Default)]
pub(crate) struct Routes(Vec<(&'static str, Box<DynSendService<'static, Request, Response, String>>)>);

impl Routes {
    /// With one more service, at this path.
    pub(crate) fn at<S>(mut self, path: &'static str, service: S) -> Self
    where
        S: SendService<Request, Response = Response, Error: Display> + Send + Sync + 'static,
    {
        self.0.push((path, Box::new(Worded(service))));
        self
    }
}

/// A service whose errors are words, so that all routes have one type of them.
struct Worded<S>(S);

#[trait_variant(send)]
impl<S: SendService<Request, Error: Display> + Sync> SendService<Request> for Worded<S> {
    type Response = S::Response;
    type Error = String;

    async fn call(&self, request: Request) -> Result<Self::Response, Self::Error> {
        self.0.call(request).await.map_err(|error| error.to_string())
    }
}

#[trait_variant(send)]
impl SendService<Request> for Routes {
    type Response = Response;
    type Error = String;

    async fn call(&self, request: Request) -> Result<Self::Response, Self::Error> {
        let path = request.uri().path();
        if let Some((_, service)) = self.0.iter().find(|(at, _)| *at == path) {
            return service.call(request).await;
        }
        let mut nothing = Response::new("there is nothing here".into());
        *nothing.status_mut() = StatusCode::NOT_FOUND;
        Ok(nothing)
    }
}
