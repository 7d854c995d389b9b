//! [`programs`]: the programs of the guide for newcomers, as its text has them. `cargo test --doc -p onpar --all-features` runs
//! them on their own runtime, `cargo test --doc -p onpar-conformance` on tokio and on smol.

/// The chapter.
pub(super) const CHAPTER: &str = include_str!("../../../../onpar/src/guide/first_steps.md");

/// The code blocks that are run.
///
/// # Panics
///
/// If there is none: who counts what is wrong with them would find nothing.
pub(crate) fn programs() -> impl Iterator<Item = &'static str> {
    let mut programs =
        CHAPTER.split("```rust\n").skip(1).map(|rest| rest.split("```").next().unwrap_or(rest)).peekable();
    assert!(programs.peek().is_some(), "the chapter has no program");
    programs
}
