//! [`StreamCall`]: the stream that a method returned through a trait object.

#![expect(unsafe_code, reason = "it polls a stream whose type was forgotten")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use futures_core::Stream;

use super::auto::{Allows, Anything};
use super::body::{Body, value_of};

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
/// let mut stream = pin!(StreamCall::new(|| Once(Some(7))));
/// assert_eq!(next(stream.as_mut()), core::task::Poll::Ready(Some(7)));
/// assert_eq!(next(stream.as_mut()), core::task::Poll::Ready(None));
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct StreamCall<'f, T, A: ?Sized = Anything> {
    body: Body<'f, Functions<T>>,
    auto: PhantomData<A>,
}

struct Functions<T> {
    poll_next: unsafe fn(NonNull<()>, &mut Context<'_>) -> Poll<Option<T>>,
    size_hint: unsafe fn(NonNull<()>) -> (usize, Option<usize>),
}

impl<T> Clone for Functions<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Functions<T> {}

// SAFETY: the stream is `Send`, since `A` allows only what is.
unsafe impl<T, A: ?Sized + Send> Send for StreamCall<'_, T, A> {}

// SAFETY: a shared reference to this reaches the stream by `size_hint` alone, so the stream has to be `Sync`, which `A` says.
unsafe impl<T, A: ?Sized + Sync> Sync for StreamCall<'_, T, A> {}

// The stream is behind a pointer.
impl<T, A: ?Sized> Unpin for StreamCall<'_, T, A> {}

impl<'f, T, A: ?Sized> StreamCall<'f, T, A> {
    /// Calls the method, and forgets the type of its stream.
    #[inline]
    pub fn new<S>(method: impl FnOnce() -> S) -> Self
    where
        S: Stream<Item = T> + 'f,
        A: Allows<S>,
    {
        let functions = Functions { poll_next: poll_next::<S>, size_hint: size_hint::<S> };
        Self { body: Body::new(functions, method), auto: PhantomData }
    }
}

/// # Safety
///
/// It comes from a body that was made of an `S`, and nobody else uses it now.
unsafe fn poll_next<S: Stream>(whole: NonNull<()>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
    // SAFETY: as the caller promises.
    let stream = unsafe { value_of::<Functions<S::Item>, S>(whole) };
    // SAFETY: as the caller promises.
    let stream = unsafe { &mut *stream };
    // SAFETY: it stays where it is until it is dropped.
    unsafe { Pin::new_unchecked(stream) }.poll_next(cx)
}

/// # Safety
///
/// It comes from a body that was made of an `S`, and nobody changes it now.
unsafe fn size_hint<S: Stream>(whole: NonNull<()>) -> (usize, Option<usize>) {
    // SAFETY: as the caller promises.
    let stream = unsafe { value_of::<Functions<S::Item>, S>(whole) };
    // SAFETY: as the caller promises.
    unsafe { &*stream }.size_hint()
}

impl<T, A: ?Sized> Stream for StreamCall<'_, T, A> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let body = &self.body;
        // SAFETY: the function is that of the type that the body was made of, and `self` is borrowed exclusively.
        unsafe { (body.functions().poll_next)(body.whole(), cx) }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let body = &self.body;
        // SAFETY: the function is that of the type that the body was made of, and `self` is borrowed.
        unsafe { (body.functions().size_hint)(body.whole()) }
    }
}

impl<T, A: ?Sized> fmt::Debug for StreamCall<'_, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamCall").finish_non_exhaustive()
    }
}
