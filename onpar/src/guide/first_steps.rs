//! First steps in async Rust: a program, what its words mean, and what to use for what one has.
#![cfg_attr(
    any(not(doctest), all(feature = "iter", feature = "local-blocking")),
    doc = include_str!("first_steps.md")
)]
