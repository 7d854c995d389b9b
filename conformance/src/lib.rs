//! Every adapter of `onpar-rt` against the checks of `onpar-test`: see `tests/`. A crate of its own, since the runtimes that it
//! builds are many, and `tests/` is built more often.
#![forbid(unsafe_code)]
