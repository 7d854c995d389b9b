//! Every adapter of `onpar-rt` against the checks of `onpar-test`: see `tests/`. A crate of its own, since the runtimes that it
//! builds are many, and `tests/` is built more often.
#![forbid(unsafe_code)]

/// Runs the programs of the guide's first steps on a runtime that is not their own.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/first_steps_on_tokio.md"))]
struct FirstStepsOnTokio;

/// As above.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/first_steps_on_smol.md"))]
struct FirstStepsOnSmol;
