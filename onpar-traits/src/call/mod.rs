//! What a call through a trait object returns: a future, an iterator or a stream whose type was forgotten.
//!
//! With a heap, it stands in memory that is used again ([`memory`]), so that calls cost no allocation once a program is under
//! way. Without one, it stands in the call itself ([`InlineCall`]), and that it fits is checked when the program is built.
//!
//! (Measured alternatives, as parts of the time of a `Box`: memory kept by each thread 0.4 to 0.5; by each object, in atomic
//! slots, 0.66 and, for 512 bytes, 0.83; inline up to some size and boxed above was slower than that, since it is moved.)

#[cfg(feature = "alloc")]
mod boxed_future;

#[cfg(feature = "alloc")]
mod boxed_iter;

#[cfg(feature = "alloc")]
mod boxed_stream;

#[cfg(feature = "alloc")]
mod body;

mod inline;

mod auto;

#[cfg(feature = "alloc")]
mod memory;

pub use self::auto::{Allows, Anything};
#[cfg(feature = "alloc")]
pub use self::boxed_future::Call;
#[cfg(feature = "alloc")]
pub use self::boxed_iter::IterCall;
#[cfg(feature = "alloc")]
pub use self::boxed_stream::StreamCall;
pub use self::inline::InlineCall;

/// Without a heap, a call has room for a future of so many bytes.
#[cfg(not(feature = "alloc"))]
pub type Call<'f, O, A = Anything> = InlineCall<'f, O, 256, A>;
