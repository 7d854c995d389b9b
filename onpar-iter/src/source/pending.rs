//! [`pending`]: a stream that never gives anything, and never ends.

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};

/// A stream that never gives anything, and never ends.
///
/// # Examples
///
/// ```
/// use std::pin::{Pin, pin};
/// use std::task::{Context, Waker};
/// use onpar_iter::{Stream, pending};
///
/// let nothing = pin!(pending::<u8>());
/// assert!(nothing.poll_next(&mut Context::from_waker(Waker::noop())).is_pending());
/// ```
pub const fn pending<T>() -> Pending<T> {
    Pending(PhantomData)
}

/// The stream of [`pending`].
///
/// # Cancel safety
///
/// There is nothing to lose.
///
/// # Examples
///
/// ```
/// let nothing: onpar_iter::source::Pending<u8> = onpar_iter::pending();
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Pending<T>(PhantomData<fn() -> T>);

impl<T> Stream for Pending<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Pending
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(0))
    }
}

impl<T> FusedStream for Pending<T> {
    fn is_terminated(&self) -> bool {
        true
    }
}

impl<T> Clone for Pending<T> {
    fn clone(&self) -> Self {
        pending()
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}
