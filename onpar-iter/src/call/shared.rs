//! [`Shared`]: many calls at once of one closure, which stands elsewhere.
//!
//! The calls of a concurrent stage are [`Calling`]s without a closure of their own: each is lent the stage's to begin.
#![expect(unsafe_code, reason = "the loans to the closures")]

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Calling, shape};

/// A call of a closure that takes an item by value, and stands elsewhere.
pub type SharedOwned<Fut> = Calling<shape::Owned, (), (), (), Fut>;
/// A call of a closure that takes an item by reference, and stands elsewhere. The item stands with the call.
pub type SharedRef<T, Fut> = Calling<shape::Ref, (), T, (), Fut>;
/// A call of a closure that takes an item by reference; both stand elsewhere.
pub type SharedLent<Fut> = Calling<shape::Lent, (), (), (), Fut>;

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

    /// Begins a call, and polls it. One that was under way is dropped.
    fn call_by(self: Pin<&mut Self>, f: &mut F, args: Args, cx: &mut Context<'_>) -> Poll<Self::Output>;
}

/// An item that stands elsewhere, and is lent to one call.
///
/// # Examples
///
/// ```
/// use onpar_iter::call::{Loan, Shared, SharedLent};
///
/// type Closure<'x> = fn(&'x u8) -> core::future::Ready<u8>;
///
/// fn begins<'x, C: Shared<Closure<'x>, Loan<u8>>>() {}
/// begins::<SharedLent<core::future::Ready<u8>>>();
/// ```
pub struct Loan<T>(*const T);

impl<T> Loan<T> {
    /// The item must stay where it is, and must not be changed, until the call has ended that takes the loan. Only the stage
    /// that lends makes one, and only a stage takes it.
    pub(crate) const fn new(item: &T) -> Self {
        Self(item)
    }

    /// # Safety
    ///
    /// Nobody may keep it longer than the call lasts that takes the loan.
    #[inline]
    pub(super) unsafe fn get<'x>(self) -> &'x T {
        // SAFETY: whoever has made the loan keeps the item until the call has ended.
        unsafe { &*self.0 }
    }
}

impl<T> fmt::Debug for Loan<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loan").finish_non_exhaustive()
    }
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

impl<Fut: Future> Answer for SharedLent<Fut> {
    type Output = Fut::Output;

    #[inline]
    fn poll_answer(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        self.advance(cx).map(|ended| ended.map(|((), output)| output))
    }
}

impl<T, F: FnMut(T) -> Fut, Fut: Future> Shared<F, T> for SharedOwned<Fut> {
    fn idle() -> Self {
        Self::new((), ())
    }

    #[inline]
    fn call_by(self: Pin<&mut Self>, f: &mut F, item: T, cx: &mut Context<'_>) -> Poll<Fut::Output> {
        self.begin_and_advance((), |(), _, _| f(item), cx).map(|((), output)| output)
    }
}

impl<'x, T: 'x, F: FnMut(&'x T) -> Fut, Fut: Future> Shared<F, T> for SharedRef<T, Fut> {
    fn idle() -> Self {
        Self::new((), ())
    }

    #[inline]
    fn call_by(self: Pin<&mut Self>, f: &mut F, item: T, cx: &mut Context<'_>) -> Poll<(T, Fut::Output)> {
        let call = |(): &mut (), _, item: *mut T| {
            // SAFETY: `begin_and_advance` lets it be borrowed while the future lives, and nobody keeps it longer: the closure
            // fits every lifetime, as the method that made the stage has checked.
            f(unsafe { &*item })
        };
        self.begin_and_advance(item, call, cx)
    }
}

impl<'x, T: 'x, F: FnMut(&'x T) -> Fut, Fut: Future> Shared<F, Loan<T>> for SharedLent<Fut> {
    fn idle() -> Self {
        Self::new((), ())
    }

    #[inline]
    fn call_by(self: Pin<&mut Self>, f: &mut F, item: Loan<T>, cx: &mut Context<'_>) -> Poll<Fut::Output> {
        // SAFETY: this is the call that takes the loan, and nobody keeps the item longer: the closure fits every lifetime, as
        // the method that made the stage has checked.
        let item = unsafe { item.get() };
        self.begin_and_advance((), |(), _, _| f(item), cx).map(|((), output)| output)
    }
}
