//! [`Places`]: pinned elements of a pinned array or slice.
#![expect(unsafe_code, reason = "the pinned elements of a pinned slice")]

use core::pin::Pin;

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

/// Elements that stand beside each other and do not move.
#[doc(hidden)]
pub trait Places {
    /// One of them.
    type Place;

    /// How many there are.
    fn len(&self) -> usize;

    /// All of them, to be looked at.
    fn all(&self) -> &[Self::Place];

    /// One of them, in its place.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    fn place(self: Pin<&mut Self>, position: usize) -> Pin<&mut Self::Place>;
}

impl<T, const N: usize> Places for [T; N] {
    type Place = T;

    #[inline]
    fn len(&self) -> usize {
        N
    }

    #[inline]
    fn all(&self) -> &[T] {
        self
    }

    #[inline]
    fn place(self: Pin<&mut Self>, position: usize) -> Pin<&mut T> {
        // SAFETY: a pinned array's elements are pinned: nobody moves one, and an array has no `Drop`.
        unsafe { self.map_unchecked_mut(|places| &mut places[position]) }
    }
}

#[cfg(feature = "alloc")]
impl<T> Places for Pin<Box<[T]>> {
    type Place = T;

    #[inline]
    fn len(&self) -> usize {
        (**self).len()
    }

    #[inline]
    fn all(&self) -> &[T] {
        self
    }

    #[inline]
    fn place(self: Pin<&mut Self>, position: usize) -> Pin<&mut T> {
        // SAFETY: as above, of a slice.
        unsafe { self.get_mut().as_mut().map_unchecked_mut(|places| &mut places[position]) }
    }
}
