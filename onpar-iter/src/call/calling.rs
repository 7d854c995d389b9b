//! [`Calling`]: a closure, what it is lent, and the future that it gave, in place.
//!
//! The future may borrow `lent` and `state`, which stand beside it in the same pinned struct; that is what the `unsafe` is
//! about. Both sit in `UnsafeCell`s, and the struct is not `Unpin`, so that a `&mut` to the struct around them says nothing
//! about them. `future` sits in one too, and whether it is there is read from its place, without a reference to it.
//!
//! Never to be broken: `lent` is initialised exactly while `future` is `Some`, and what is lent is dropped or moved only
//! after the future has been dropped, by a panic too. There is one flag for both, the `Option`, so an adaptor is as small
//! as its closure, its future and its item.
#![expect(unsafe_code, reason = "loans within a pinned place")]

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::{ManuallyDrop, MaybeUninit};
use core::pin::Pin;
use core::task::{Context, Poll};

/// A closure that is called again and again, with its future in place. Nothing is allocated.
///
/// `Shape` says what it takes (see [`shape`](super::shape)), `State` is lent to every call, `Lent` to one call.
///
/// A call that panics is dropped, with what it was lent; the next one can begin.
///
/// # Examples
///
/// ```
/// use onpar_iter::call::{Calling, shape};
///
/// // A closure without state that is lent nothing is as large as what it captures and its future.
/// type Plain<F, Fut> = Calling<shape::Owned, (), (), F, Fut>;
/// assert_eq!(size_of::<Plain<fn(u8), core::future::Ready<u64>>>(), size_of::<(fn(u8), Option<u64>)>());
/// ```
pub struct Calling<Shape, State, Lent, F, Fut> {
    future: UnsafeCell<Option<Fut>>,
    lent: UnsafeCell<MaybeUninit<Lent>>,
    state: UnsafeCell<State>,
    f: F,
    shape: PhantomData<Shape>,
    _pinned: PhantomPinned,
}

impl<Shape, State, Lent, F, Fut> Calling<Shape, State, Lent, F, Fut> {
    pub(super) const fn new(state: State, f: F) -> Self {
        Self {
            future: UnsafeCell::new(None),
            lent: UnsafeCell::new(MaybeUninit::uninit()),
            state: UnsafeCell::new(state),
            f,
            shape: PhantomData,
            _pinned: PhantomPinned,
        }
    }

    /// Begins a call by `call`, which gets the closure, the state and what is lent. Both pointers may be made references
    /// for as long as the future lives.
    #[inline]
    pub(super) fn begin(self: Pin<&mut Self>, lent: Lent, call: impl FnOnce(&mut F, *mut State, *mut Lent) -> Fut) {
        // SAFETY: nothing below moves the future, nor what it borrows.
        let this = unsafe { self.get_unchecked_mut() };
        this.stop();
        // SAFETY: `this` is ours alone, and no future borrows the place any more.
        let place = unsafe { &mut *this.lent.get() };
        let loan = Loan(place.write(lent));
        let future = call(&mut this.f, this.state.get(), loan.0);
        core::mem::forget(loan);
        // SAFETY: as above. What stood here is `None`, and needs no drop.
        unsafe { this.future.get().write(Some(future)) };
    }

    /// Drives the call. Its output comes with what was lent.
    #[inline]
    pub(super) fn advance(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(Lent, Fut::Output)>>
    where
        Fut: Future,
    {
        // SAFETY: nothing below moves the future while it is there, nor what it borrows.
        let this = unsafe { self.get_unchecked_mut() };
        let end = StopOnUnwind(this);
        // SAFETY: `this` is ours alone; the future's own borrows point into `lent` and `state`, not at this place.
        let Some(future) = (unsafe { &mut *end.0.future.get() }) else {
            core::mem::forget(end);
            return Poll::Ready(None);
        };
        // SAFETY: the struct is pinned, and the future is dropped where it stands.
        let future = unsafe { Pin::new_unchecked(future) };
        let polled = future.poll(cx);
        let this = end.disarm();
        match polled {
            Poll::Pending => Poll::Pending,
            Poll::Ready(output) => match this.stop() {
                Some(loan) => Poll::Ready(Some((loan.take(), output))),
                None => unreachable!("a future that has been polled is there"),
            },
        }
    }

    /// Whether a call is under way.
    #[inline]
    #[expect(clippy::redundant_pattern_matching, reason = "`is_some` would make a reference to a suspended future")]
    pub(super) fn has_future(&self) -> bool {
        // SAFETY: the discriminant is read from its place. Nobody writes it without a `&mut` to the whole.
        unsafe { matches!(*self.future.get(), Some(_)) }
    }

    /// Drops the future, if there is one, and gives what it was lent; dropped in its place if that future panics.
    #[inline]
    fn stop(&mut self) -> Option<Loan<Lent>> {
        if !self.has_future() {
            return None;
        }
        let loan = Loan(self.lent.get().cast());
        // SAFETY: `self` is ours alone. `None` is written even if the future panics as it is dropped.
        unsafe { *self.future.get() = None };
        Some(loan)
    }
}

/// What was lent, at its place, with nobody left who borrows it.
struct Loan<T>(*mut T);

impl<T> Loan<T> {
    #[inline]
    fn take(self) -> T {
        let this = ManuallyDrop::new(self);
        // SAFETY: the place is initialised, as whoever made the loan knows, and is left as if uninitialised.
        unsafe { this.0.read() }
    }
}

impl<T> Drop for Loan<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: as in `take`.
        unsafe { self.0.drop_in_place() };
    }
}

/// Drops a call whose future panics.
struct StopOnUnwind<'a, Shape, State, Lent, F, Fut>(&'a mut Calling<Shape, State, Lent, F, Fut>);

impl<'a, Shape, State, Lent, F, Fut> StopOnUnwind<'a, Shape, State, Lent, F, Fut> {
    #[inline]
    fn disarm(self) -> &'a mut Calling<Shape, State, Lent, F, Fut> {
        let this = ManuallyDrop::new(self);
        // SAFETY: the reference is read once, and `this` is never dropped.
        unsafe { core::ptr::read(&raw const this.0) }
    }
}

impl<Shape, State, Lent, F, Fut> Drop for StopOnUnwind<'_, Shape, State, Lent, F, Fut> {
    #[inline]
    fn drop(&mut self) {
        drop(self.0.stop());
    }
}

impl<Shape, State, Lent, F, Fut> Drop for Calling<Shape, State, Lent, F, Fut> {
    #[inline]
    fn drop(&mut self) {
        drop(self.stop());
    }
}

// A call by value borrows nothing of the struct, so the struct may move whenever its future may.
impl<F, Fut: Unpin> Unpin for super::Nullary<F, Fut> {}
impl<F, Fut: Unpin> Unpin for super::Owned<F, Fut> {}
impl<F, Fut: Unpin> Unpin for super::Owned2<F, Fut> {}

// SAFETY: a `&Calling` gives nothing of what is inside but whether a call is under way, and that changes through a `&mut`
// alone.
unsafe impl<Shape, State, Lent, F, Fut> Sync for Calling<Shape, State, Lent, F, Fut> {}

impl<Shape, State, Lent, F, Fut> fmt::Debug for Calling<Shape, State, Lent, F, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calling").field("running", &self.has_future()).finish_non_exhaustive()
    }
}
