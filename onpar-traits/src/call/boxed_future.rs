//! [`Call`]: the future of a call through a trait object.

#![expect(unsafe_code, reason = "what is done with a future whose type was forgotten is proved to be allowed")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use super::auto::{Allows, Anything};
use super::body::{Body, kept};
use crate::SendFuture;

/// The future of a call through a trait object: a pointer to the future, which is on the heap in memory that is used again.
///
/// It is `Send` as `Call<'_, O, dyn Send>`. Trait objects return it from the methods that
/// `#[trait_variant(dyn = ..)]` makes for them; you do not name it.
///
/// # Cancel safety
///
/// That of the method. Dropping it drops the method's future at once.
///
/// # Examples
///
/// ```
/// use onpar_traits::Call;
///
/// fn sum<'a>(numbers: &'a [u32]) -> Call<'a, u32> {
///     Call::new(async move { numbers.iter().sum() })
/// }
///
/// assert_eq!(pollster::block_on(sum(&[1, 2, 3])), 6);
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Call<'f, O, A: ?Sized = Anything> {
    body: Body<dyn Future<Output = O> + 'f>,
    auto: PhantomData<A>,
}

// SAFETY: the future is `Send`, since `A` allows only what is.
unsafe impl<O, A: ?Sized + Send> Send for Call<'_, O, A> {}

// SAFETY: through a shared reference to this, nothing can be done with the future.
unsafe impl<O, A: ?Sized> Sync for Call<'_, O, A> {}

// The future is behind a pointer.
impl<O, A: ?Sized> Unpin for Call<'_, O, A> {}

impl<'f, O, A: ?Sized> Call<'f, O, A> {
    /// Forgets the type of a future.
    #[inline]
    pub fn new<F>(future: F) -> Self
    where
        F: Future<Output = O> + 'f,
        A: Allows<F>,
    {
        let future: NonNull<dyn Future<Output = O> + 'f> = kept(future);
        // SAFETY: it is new, and lives for `'f`, which this does not outlive.
        Self { body: unsafe { Body::new(future) }, auto: PhantomData }
    }

    /// Forgets the type of a future that was proved to be `Send`, and the proof.
    #[doc(hidden)]
    #[inline]
    pub fn of_send<F>(SendFuture(future): SendFuture<F>) -> Self
    where
        F: Future<Output = O> + 'f,
        A: Allows<SendFuture<F>>,
    {
        let future: NonNull<dyn Future<Output = O> + 'f> = kept(future);
        // SAFETY: as above. What `A` allows of the proof is true of the future, whose other auto traits the proof has.
        Self { body: unsafe { Body::new(future) }, auto: PhantomData }
    }
}

impl<O, A: ?Sized> Future for Call<'_, O, A> {
    type Output = O;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<O> {
        self.body.get_mut().poll(cx)
    }
}

impl<O, A: ?Sized> fmt::Debug for Call<'_, O, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
