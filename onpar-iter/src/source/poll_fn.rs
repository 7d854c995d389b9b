//! [`poll_fn`]: what a function gives that is polled.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

/// A stream of what `poll` gives: for whatever can be polled, and is no stream yet.
///
/// # Examples
///
/// ```
/// use std::task::Poll;
/// use onpar_iter::{AsyncIterator, poll_fn};
///
/// // So becomes a stream what has a method for it, such as a receiver of tokio: `poll_fn(move |cx| receiver.poll_recv(cx))`.
/// let mut left = 3;
/// let down = poll_fn(move |_| {
///     left -= 1;
///     Poll::Ready((left > 0).then_some(left))
/// });
/// assert_eq!(pollster::block_on(down.collect::<Vec<_>>()), [2, 1]);
/// ```
pub const fn poll_fn<T, F: FnMut(&mut Context<'_>) -> Poll<Option<T>>>(poll: F) -> PollFn<F> {
    PollFn { poll }
}

/// The stream of [`poll_fn`].
///
/// # Cancel safety
///
/// That of the function.
///
/// # Examples
///
/// ```
/// use std::task::{Context, Poll};
/// use onpar_iter::source::PollFn;
///
/// let never: PollFn<fn(&mut Context<'_>) -> Poll<Option<u8>>> = onpar_iter::poll_fn(|_| Poll::Pending);
/// ```
#[derive(Clone)]
#[must_use = "streams do nothing unless polled"]
pub struct PollFn<F> {
    poll: F,
}

// The function is never pinned.
impl<F> Unpin for PollFn<F> {}

impl<T, F: FnMut(&mut Context<'_>) -> Poll<Option<T>>> Stream for PollFn<F> {
    type Item = T;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        (self.poll)(cx)
    }
}

impl<F> fmt::Debug for PollFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollFn").finish_non_exhaustive()
    }
}
