//! What must not compile, and the words that say what to write instead: one program for each mistake, in `ui`.

use std::{fs, io};

#[test]
fn each_mistake_is_refused_with_words_that_say_what_to_write() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

/// The compiler quotes them only where they are installed.
#[test]
fn no_message_quotes_the_sources_of_std() -> io::Result<()> {
    for entry in fs::read_dir("ui")? {
        let path = entry?.path();
        assert!(!fs::read_to_string(&path)?.contains("$RUST"), "{} needs the component rust-src", path.display());
    }
    Ok(())
}
