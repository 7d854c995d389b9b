//! A callback is async: `async |request| ..`.

use onpar::callback::SendAsyncFn1;

fn serve(_handler: impl SendAsyncFn1<String, usize>) {}

fn main() {
    serve(|request| request.len());
}
