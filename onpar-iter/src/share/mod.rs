//! One stream, shared by many readers, each of which gets every item: [`AsyncStreamExt::share`](crate::AsyncStreamExt::share).
//!
//! [`Shared`] is the handle: it makes [`Reader`]s, at any time and from any thread, and reads nothing itself. Readers may be
//! dropped at any time. Items that some reader has not read are kept, up to a limit; what happens then, [`Wait`] or
//! [`DropOldest`] says: there is no default, since each is wrong for somebody.
//!
//! # Who polls the stream
//!
//! Whichever reader is polled polls the stream too, in its own task: there is no task of its own behind it. When the stream is
//! woken, every reader that waits for an item is woken, so it does not matter which of them comes first, is dropped, or takes
//! its time: whoever comes polls it, once for each wake, and wakes the others for what it finds. While no reader is polled, the
//! stream stands still. When it has ended, or the last reader and handle have been dropped, it is dropped at once.
//!
//! # What is allocated
//!
//! The stream and the state beside it, in three pieces; and the queue, and the list of those who wait, when they grow longer than
//! ever before. Nothing for an item, nor for reading it. An item is cloned for each reader but the last, which gets the item itself.
//!
//! # How it is built
//!
//! `backlog` holds the items that somebody has not read; `waiting` those who wait, and whether the stream has been woken;
//! `hub` both, with the stream. Nothing of a user's is called under a lock, but `clone` of a waker.

mod reader;
mod shared;

mod slow_readers;

mod hub;

mod backlog;
mod waiting;

#[cfg(all(test, loom))]
mod loom_model;

pub use reader::Reader;
pub use shared::Shared;
pub use slow_readers::{DropOldest, Missed, SlowReaders, Wait};
