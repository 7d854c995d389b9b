//! A cleanup borrows a local. It may outlive the function: move what it needs into it, `async move`, or into the value.

use onpar::prelude::*;

fn main() {
    let words = String::from("closing");
    let _guard = defer(7, async |_| println!("{words}"));
}
