//! [`Call`]: the future of a call through a trait object.

#![expect(unsafe_code, reason = "it polls a future whose type was forgotten")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use super::auto::{Allows, Anything};
use super::body::{Body, value_of};

/// The future of a call through a trait object: one word, and the future on the heap in memory that is used again.
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
///     Call::new(|| async move { numbers.iter().sum() })
/// }
///
/// assert_eq!(pollster::block_on(sum(&[1, 2, 3])), 6);
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Call<'f, O, A: ?Sized = Anything> {
    body: Body<'f, Functions<O>>,
    auto: PhantomData<A>,
}

struct Functions<O> {
    poll: unsafe fn(NonNull<()>, &mut Context<'_>) -> Poll<O>,
}

impl<O> Clone for Functions<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Functions<O> {}

// SAFETY: the future is `Send`, since `A` allows only what is.
unsafe impl<O, A: ?Sized + Send> Send for Call<'_, O, A> {}

// SAFETY: through a shared reference to this, nothing can be done with the future.
unsafe impl<O, A: ?Sized> Sync for Call<'_, O, A> {}

// The future is behind a pointer.
impl<O, A: ?Sized> Unpin for Call<'_, O, A> {}

impl<'f, O, A: ?Sized> Call<'f, O, A> {
    /// Calls the method, and forgets the type of its future.
    #[inline]
    pub fn new<F>(method: impl FnOnce() -> F) -> Self
    where
        F: Future<Output = O> + 'f,
        A: Allows<F>,
    {
        let functions = Functions { poll: poll::<F> };
        Self { body: Body::new(functions, method), auto: PhantomData }
    }
}

/// # Safety
///
/// It comes from a body that was made of an `F`, and nobody else uses it now.
unsafe fn poll<F: Future>(whole: NonNull<()>, cx: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: as the caller promises.
    let future = unsafe { value_of::<Functions<F::Output>, F>(whole) };
    // SAFETY: as the caller promises.
    let future = unsafe { &mut *future };
    // SAFETY: it stays where it is until it is dropped.
    unsafe { Pin::new_unchecked(future) }.poll(cx)
}

impl<O, A: ?Sized> Future for Call<'_, O, A> {
    type Output = O;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<O> {
        let body = &self.body;
        // SAFETY: the function is that of the type that the body was made of, and `self` is borrowed exclusively.
        unsafe { (body.functions().poll)(body.whole(), cx) }
    }
}

impl<O, A: ?Sized> fmt::Debug for Call<'_, O, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
