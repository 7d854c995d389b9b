//! Writes the programs of a chapter of the guide for another runtime, as it says they can be: one line of each is another.

use std::path::PathBuf;
use std::{env, fs, io};

const CHAPTER: &str = "../onpar/src/guide/first_steps.md";
const HERE: &str = "    onpar::rt::local::run(";
const THERE: &str = "    onpar::rt::tokio_1::run(";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={CHAPTER}");
    let chapter = fs::read_to_string(CHAPTER)?;
    let (programs, changed) = (chapter.matches("```rust\n").count(), chapter.matches(HERE).count());
    assert_eq!(programs, changed, "each program has one line that names the runtime");
    let directory = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(directory.join("first_steps_on_tokio.md"), chapter.replace(HERE, THERE))
}
