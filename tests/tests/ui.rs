//! What must not compile, and the words that say what to write instead: one program for each mistake, in `ui`.

use std::{fs, io};

#[test]
fn each_mistake_is_refused_with_words_that_say_what_to_write() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn each_mistake_with_an_attribute_is_refused_where_it_was_made() {
    trybuild::TestCases::new().compile_fail("ui/traits/*.rs");
}

/// Some are seen only when a program is really built, which takes longer. That one of them must pass makes them all be built.
#[test]
fn what_the_compiler_finds_last_is_refused_too() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/built/*.rs");
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
