//! What a callback holds across an `.await` must be `Send`.

use std::future::ready;
use std::rc::Rc;

use onpar::callback::SendAsyncFn1;

fn serve(_handler: impl for<'a> SendAsyncFn1<&'a str, usize>) {}

fn main() {
    serve(async |request| {
        let shared = Rc::new(request);
        ready(()).await;
        shared.len()
    });
}
