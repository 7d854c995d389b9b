//! `is_at_once`: whether a future is std's [`Ready`], which has its output in it.
//!
//! [`sync`](crate::sync()) and its kin give such futures. A future that is to be polled must stand in its place first, and
//! what is written there stays in memory: that took as long as a plain closure itself. The output of a `Ready` can be had
//! without a poll; so it never gets to its place.
//!
//! `TypeId` asks for types that live for ever, and these futures hold what users borrow. But of two types that differ in
//! nothing but lifetimes it says the same, and no more is asked here: if a future is a `Ready` of anything, then that is its
//! output, with the lifetimes that it has. The compiler knows the answer for each future, and leaves the other way out.
#![expect(unsafe_code, reason = "the identity of types with lifetimes")]

use core::any::TypeId;
use core::future::Ready;
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop};

/// Whether the future is a [`Ready`].
#[inline]
pub(super) fn is_at_once<Fut: Future>() -> bool {
    identity::<Fut>() == identity::<Ready<Fut::Output>>()
}

/// The output of such a future.
///
/// # Safety
///
/// The future [is at once](is_at_once).
///
/// # Panics
///
/// If it has given its output before, as its poll would.
#[inline]
pub(super) unsafe fn output_of<Fut: Future>(future: Fut) -> Fut::Output {
    let future = ManuallyDrop::new(future);
    // SAFETY: the type is this one, as the caller promises; and the other one is forgotten.
    let future: Ready<Fut::Output> = unsafe { mem::transmute_copy(&future) };
    future.into_inner()
}

trait Identity {
    fn of_self(&self) -> TypeId
    where
        Self: 'static;
}

impl<T> Identity for PhantomData<T> {
    #[inline]
    fn of_self(&self) -> TypeId
    where
        Self: 'static,
    {
        TypeId::of::<Self>()
    }
}

/// The same for two types if they differ in lifetimes at most.
#[inline]
fn identity<T>() -> TypeId {
    let nothing = PhantomData::<T>;
    let nothing: &dyn Identity = &nothing;
    // SAFETY: there is nothing in it that could end too early, and the only method looks at no lifetime.
    let nothing = unsafe { mem::transmute::<&dyn Identity, &(dyn Identity + 'static)>(nothing) };
    nothing.of_self()
}

#[cfg(test)]
mod tests {
    use core::future::{pending, ready};

    use super::*;

    fn of<Fut: Future>(_: &Fut) -> bool {
        is_at_once::<Fut>()
    }

    #[test]
    fn a_future_is_at_once_if_it_is_ready_by_its_type_whatever_it_borrows() {
        let text = [7_u8];
        assert!(of(&ready(&text[..])));
        assert!(of(&ready(())));
        assert!(!of(&async { &text[..] }));
        assert!(!of(&pending::<&[u8]>()));
        // SAFETY: it is.
        assert_eq!(unsafe { output_of(ready(&text[..])) }, [7]);
    }
}
