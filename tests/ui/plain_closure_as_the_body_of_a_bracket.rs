//! The body of a bracket is a closure that returns a future. Write `async |value| {..}`.

use onpar::prelude::*;

fn main() {
    let acquire = async { Ok::<_, std::io::Error>(7) };
    let _future = using(acquire, |value| async move { *value += 1 }, async |_, _| ());
}
