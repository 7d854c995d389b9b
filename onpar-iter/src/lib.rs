//! Async iteration: every method of std's `Iterator`, for every `Stream`, with async closures.
//!
//! ```
//! use onpar_iter::{AsyncIterator, IntoAsyncIterator};
//!
//! # async fn fetch(host: &str) -> usize { host.len() }
//! # pollster::block_on(async {
//! let hosts = ["a", "bb"];
//! let total: usize = hosts.iter().into_async_iter().map(async |host| fetch(host).await).sum().await;
//! assert_eq!(total, 3);
//! # });
//! ```
//!
//! * [`AsyncIterator`] is implemented for every [`Stream`], so it works on those of every crate. It has the methods of std's
//!   `Iterator`, under the same names, with the same meaning.
//! * [`IntoAsyncIterator`] makes a stream of every collection and iterator.
//! * [`AsyncIteratorMut`] and [`AsyncIteratorWith`] are for closures that change something.
//! * [`AsyncItertools`] has the methods of the crate `itertools` in daily use, and [`AsyncTryIterator`] those for streams of
//!   results; with the same two beside each.
//! * [`AsyncTimed`] has what needs the time, and takes it from a [`Clock`](onpar_core::Clock): timeouts, pace, silence.
//! * [`source`] has what streams begin with: [`once`], [`from_fn`], [`unfold`], [`interval`], [`channel`] and others.
//! * [`stream`](stream()) and [`try_stream`] make a stream of an async closure that emits its items.
//! * [`for_await!`] is a loop over a stream, with `break`, `continue`, `return` and `?`.
//! * [`AsyncStreamExt`] has what only streams can do: to wait for several at a time, to prefer the latest, to be shared.
//!   [`merge`], [`race_streams`] and [`Group`] take any number of them, [`combine_latest`] up to twelve.
//! * [`concurrent(limit)`](AsyncIterator::concurrent) begins a pipeline that works on many items at once (feature `alloc`).
//! * [`sync`](sync()) and its kin let plain closures in where no `.await` is needed.
//!
//! Closures may borrow, and the whole stays `Send`: it can be spawned on an executor of many threads. Nothing is allocated,
//! but where the docs say so.
//!
//! # Coming from `futures` or `tokio-stream`
//!
//! Their streams are streams here, and ours there: nothing is converted. What changes is which methods are in scope.
//!
#![doc = include_str!("migration.md")]
//!
#![doc = include_str!("methods.md")]
//!
#![doc = include_str!("itertools.md")]
//!
#![doc = include_str!("itertools_by_other_means.md")]
//!
#![doc = include_str!("results.md")]
//!
#![doc = include_str!("streams.md")]
//!
#![doc = include_str!("timed.md")]
//!
//! # How it is built
//!
//! [`call`] holds the one state machine that calls a closure; [`adapt`] makes streams of streams, [`together`] polls many of
//! them as one, [`latest`] lets older items make way for newer ones, [`share`] has many readers of one, [`timed`] waits for a
//! clock; [`consume`] makes values of them, [`compare`] compares them, [`collect`] says what they can be made into.
#![deny(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(onpar_nightly, feature(async_iterator))]

#[cfg(feature = "alloc")]
extern crate alloc;

mod async_iterator;
mod async_iterator_mut;
mod async_iterator_with;
mod async_stream_ext;

mod async_itertools;
mod async_itertools_mut;
mod async_itertools_with;

mod async_try_iterator;
mod async_try_iterator_mut;
mod async_try_iterator_with;

mod async_timed;

mod into_async_iterator;
#[cfg(onpar_nightly)]
mod std_async_iter;
mod sync;

mod for_await;
mod next;
mod try_next;

pub mod source;

pub mod generator;

pub mod adapt;
pub mod compare;
pub mod consume;

#[cfg(feature = "alloc")]
pub mod concurrent;

pub mod together;

pub mod latest;

#[cfg(feature = "std")]
pub mod share;

pub mod timed;

pub mod collect;
mod try_result;

pub mod call;

#[cfg(feature = "alloc")]
mod primitives;

pub use async_iterator::AsyncIterator;
pub use async_iterator_mut::AsyncIteratorMut;
pub use async_iterator_with::AsyncIteratorWith;
pub use async_itertools::AsyncItertools;
pub use async_itertools_mut::AsyncItertoolsMut;
pub use async_itertools_with::AsyncItertoolsWith;
pub use async_stream_ext::AsyncStreamExt;
pub use async_timed::AsyncTimed;
pub use async_try_iterator::AsyncTryIterator;
pub use async_try_iterator_mut::AsyncTryIteratorMut;
pub use async_try_iterator_with::AsyncTryIteratorWith;
pub use collect::{FromStream, StreamProduct, StreamSum};
pub use futures_core::Stream;
pub use generator::{stream, try_stream};
pub use into_async_iterator::{IntoAsyncIterator, Iter};
pub use latest::combine_latest;
pub use next::Next;
#[doc(inline)]
pub use onpar_core::limit;
#[cfg(feature = "std")]
pub use source::channel;
pub use source::{
    empty, from_fn, from_fn_mut, from_fn_with, interval, interval_at, once, once_future, pending, poll_fn, repeat,
    repeat_n, repeat_with, repeat_with_mut, successors, try_unfold, unfold,
};
#[cfg(onpar_nightly)]
pub use std_async_iter::{FromStd, IntoStd, from_std, into_std};
pub use sync::{sync, sync_mut, sync_ref, sync_ref_mut, sync_ref2, sync0, sync2};
#[cfg(feature = "alloc")]
pub use together::{Group, merge_all};
pub use together::{merge, race_streams};
pub use try_next::TryNext;
pub use try_result::{Try, TryWith};
