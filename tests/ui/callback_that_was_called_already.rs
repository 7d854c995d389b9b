//! A callback is a function, and not the future that one call of it gives.

use onpar::callback::SendAsyncFn1;

fn serve(_handler: impl for<'a> SendAsyncFn1<&'a str, usize>) {}

async fn length(request: &str) -> usize {
    request.len()
}

fn main() {
    serve(length("GET /"));
}
