//! [`IterCall`]: the iterator that a method returned through a trait object.

#![expect(unsafe_code, reason = "what is done with an iterator whose type was forgotten is proved to be allowed")]

use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;

use super::auto::{Allows, Anything};
use super::body::{Body, kept};

/// The iterator that a method returned through a trait object, in memory that is used again.
///
/// # Examples
///
/// ```
/// use onpar_traits::IterCall;
///
/// fn odd<'a>(numbers: &'a [u32]) -> IterCall<'a, u32> {
///     IterCall::new(numbers.iter().copied().filter(|n| n % 2 == 1))
/// }
///
/// assert!(odd(&[1, 2, 3]).eq([1, 3]));
/// ```
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct IterCall<'f, T, A: ?Sized = Anything> {
    body: Body<dyn Iterator<Item = T> + 'f>,
    auto: PhantomData<A>,
}

// SAFETY: the iterator is `Send`, since `A` allows only what is.
unsafe impl<T, A: ?Sized + Send> Send for IterCall<'_, T, A> {}

// SAFETY: a shared reference to this reaches the iterator by `size_hint` alone, so it has to be `Sync`, which `A` says.
unsafe impl<T, A: ?Sized + Sync> Sync for IterCall<'_, T, A> {}

impl<T, A: ?Sized> Unpin for IterCall<'_, T, A> {}

impl<'f, T, A: ?Sized> IterCall<'f, T, A> {
    /// Forgets the type of an iterator.
    #[inline]
    pub fn new<I>(iter: I) -> Self
    where
        I: Iterator<Item = T> + 'f,
        A: Allows<I>,
    {
        let iter: NonNull<dyn Iterator<Item = T> + 'f> = kept(iter);
        // SAFETY: it is new, and lives for `'f`, which this does not outlive.
        Self { body: unsafe { Body::new(iter) }, auto: PhantomData }
    }
}

impl<T, A: ?Sized> Iterator for IterCall<'_, T, A> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.iter().next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.body.get().size_hint()
    }
}

impl<'f, T, A: ?Sized> IterCall<'f, T, A> {
    #[inline]
    fn iter(&mut self) -> &mut (dyn Iterator<Item = T> + 'f) {
        // SAFETY: an iterator that is advanced by `&mut self` is not pinned for its own sake: nobody has seen the pin.
        unsafe { self.body.get_mut().get_unchecked_mut() }
    }
}

impl<T, A: ?Sized> fmt::Debug for IterCall<'_, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IterCall").finish_non_exhaustive()
    }
}
