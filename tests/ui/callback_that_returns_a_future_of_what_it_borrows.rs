//! A plain closure cannot return a future that holds what was lent to it. An async closure can.

use onpar::callback::SendAsyncFn1;

fn serve(_handler: impl for<'a> SendAsyncFn1<&'a str, usize>) {}

fn main() {
    serve(|request: &str| async move { request.len() });
}
