//! [`Shared`]: many calls at once of one closure, which stands elsewhere.
//!
//! The calls of a concurrent stage are [`Calling`]s without a closure of their own: each is lent the stage's to begin.
#![expect(unsafe_code, reason = "the loans to the closures")]

use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Calling, shape};

/// A call of a closure that takes an item by value, and stands elsewhere.
pub type SharedOwned<Fut> = Calling<shape::Owned, (), (), (), Fut>;
/// A call of a closure that takes an item by reference, and stands elsewhere.
pub type SharedRef<T, Fut> = Calling<shape::Ref, (), T, (), Fut>;

/// A call that is under way, or is not.
///
/// # Examples
///
/// ```
/// use onpar_iter::call::{Answer, SharedRef};
///
/// // What is lent comes back with what the closure gave.
/// fn given<C: Answer<Output = (String, bool)>>() {}
/// given::<SharedRef<String, core::future::Ready<bool>>>();
/// ```
pub trait Answer {
    /// What the closure gives, beside what it was lent, if it was lent any.
    type Output;

    /// Drives the call that is under way, and gives its output. `None` if there is none.
    fn poll_answer(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Output>>;
}

/// A call of a closure of type `F`, with `Args`.
///
/// # Examples
///
/// ```
/// use onpar_iter::call::{Shared, SharedOwned};
///
/// type Closure = fn(u8) -> core::future::Ready<u8>;
///
/// fn begins<C: Shared<Closure, u8>>() {}
/// begins::<SharedOwned<core::future::Ready<u8>>>();
/// ```
pub trait Shared<F, Args>: Answer + Sized {
    /// No call yet.
    fn idle() -> Self;

    /// Begins a call. One that was under way is dropped.
    fn start_by(self: Pin<&mut Self>, f: &mut F, args: Args);
}

impl<Fut: Future> Answer for SharedOwned<Fut> {
    type Output = Fut::Output;

    #[inline]
    fn poll_answer(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        self.advance(cx).map(|ended| ended.map(|((), output)| output))
    }
}

impl<T, Fut: Future> Answer for SharedRef<T, Fut> {
    type Output = (T, Fut::Output);

    #[inline]
    fn poll_answer(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(T, Fut::Output)>> {
        self.advance(cx)
    }
}

impl<T, F: FnMut(T) -> Fut, Fut: Future> Shared<F, T> for SharedOwned<Fut> {
    fn idle() -> Self {
        Self::new((), ())
    }

    #[inline]
    fn start_by(self: Pin<&mut Self>, f: &mut F, item: T) {
        self.begin((), |(), _, _| f(item));
    }
}

impl<'x, T: 'x, F: FnMut(&'x T) -> Fut, Fut: Future> Shared<F, T> for SharedRef<T, Fut> {
    fn idle() -> Self {
        Self::new((), ())
    }

    #[inline]
    fn start_by(self: Pin<&mut Self>, f: &mut F, item: T) {
        self.begin(item, |(), _, item| {
            // SAFETY: `begin` lets it be borrowed while the future lives, and nobody keeps it longer: the closure fits every
            // lifetime, as the method that made the stage has checked.
            f(unsafe { &*item })
        });
    }
}
