//! [`SendFuture`]: a future that was proved `Send` where it was made, and need not be proved again.

#![expect(unsafe_code, reason = "it is `Send` because only a future that is can get into it")]

use core::fmt;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

/// A future that is `Send`.
///
/// The methods of a `Send` sibling return it. That it is `Send` is checked once, in [`SendFuture::new`], where the type of
/// the future is concrete. Callers take it as given: in generic code the compiler cannot always find the proof again,
/// although it is there, and says "implementation of `Send` is not general enough" (rust-lang/rust#130113).
///
/// # Cancel safety
///
/// That of the future in it, which is dropped with it.
///
/// # Examples
///
/// A `Send` sibling implemented by hand. The attribute on an `impl` writes this.
///
/// ```
/// use onpar_traits::SendFuture;
///
/// trait SendService {
///     fn call(&self, request: u32) -> SendFuture<impl Future<Output = u32>>;
/// }
///
/// struct Double;
///
/// impl SendService for Double {
///     fn call(&self, request: u32) -> SendFuture<impl Future<Output = u32>> {
///         SendFuture::new(async move { request * 2 })
///     }
/// }
///
/// fn assert_send(_: impl Send) {}
///
/// fn spawn(service: &'static impl SendService) {
///     assert_send(service.call(21)); // for any service, also one that is not known yet
/// }
/// # spawn(&Double);
/// # assert_eq!(pollster::block_on(Double.call(21)), 42);
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
#[repr(transparent)]
pub struct SendFuture<F>(pub(crate) F);

// SAFETY: the field is private to the crate: `new` and `SendMethod::invoke` fill it, and ask for `F: Send`.
unsafe impl<F> Send for SendFuture<F> {}

impl<F> SendFuture<F>
where
    F: Future + Send, // of a generic `impl`? `#[trait_variant(send = .., where(S: Sync, R: Send))]`
{
    /// Takes a future that is `Send`.
    #[inline]
    pub fn new(future: F) -> Self {
        Self(future)
    }
}

impl<F: Future> Future for SendFuture<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // No function of `Pin` is called, since each would be compiled again for each method of each type.
        // SAFETY: the struct is transparent, and the field is pinned with it: it is not moved out of it, and there is no `Drop`.
        let future = unsafe { mem::transmute::<Pin<&mut Self>, Pin<&mut F>>(self) };
        future.poll(cx)
    }
}

impl<F> fmt::Debug for SendFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}
