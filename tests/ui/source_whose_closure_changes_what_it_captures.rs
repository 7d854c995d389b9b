//! A closure that changes what it captures goes to `from_fn_mut`, or takes it as a state with `from_fn_with`.

use onpar::iter::from_fn;

fn main() {
    let mut left = 3;
    let _down = from_fn(async || {
        left -= 1;
        (left > 0).then_some(left)
    });
}
