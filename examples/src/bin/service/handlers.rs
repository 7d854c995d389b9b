//! What answers in the end. None of them knows of threads: each is one plain `impl`.

use alloc::rc::Rc;
use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::convert::Infallible;
use std::time::Duration;

use onpar::prelude::*;

use crate::service::Service;
use crate::{Request, Response};

/// Says hello.
pub(crate) struct Hello;

impl Service<Request> for Hello {
    type Response = Response;
    type Error = Infallible;

    async fn call(&self, request: Request) -> Result<Response, Infallible> {
        let name = String::from_utf8_lossy(request.body());
        Ok(Response::new(if name.is_empty() { "hello".into() } else { format!("hello {name}").into() }))
    }
}

/// Takes a minute.
pub(crate) struct Slow<C>(pub(crate) C);

impl<C: Clock> Service<Request> for Slow<C> {
    type Response = Response;
    type Error = Infallible;

    async fn call(&self, _: Request) -> Result<Response, Infallible> {
        self.0.sleep(Duration::from_mins(1)).await;
        Ok(Response::new("at last".into()))
    }
}

/// Answers every third request.
#[derive(Default)]
pub(crate) struct Flaky(AtomicUsize);

impl Service<Request> for Flaky {
    type Response = Response;
    type Error = &'static str;

    async fn call(&self, _: Request) -> Result<Response, &'static str> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        if number.is_multiple_of(3) { Ok(Response::new(format!("attempt {number}").into())) } else { Err("not now") }
    }
}

/// Counts what it is asked, without a lock: it is not `Send`.
#[derive(Default)]
pub(crate) struct Counter(Rc<Cell<usize>>);

impl Service<Request> for Counter {
    type Response = Response;
    type Error = Infallible;

    async fn call(&self, _: Request) -> Result<Response, Infallible> {
        let count = Rc::clone(&self.0);
        count.set(count.get() + 1);
        Ok(Response::new(format!("request {}", count.get()).into()))
    }
}
