//! The programs of a chapter of the guide, for other runtimes than the one that they name: one line of each is another.

use std::fs;
use std::io;
use std::path::Path;

const CHAPTER: &str = "../onpar/src/guide/first_steps.md";
const HERE: &str = "    onpar::rt::local::run(";

/// The files that are written, and what stands in that line in them.
const THERE: [(&str, &str); 2] = [
    ("first_steps_on_tokio.md", "    onpar::rt::tokio_1::run("),
    ("first_steps_on_smol.md", "    onpar::rt::smol_2::run("),
];

pub(crate) fn write(out: &Path) -> io::Result<()> {
    let chapter = fs::read_to_string(CHAPTER)?;
    let (programs, lines) = (chapter.matches("```rust\n").count(), chapter.matches(HERE).count());
    if programs != lines {
        return Err(io::Error::other(format!(
            "{CHAPTER}: {programs} programs, and {lines} lines that name the runtime"
        )));
    }
    THERE.iter().try_for_each(|(name, there)| fs::write(out.join(name), chapter.replace(HERE, there)))
}
