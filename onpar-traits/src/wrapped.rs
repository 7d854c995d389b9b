//! [`Wrapped`]: from a pointer to a wrapper to one to the value in it, for each pointer that a method may have as its `self`.
//!
//! ```
//! use onpar_traits::{Local, generated::Wrapped};
//!
//! let mut value = Local(1);
//! *(&mut value).unwrap() += 1;
//! assert_eq!(Box::new(value).unwrap(), Box::new(2));
//! ```
//!
//! A wrapper has the size and the alignment of its value, so the pointer is the same in both cases: nothing is allocated, and
//! the counters of an `Rc` or `Arc` stay those of the wrapper.

#![expect(unsafe_code, reason = "a pointer to a wrapper is one to its value")]

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, rc::Rc, sync::Arc};
use core::ops::Deref;
use core::pin::Pin;

use crate::{Local, WithSend};

/// A pointer to a wrapper, or a wrapper.
///
/// # Safety
///
/// `unwrap` gives the pointer to the value in the wrapper, and does nothing else with either: both may be pinned.
pub unsafe trait Wrapped {
    /// The same with the value in its place.
    type Inner;

    /// Takes the wrapper off.
    fn unwrap(self) -> Self::Inner;
}

/// A value that is wrapped without being moved.
pub(crate) trait Wraps<S, P>: Sized {
    /// With a proof that has no size, and so need not be stored: that the caller has one is all there is to it.
    fn wrap_ref(value: &S, proof: P) -> &Self;
    fn wrap_mut(value: &mut S, proof: P) -> &mut Self;
}

impl<S, P: Copy> Wraps<S, P> for WithSend<S, P> {
    #[inline]
    fn wrap_ref(value: &S, _: P) -> &Self {
        const { assert_no_size::<P>() };
        // SAFETY: the layouts are the same, so the reference is valid for as much. A `P` of no size may be read from anywhere, and
        // there is one, which may be copied: the caller has passed it.
        unsafe { &*(&raw const *value).cast::<Self>() }
    }

    #[inline]
    fn wrap_mut(value: &mut S, _: P) -> &mut Self {
        const { assert_no_size::<P>() };
        // SAFETY: as above.
        unsafe { &mut *(&raw mut *value).cast::<Self>() }
    }
}

/// Function items have no size. A function pointer or a closure that captures something has one, and is nothing that could
/// be left out.
const fn assert_no_size<P>() {
    assert!(
        size_of::<P>() == 0 && align_of::<P>() == 1,
        "the methods of a constructor are function items, as in `Service(Type::call)`"
    );
}

macro_rules! wrapped {
    ($wrapper:ident<S $(, $proof:ident)?>, $value:tt) => {
        // SAFETY: it is the value.
        unsafe impl<S $(, $proof)?> Wrapped for $wrapper<S $(, $proof)?> {
            type Inner = S;

            #[inline]
            fn unwrap(self) -> S {
                self.$value
            }
        }

        // SAFETY: it only looks at another place of what it points to.
        unsafe impl<'a, S $(, $proof)?> Wrapped for &'a $wrapper<S $(, $proof)?> {
            type Inner = &'a S;

            #[inline]
            fn unwrap(self) -> &'a S {
                &self.$value
            }
        }

        // SAFETY: it only looks at another place of what it points to.
        unsafe impl<'a, S $(, $proof)?> Wrapped for &'a mut $wrapper<S $(, $proof)?> {
            type Inner = &'a mut S;

            #[inline]
            fn unwrap(self) -> &'a mut S {
                &mut self.$value
            }
        }

        // SAFETY: it only says what it points to.
        #[cfg(feature = "alloc")]
        unsafe impl<S $(, $proof)?> Wrapped for Box<$wrapper<S $(, $proof)?>> {
            type Inner = Box<S>;

            #[inline]
            fn unwrap(self) -> Box<S> {
                $(const { assert_no_size::<$proof>() };)?
                let value = Box::into_raw(self).cast::<S>();
                // SAFETY: it came from a box, of the same layout; the value is at its beginning, and nothing else is in it.
                unsafe { Box::from_raw(value) }
            }
        }

        // SAFETY: it only says what it points to.
        #[cfg(feature = "alloc")]
        unsafe impl<S $(, $proof)?> Wrapped for Rc<$wrapper<S $(, $proof)?>> {
            type Inner = Rc<S>;

            #[inline]
            fn unwrap(self) -> Rc<S> {
                $(const { assert_no_size::<$proof>() };)?
                let value = Rc::into_raw(self).cast::<S>();
                // SAFETY: it came from an `Rc` of a type of the same size and alignment, which is what `from_raw` asks for.
                unsafe { Rc::from_raw(value) }
            }
        }

        // SAFETY: it only says what it points to.
        #[cfg(feature = "alloc")]
        unsafe impl<S $(, $proof)?> Wrapped for Arc<$wrapper<S $(, $proof)?>> {
            type Inner = Arc<S>;

            #[inline]
            fn unwrap(self) -> Arc<S> {
                $(const { assert_no_size::<$proof>() };)?
                let value = Arc::into_raw(self).cast::<S>();
                // SAFETY: it came from an `Arc` of a type of the same size and alignment, which is what `from_raw` asks for.
                unsafe { Arc::from_raw(value) }
            }
        }
    };
}

wrapped!(WithSend<S, P>, value);
wrapped!(Local<S>, 0);

// SAFETY: it does what the pointer in it does.
unsafe impl<P: Wrapped> Wrapped for Pin<P>
where
    P: Deref,
    P::Inner: Deref,
{
    type Inner = Pin<P::Inner>;

    #[inline]
    fn unwrap(self) -> Pin<P::Inner> {
        // SAFETY: the pointer is only looked through, and pinned again below.
        let pointer = unsafe { Pin::into_inner_unchecked(self) };
        // SAFETY: the value is pinned with its wrapper: no wrapper moves it out behind a pin, or has a `Drop`.
        unsafe { Pin::new_unchecked(pointer.unwrap()) }
    }
}
