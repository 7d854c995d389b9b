//! [`StreamCall`]: the stream that a method returned through a trait object.

#![expect(unsafe_code, reason = "what is done with a stream whose type was forgotten is proved to be allowed")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use futures_core::Stream;

use super::auto::{Allows, Anything};
use super::body::{Body, kept};

/// The stream that a method returned through a trait object, in memory that is used again.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_traits::StreamCall;
///
/// # struct Once(Option<u8>);
/// # impl futures_core::Stream for Once {
/// #     type Item = u8;
/// #     fn poll_next(mut self: core::pin::Pin<&mut Self>, _: &mut core::task::Context<'_>) -> core::task::Poll<Option<u8>> {
/// #         core::task::Poll::Ready(self.0.take())
/// #     }
/// # }
/// # let next = |stream: core::pin::Pin<&mut StreamCall<'_, u8>>| {
/// #     futures_core::Stream::poll_next(stream, &mut core::task::Context::from_waker(core::task::Waker::noop()))
/// # };
/// let mut stream = pin!(StreamCall::new(Once(Some(7))));
/// assert_eq!(next(stream.as_mut()), core::task::Poll::Ready(Some(7)));
/// assert_eq!(next(stream.as_mut()), core::task::Poll::Ready(None));
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct StreamCall<'f, T, A: ?Sized = Anything> {
    body: Body<dyn Stream<Item = T> + 'f>,
    auto: PhantomData<A>,
}

// SAFETY: the stream is `Send`, since `A` allows only what is.
unsafe impl<T, A: ?Sized + Send> Send for StreamCall<'_, T, A> {}

// SAFETY: a shared reference to this reaches the stream by `size_hint` alone, so the stream has to be `Sync`, which `A` says.
unsafe impl<T, A: ?Sized + Sync> Sync for StreamCall<'_, T, A> {}

// The stream is behind a pointer.
impl<T, A: ?Sized> Unpin for StreamCall<'_, T, A> {}

impl<'f, T, A: ?Sized> StreamCall<'f, T, A> {
    /// Forgets the type of a stream.
    #[inline]
    pub fn new<S>(stream: S) -> Self
    where
        S: Stream<Item = T> + 'f,
        A: Allows<S>,
    {
        let stream: NonNull<dyn Stream<Item = T> + 'f> = kept(stream);
        // SAFETY: it is new, and lives for `'f`, which this does not outlive.
        Self { body: unsafe { Body::new(stream) }, auto: PhantomData }
    }
}

impl<T, A: ?Sized> Stream for StreamCall<'_, T, A> {
    type Item = T;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.body.get_mut().poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.body.get().size_hint()
    }
}

impl<T, A: ?Sized> fmt::Debug for StreamCall<'_, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamCall").finish_non_exhaustive()
    }
}
