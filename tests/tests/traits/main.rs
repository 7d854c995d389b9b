//! `#[trait_variant]`: one plain trait, used statically, over threads, and as a trait object.
#![recursion_limit = "256"] // without it, thirty `async fn`s that call each other are refused, with any tool and without

extern crate alloc;

mod field;
mod lints;
mod memory;
mod objects;
mod order;
mod own_calls;
mod service;
mod shadowed;
