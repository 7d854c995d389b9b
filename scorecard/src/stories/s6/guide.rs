//! [`Program`]: the programs of the guide for newcomers, as its text has them. That they run, on their own runtime and on tokio,
//! is shown by `cargo test --doc -p onpar` and `-p onpar-tests`.

/// The chapter.
pub(super) const CHAPTER: &str = include_str!("../../../../onpar/src/guide/first_steps.md");

/// The code blocks that are run.
pub(crate) fn programs() -> impl Iterator<Item = &'static str> {
    CHAPTER.split("```rust\n").skip(1).map(|rest| rest.split("```").next().unwrap_or(rest))
}
