//! A guard's value borrows a local. The cleanup may outlive the function: guard what owns, or a clone.

use onpar::prelude::*;

fn main() {
    let words = String::from("closing");
    let _guard = defer(&words, async |words| println!("{words}"));
}
