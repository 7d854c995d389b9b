//! Chapters beside the [guide](crate): the first steps, and the way from other crates.

pub mod first_steps;
pub mod over_tcp;

pub mod from_async_trait;
