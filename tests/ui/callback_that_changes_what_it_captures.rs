//! What a callback changes, it is lent: the API takes it beside the callback.

use onpar::callback::SendAsyncFnMut1;

fn serve<F>(_handler: F)
where
    F: for<'a> SendAsyncFnMut1<&'a str, usize>, // it owns or changes what it captures? `serve_with`
{
}

fn main() {
    let mut count = 0;
    serve(async |request| {
        count += 1;
        request.len() + count
    });
}
