//! `cargo xtask tidy`: the rules of the house that neither rustc nor clippy knows.
//!
//! A rule is a function from the [`Tree`] to its [`Finding`]s and has a file of its own, with a test that shows that it
//! finds what it is for. A finding names file and line and says what to write. The rules look at the source alone, so
//! they are quick; what a macro expands to, they do not see. They also run as a test of this crate, so `cargo test`
//! is enough to meet them.

mod headers;
mod marks;
mod names;
mod size;

mod cancel_safety;
mod examples;

mod arrows;
mod commands;
mod facade;
mod features;
mod ui_errors;
mod unsafe_rooms;
mod versions;

mod public;
mod tree;

use core::fmt;

use anyhow::{Result, bail};

use self::tree::Tree;
use crate::workspace::Workspace;

const RULES: &[fn(&Tree) -> Vec<Finding>] = &[
    headers::check,
    marks::check,
    names::check,
    size::check,
    cancel_safety::check,
    examples::check,
    arrows::check,
    commands::check,
    facade::check,
    features::check,
    ui_errors::check,
    unsafe_rooms::check,
    versions::check,
];

/// A place that breaks a rule, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    says: String,
}

impl Finding {
    fn new(path: &str, line: usize, says: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, says: says.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.says)
    }
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let tree = Tree::read(workspace)?;
    let mut findings: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    if findings.is_empty() {
        println!("tidy: {} files, {} rules, nothing found", tree.files.len(), RULES.len());
        return Ok(());
    }
    findings.sort();
    let list: Vec<_> = findings.iter().map(Finding::to_string).collect();
    bail!("tidy found {}:\n{}", list.len(), list.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_tidy() {
        if let Err(error) = run(&Workspace::load().unwrap()) {
            panic!("{error}");
        }
    }
}
