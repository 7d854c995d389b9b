//! Generators: a stream written as an async closure that emits its items.
//!
//! [`stream()`] and [`try_stream`] make them, [`Emitter`] is the handle that the closure gets, and `Body` the state machine
//! of both. No macro, no thread-local and no allocation is needed: an item passes through a slot beside the body.

mod body;
mod emitter;
mod slot;
mod stream;
mod try_stream;

pub use emitter::{Emit, Emitter};
pub use stream::{Generator, stream};
pub use try_stream::{TryGenerator, try_stream};
