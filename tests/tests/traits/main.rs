//! `#[trait_variant]`: one plain trait, used statically, over threads, and as a trait object.

extern crate alloc;

mod memory;
mod objects;
mod order;
mod service;
