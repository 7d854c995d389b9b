//! A10.2: what one has to write, beside what one wants to say.
//!
//! Both programs print each delay in time. What is counted is words that Barbara would rather not have to know.

use futures::FutureExt as _;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s10::screen::{Program, SHORT, show};
use crate::stories::s10::{boxed, program};
use crate::story::{Case, Point, Stock};

/// As the compiler reads them, a lifetime with its tick and a macro with its mark.
const WORDS: [&str; 7] = ["Box", "Pin", "dyn", "pin!", "move", "'static", "Arc"];

pub(super) const POINT: Point = Point {
    name: "A10.2",
    what: "the source has no Box, Pin, dyn, pin!, move, 'static, Arc and type annotations, and borrows its delays",
    cases: &[Case {
        what: "words in the way",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| {
            let program: Program = |delays, rt, screen| boxed::program(delays, rt, screen).boxed();
            read(executor, include_str!("boxed.rs"), program)
        }),
        onpar: |executor| {
            let program: Program = |delays, rt, screen| program::program(delays, rt, screen).boxed();
            read(executor, include_str!("program.rs"), program)
        },
    }],
};

/// Runs the program, and reads its source.
fn read(executor: Executor, source: &str, program: Program) -> Measured {
    let shown = show(executor, "late", SHORT, program);
    assert!(!shown.has_failed(), "it does not do what it is read for: {shown}");
    let mut measured = Measured::new("words in the way");
    for word in body(source).replace("::", " ").split(|c: char| !c.is_alphanumeric() && !"_'!:".contains(c)) {
        if !word.is_empty() {
            measured.count(WORDS.contains(&word) || is_annotation(word));
        }
    }
    measured
}

/// What stands in a function, without comments. Its parameters have types, as everywhere in Rust.
fn body(source: &str) -> String {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.skip_while(|line| !line.contains("fn program(")).skip(1).collect::<Vec<_>>().join("\n")
}

fn is_annotation(word: &str) -> bool {
    word.ends_with(':')
}
