//! Sources: streams that are made of no other stream. One file for each, named as std and `futures` name theirs.
//!
//! What is a stream already needs none. [`Stream`](futures_core::Stream) is that of `futures`: a stream of any crate that uses
//! it (a `Receiver` of async-channel, those of tokio-stream, all of `futures`) has the methods of this crate, and the streams
//! of this crate go wherever a `futures::Stream` is asked for, without a word. What can only be polled becomes one by
//! [`poll_fn`]. A collection or an iterator becomes one by [`into_async_iter`](crate::IntoAsyncIterator::into_async_iter), and
//! an async closure that emits items by [`stream`](crate::stream()). For the unstable `AsyncIterator` of std, build with
//! `--cfg onpar_nightly`, and there are `into_std` and `from_std`.

mod empty;
mod once;
mod once_future;
mod pending;
mod repeat;
mod repeat_n;

mod repeat_with;

mod from_fn;

mod poll_fn;
mod successors;
mod try_unfold;
mod unfold;

mod interval;

#[cfg(feature = "std")]
mod channel;

#[cfg(feature = "std")]
pub use channel::{Permit, Receiver, Reserve, SendError, Sender, Sending, TryRecvError, TrySendError, channel};
pub use empty::{Empty, empty};
pub use from_fn::{FromFn, from_fn, from_fn_mut, from_fn_with};
pub use interval::{Interval, MissedTickBehavior, interval, interval_at};
pub use once::{Once, once};
pub use once_future::{OnceFuture, once_future};
pub use pending::{Pending, pending};
pub use poll_fn::{PollFn, poll_fn};
pub use repeat::{Repeat, repeat};
pub use repeat_n::{RepeatN, repeat_n};
pub use repeat_with::{RepeatWith, repeat_with, repeat_with_mut};
pub use successors::{Successors, successors};
pub use try_unfold::{TryUnfold, try_unfold};
pub use unfold::{Unfold, unfold};
