//! From async-trait, trait-variant and dynosaur: what each thing becomes.
// Its examples need those crates, and so are run by a crate that has them.
#![cfg_attr(not(doctest), doc = include_str!("from_async_trait.md"))]
