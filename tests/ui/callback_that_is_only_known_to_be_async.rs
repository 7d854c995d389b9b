//! That a generic callback is an `AsyncFn` does not say that its futures are `Send`.

use onpar::callback::SendAsyncFn1;

fn serve(_handler: impl for<'a> SendAsyncFn1<&'a str, usize>) {}

fn logged(handler: impl AsyncFn(&str) -> usize) {
    serve(handler);
}

fn main() {
    logged(async |request| request.len());
}
