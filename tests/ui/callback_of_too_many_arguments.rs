//! The number in the name of the bound is that of the arguments.

use onpar::callback::SendAsyncFn1;

fn serve(_handler: impl for<'a> SendAsyncFn1<&'a str, usize>) {}

async fn sum(one: &str, other: &str) -> usize {
    one.len() + other.len()
}

fn main() {
    serve(sum);
    serve(async |one, other| 7);
}
