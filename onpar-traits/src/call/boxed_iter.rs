//! [`IterCall`]: the iterator that a method returned through a trait object.

#![expect(unsafe_code, reason = "it advances an iterator whose type was forgotten")]

use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;

use super::auto::{Allows, Anything};
use super::body::{Body, value_of};

/// The iterator that a method returned through a trait object, in memory that is used again.
///
/// # Examples
///
/// ```
/// use onpar_traits::IterCall;
///
/// fn odd<'a>(numbers: &'a [u32]) -> IterCall<'a, u32> {
///     IterCall::new(|| numbers.iter().copied().filter(|n| n % 2 == 1))
/// }
///
/// assert!(odd(&[1, 2, 3]).eq([1, 3]));
/// ```
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct IterCall<'f, T, A: ?Sized = Anything> {
    body: Body<'f, Functions<T>>,
    auto: PhantomData<A>,
}

struct Functions<T> {
    next: unsafe fn(NonNull<()>) -> Option<T>,
    size_hint: unsafe fn(NonNull<()>) -> (usize, Option<usize>),
}

impl<T> Clone for Functions<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Functions<T> {}

// SAFETY: the iterator is `Send`, since `A` allows only what is.
unsafe impl<T, A: ?Sized + Send> Send for IterCall<'_, T, A> {}

// SAFETY: a shared reference to this reaches the iterator by `size_hint` alone, so it has to be `Sync`, which `A` says.
unsafe impl<T, A: ?Sized + Sync> Sync for IterCall<'_, T, A> {}

impl<T, A: ?Sized> Unpin for IterCall<'_, T, A> {}

impl<'f, T, A: ?Sized> IterCall<'f, T, A> {
    /// Calls the method, and forgets the type of its iterator.
    #[inline]
    pub fn new<I>(method: impl FnOnce() -> I) -> Self
    where
        I: Iterator<Item = T> + 'f,
        A: Allows<I>,
    {
        let functions = Functions { next: next::<I>, size_hint: size_hint::<I> };
        Self { body: Body::new(functions, method), auto: PhantomData }
    }
}

/// # Safety
///
/// It comes from a body that was made of an `I`, and nobody else uses it now.
unsafe fn next<I: Iterator>(whole: NonNull<()>) -> Option<I::Item> {
    // SAFETY: as the caller promises.
    let iter = unsafe { value_of::<Functions<I::Item>, I>(whole) };
    // SAFETY: as the caller promises.
    unsafe { &mut *iter }.next()
}

/// # Safety
///
/// It comes from a body that was made of an `I`, and nobody changes it now.
unsafe fn size_hint<I: Iterator>(whole: NonNull<()>) -> (usize, Option<usize>) {
    // SAFETY: as the caller promises.
    let iter = unsafe { value_of::<Functions<I::Item>, I>(whole) };
    // SAFETY: as the caller promises.
    unsafe { &*iter }.size_hint()
}

impl<T, A: ?Sized> Iterator for IterCall<'_, T, A> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let body = &self.body;
        // SAFETY: the function is that of the type that the body was made of, and `self` is borrowed exclusively.
        unsafe { (body.functions().next)(body.whole()) }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let body = &self.body;
        // SAFETY: the function is that of the type that the body was made of, and `self` is borrowed.
        unsafe { (body.functions().size_hint)(body.whole()) }
    }
}

impl<T, A: ?Sized> fmt::Debug for IterCall<'_, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IterCall").finish_non_exhaustive()
    }
}
