//! [`Body`]: a pinned value on the heap, of which nothing is known but a trait.
//!
//! It is what a `Pin<Box<dyn Trait>>` is, in memory that is kept for the next one. What knows the type of the value is the table
//! that the compiler makes of a `dyn Trait`: it has the functions of the trait, and those that are needed to drop the value and
//! to find its size. There is one table for each type, and what fills it is all that is compiled anew for each method of each
//! type: the value's own functions, and [`kept`].
//!
//! (Measured alternative: functions of our own in front of the value, so that a call is one word. A call was as fast, and a crate
//! of twenty traits took a quarter longer to build.)

#![expect(unsafe_code, reason = "it owns a value by a pointer to it")]

use core::alloc::Layout;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr::NonNull;

use super::memory;

/// A pinned value, which this owns: `D` is a `dyn Trait`.
pub(super) struct Body<D: ?Sized> {
    value: NonNull<D>,
}

/// Moves a value into memory of its own, for [`Body::new`].
#[inline]
pub(super) fn kept<T>(value: T) -> NonNull<T> {
    // From here on it is not dropped, also where there is no memory left: then it is leaked, and the program ends.
    let value = ManuallyDrop::new(value);
    let memory = memory::allocate(const { Layout::new::<T>() });
    let place = memory.as_ptr().cast::<ManuallyDrop<T>>();
    // SAFETY: the memory is ours and has the layout of a `T`. What was there before is not dropped, since nothing of this type is.
    unsafe { *place = value };
    // SAFETY: it is the pointer to the memory, which is not null.
    unsafe { NonNull::new_unchecked(place.cast()) }
}

impl<D: ?Sized> Body<D> {
    /// # Safety
    ///
    /// The pointer is one that [`kept`] gave, and nobody else uses it. What `D` forgets of the type of the value includes no
    /// lifetime that does not outlive this.
    #[inline]
    pub(super) unsafe fn new(value: NonNull<D>) -> Self {
        Self { value }
    }

    #[inline]
    pub(super) fn get(&self) -> &D {
        // SAFETY: the value is ours, and borrowed as this is.
        unsafe { &*self.value.as_ptr() }
    }

    #[inline]
    pub(super) fn get_mut(&mut self) -> Pin<&mut D> {
        // SAFETY: the value is ours, and borrowed exclusively as this is.
        let value = unsafe { &mut *self.value.as_ptr() };
        // SAFETY: it stays where it is until it is dropped there.
        unsafe { Pin::new_unchecked(value) }
    }
}

impl<D: ?Sized> Drop for Body<D> {
    #[inline]
    fn drop(&mut self) {
        // The memory is given back when this is dropped, so after the value, and also if dropping the value panics.
        let _memory = Vacant(self.value);
        // SAFETY: the value is ours, and nobody uses it afterwards.
        unsafe { self.value.as_ptr().drop_in_place() };
    }
}

/// The memory of a value that is dropped, which is given back.
struct Vacant<D: ?Sized>(NonNull<D>);

impl<D: ?Sized> Drop for Vacant<D> {
    #[inline]
    fn drop(&mut self) {
        // Asked for so late because others may write to a pinned value, by pointers to it, until it is dropped.
        // SAFETY: nobody has these bytes now but us, and nothing of them is looked at: the size stands in the table.
        let layout = Layout::for_value(unsafe { &*self.0.as_ptr() });
        // SAFETY: `kept` has allocated it with the layout of the value, which is this, and there is no value in it any more.
        unsafe { memory::free(self.0.cast(), layout) };
    }
}
