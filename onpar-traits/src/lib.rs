//! What `#[trait_variant]` builds on: the `Send` siblings and the trait objects of plain async traits.
//!
//! Depend on `onpar` with the feature `macros`, which has both; this crate is for those who want nothing else.
//!
//! * [`SendFuture`]: what the methods of a `Send` sibling return.
//! * [`WithSend`]: a value of the plain trait that has been proved to be one of the sibling, by the macro that is named like
//!   the trait.
//! * [`Local`]: the way back.
//! * `Call`, `IterCall`, `StreamCall`: what methods return through a trait object. On the heap, in memory that is used again,
//!   so that calls allocate nothing once a program is under way; or, without a heap, [`InlineCall`].
//!
//! # How it is built
//!
//! The attribute writes code that names only what is here. What only that code needs is hidden in [`generated`].
#![no_std]
#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc(hidden)]
pub mod generated;

mod send_future;

mod with_send;

mod local;

mod supertraits;

mod wrapped;

mod held;

mod method;

mod call;

#[cfg(not(feature = "alloc"))]
pub use self::call::Call;
pub use self::call::{Allows, Anything, InlineCall};
#[cfg(feature = "alloc")]
pub use self::call::{Call, IterCall, StreamCall};
pub use self::local::Local;
pub use self::send_future::SendFuture;
pub use self::with_send::WithSend;
