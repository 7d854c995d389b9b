//! What a callback owns, it is lent: the API takes it beside the callback.

use onpar::callback::SendAsyncFn1;

fn serve<F>(_handler: F)
where
    F: for<'a> SendAsyncFn1<&'a str, usize>, // it owns or changes what it captures? `serve_with`
{
}

fn main() {
    let prefix = String::from("/");
    serve(async move |request| request.len() + prefix.len());
}
