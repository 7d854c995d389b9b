//! A6.3: "I have a library that blocks; what do I use?"

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s6::guide::CHAPTER;
use crate::story::{Case, Point, Stock};

/// What a newcomer has: the story's list.
const ASKED: [&str; 6] = ["blocks", "calls back", "channel", "actor", "share", "end in good order"];

pub(super) const POINT: Point = Point {
    name: "A6.3",
    what: "the guide says what to use for what one has, and each answer is a program that is run",
    cases: &[Case {
        what: "I have X, use Y",
        executors: &[Executor::Local],
        stock: Stock::Nothing("books and runtimes have guides of their own, each for its runtime"),
        onpar: |_| {
            let rows: Vec<_> = CHAPTER.lines().filter(|line| line.starts_with("| [")).collect();
            let mut measured = Measured::new("not answered");
            for row in &rows {
                measured.count(!section(row).is_some_and(|section| section.contains("```rust\n")));
            }
            for question in ASKED {
                measured.count(!rows.iter().any(|row| row.contains(question)));
            }
            measured.with(rows.len() as u64, "rows")
        },
    }],
};

/// The section that the row of the table leads to.
fn section(row: &str) -> Option<&'static str> {
    let (_, rest) = row.split_once("](#")?;
    let (anchor, _) = rest.split_once(')')?;
    let mut sections = CHAPTER.split("\n## ").skip(1);
    sections.find(|section| section.lines().next().is_some_and(|title| anchor_of(title) == anchor))
}

fn anchor_of(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || [' ', '-'].contains(c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}
