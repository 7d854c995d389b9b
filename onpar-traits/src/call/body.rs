//! [`Body`]: a value on the heap behind a thin pointer, with the functions that know its type.
//!
//! The functions stand in front of the value, so a call is one word, which is returned in a register, and finds its function
//! in the cache line that it is about to use anyway.

#![expect(unsafe_code, reason = "it forgets the type of a value, and keeps the functions that know it")]

use core::alloc::Layout;
use core::marker::PhantomData;
use core::ptr::NonNull;

use super::memory;

/// A value of a type that is known to its functions `F` alone, and that may borrow for `'v`. It is pinned.
pub(super) struct Body<'v, F> {
    head: NonNull<Head<F>>,
    // Dropping this drops the value: since there is an `impl Drop`, the compiler sees to it that what it borrows is there.
    value: PhantomData<(F, &'v ())>,
}

/// What stands in front of the value.
struct Head<F> {
    functions: F,
    /// Drops the value, and frees the memory, also if that panics.
    end: unsafe fn(NonNull<()>),
}

/// Both.
#[repr(C)]
struct Whole<F, T> {
    head: Head<F>,
    value: T,
}

impl<'v, F: Copy> Body<'v, F> {
    /// Forgets the type of what `make` makes, in memory that was taken before, so that it can be made in its place.
    ///
    /// The functions get the pointer that [`value`](Self::value) gives, to a pinned `T`.
    #[inline]
    pub(super) fn new<T: 'v>(functions: F, make: impl FnOnce() -> T) -> Self {
        let vacant = Vacant::take(const { Layout::new::<Whole<F, T>>() });
        let whole = vacant.memory.as_ptr().cast::<Whole<F, T>>();
        // SAFETY: the memory is large enough for a `Whole`.
        let head = unsafe { &raw mut (*whole).head };
        // SAFETY: as above.
        let value = unsafe { &raw mut (*whole).value };
        // SAFETY: the memory is ours and aligned for a `Whole`. If `make` panics, there is nothing in it yet.
        unsafe { value.write(make()) };
        // SAFETY: as above.
        unsafe { head.write(Head { functions, end: end::<F, T> }) };
        Self { head: vacant.fill().cast(), value: PhantomData }
    }

    #[inline]
    pub(super) fn functions(&self) -> F {
        // SAFETY: `new` has written it, and nobody changes it.
        unsafe { self.head.as_ref() }.functions
    }

    /// Where it begins, the head included. The functions of a type find the value from there by [`value_of`].
    #[inline]
    pub(super) fn whole(&self) -> NonNull<()> {
        self.head.cast()
    }
}

/// Where the value stands in what [`Body::whole`] gave.
///
/// # Safety
///
/// It comes from a `Body` with such functions that was made of a `T`.
#[inline]
pub(super) unsafe fn value_of<F, T>(whole: NonNull<()>) -> *mut T {
    let whole = whole.as_ptr().cast::<Whole<F, T>>();
    // SAFETY: as the caller promises.
    unsafe { &raw mut (*whole).value }
}

impl<F> Drop for Body<'_, F> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: `new` has written it, and nobody changes it.
        let end = unsafe { self.head.as_ref() }.end;
        // SAFETY: it is the function for this type, and nobody uses the value afterwards.
        unsafe { end(self.head.cast()) };
    }
}

/// # Safety
///
/// It comes from a `Body` with such functions that was made of a `T`, and nobody uses it afterwards.
unsafe fn end<F, T>(whole: NonNull<()>) {
    // The memory is given back when this is dropped, so after the value, and also if dropping the value panics.
    let _memory = Vacant { memory: whole.cast(), layout: const { Layout::new::<Whole<F, T>>() } };
    // SAFETY: as the caller promises.
    let value = unsafe { value_of::<F, T>(whole) };
    // SAFETY: as the caller promises; what is in the head needs no drop, being a few functions.
    unsafe { value.drop_in_place() };
}

/// Memory of this layout, which is given back.
///
/// It does not know the type that it is for: what is generic here is compiled again for each method of each type.
struct Vacant {
    memory: NonNull<u8>,
    layout: Layout,
}

impl Vacant {
    #[inline]
    fn take(layout: Layout) -> Self {
        Self { memory: memory::allocate(layout), layout }
    }

    /// It is not vacant any more.
    #[inline]
    fn fill(self) -> NonNull<u8> {
        core::mem::ManuallyDrop::new(self).memory
    }
}

impl Drop for Vacant {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: it was allocated with this layout, and there is no value in it, or none any more.
        unsafe { memory::free(self.memory, self.layout) };
    }
}
