//! The compiler does not see through an associated type in such a bound of a trait's method: `F: Fn(Self::Item) -> Fut` is what
//! can be written there.

use onpar::callback::SendAsyncFnMut1;

trait Source {
    type Item;

    fn each<F: SendAsyncFnMut1<Self::Item, ()>>(self, call: F);
}

impl Source for String {
    type Item = char;

    fn each<F: SendAsyncFnMut1<char, ()>>(self, _call: F) {}
}

fn main() {}
