//! What an `async fn` holds across an `.await` must be `Send`, if it is passed as a callback.

use std::future::ready;
use std::rc::Rc;

use onpar::callback::SendAsyncFn1;

fn serve(_handler: impl for<'a> SendAsyncFn1<&'a str, usize>) {}

async fn length(request: &str) -> usize {
    let shared = Rc::new(request);
    ready(()).await;
    shared.len()
}

fn main() {
    serve(length);
}
