//! Chapters beside the [guide](crate): from other crates.

pub mod from_async_trait;
