//! What must not compile, and the words that say what to write instead: one program for each mistake, in `ui`.

use std::{fs, io};

/// That one of them must pass makes cargo build them all, and not only check them: what the compiler finds last is refused
/// too, and what they depend on is built once.
#[test]
fn each_mistake_is_refused_where_it_was_made_with_words_that_say_what_to_write() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    for mistakes in ["ui/*.rs", "ui/traits/*.rs", "ui/built/*.rs"] {
        cases.compile_fail(mistakes);
    }
}

/// The compiler quotes them only where they are installed.
#[test]
fn no_message_quotes_the_sources_of_std() -> io::Result<()> {
    for entry in fs::read_dir("ui")?.chain(fs::read_dir("ui/built")?).chain(fs::read_dir("ui/traits")?) {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        assert!(!fs::read_to_string(&path)?.contains("$RUST"), "{} needs the component rust-src", path.display());
    }
    Ok(())
}
