//! Values that are made of a stream: collections by [`FromStream`], sums by [`StreamSum`], products by [`StreamProduct`].
//!
//! std's traits take a whole iterator, and a stream has none to give; so these take one item at a time. They are
//! implemented for what std implements its own for. Any other collection is filled by
//! [`extend_into`](crate::AsyncIterator::extend_into).

mod collector;
mod from_stream;
mod stream_product;
mod stream_sum;

mod fallible;
#[cfg(feature = "std")]
mod hashed;
#[cfg(feature = "alloc")]
mod heap;
#[cfg(feature = "std")]
mod paths;
#[cfg(feature = "alloc")]
mod text;
mod tuple;

pub use collector::Collect;
pub use from_stream::FromStream;
pub use stream_product::StreamProduct;
pub use stream_sum::StreamSum;
