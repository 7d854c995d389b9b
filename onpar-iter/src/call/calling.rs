//! [`Calling`]: a closure, what it is lent, and the future that it gave, in place.
//!
//! The future may borrow `lent` and `state`, which stand beside it in the same pinned struct; that is what the `unsafe` is
//! about. All three sit in `UnsafeCell`s, and the struct is not `Unpin`, so that a `&mut` to the struct around them says
//! nothing about them.
//!
//! Most calls have their answer at their first poll. So a call that begins is in the hands of a `Begun`, which drops it if
//! anything panics, and `running` is written when it is left pending and not before: between two calls that are ready at once
//! nothing is noted anywhere, and the compiler sees through both. A future that [is at once](is_at_once) never gets to its place.
//!
//! Never to be broken: `future` and `lent` are initialised exactly while `running` is true or a `Begun` stands for them, and
//! what is lent is dropped or moved only after the future has been dropped, by a panic too.
#![expect(unsafe_code, reason = "loans within a pinned place")]

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::{self, ManuallyDrop, MaybeUninit};
use core::pin::Pin;
use core::task::{Context, Poll};

use super::at_once::{is_at_once, output_of};

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
/// // A closure without state that is lent nothing is as large as what it captures, its future, and whether that is there.
/// type Plain<F, Fut> = Calling<shape::Owned, (), (), F, Fut>;
/// assert_eq!(size_of::<Plain<fn(u8), core::future::Ready<u64>>>(), size_of::<(fn(u8), Option<u64>, bool)>());
/// ```
pub struct Calling<Shape, State, Lent, F, Fut> {
    /// Whether a call is under way.
    running: bool,
    future: UnsafeCell<MaybeUninit<Fut>>,
    lent: UnsafeCell<MaybeUninit<Lent>>,
    state: UnsafeCell<State>,
    f: F,
    shape: PhantomData<Shape>,
    _pinned: PhantomPinned,
}

impl<Shape, State, Lent, F, Fut> Calling<Shape, State, Lent, F, Fut> {
    pub(super) const fn new(state: State, f: F) -> Self {
        Self {
            running: false,
            future: UnsafeCell::new(MaybeUninit::uninit()),
            lent: UnsafeCell::new(MaybeUninit::uninit()),
            state: UnsafeCell::new(state),
            f,
            shape: PhantomData,
            _pinned: PhantomPinned,
        }
    }

    /// Begins a call by `call`, which gets the closure, the state and what is lent, and polls it. Both pointers may be made
    /// references for as long as the future lives. Its output comes with what was lent.
    #[inline]
    pub(super) fn begin_and_advance(
        self: Pin<&mut Self>,
        lent: Lent,
        call: impl FnOnce(&mut F, *mut State, *mut Lent) -> Fut,
        cx: &mut Context<'_>,
    ) -> Poll<(Lent, Fut::Output)>
    where
        Fut: Future,
    {
        // SAFETY: nothing below moves the future while it is there, nor what it borrows.
        let this = unsafe { self.get_unchecked_mut() };
        if is_at_once::<Fut>() {
            let mut lent = lent;
            let future = call(&mut this.f, this.state.get(), &raw mut lent);
            // SAFETY: the future is one.
            let output = unsafe { output_of(future) };
            return Poll::Ready((lent, output));
        }
        let begun = this.place(lent, call);
        this.poll(begun, cx)
    }

    /// Drives the call that is under way, if there is one. Its output comes with what was lent.
    #[inline]
    pub(super) fn advance(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(Lent, Fut::Output)>>
    where
        Fut: Future,
    {
        if is_at_once::<Fut>() {
            return Poll::Ready(None);
        }
        // SAFETY: nothing below moves the future while it is there, nor what it borrows.
        let this = unsafe { self.get_unchecked_mut() };
        match this.take() {
            Some(begun) => this.poll(begun, cx).map(Some),
            None => Poll::Ready(None),
        }
    }

    /// Whether a call is under way.
    #[inline]
    pub(super) const fn has_future(&self) -> bool {
        self.running
    }

    /// Makes the future of a call in its place. One that was under way is dropped.
    #[inline]
    fn place(&mut self, lent: Lent, call: impl FnOnce(&mut F, *mut State, *mut Lent) -> Fut) -> Begun<Lent, Fut> {
        drop(self.take());
        // SAFETY: `self` is ours alone, and no future borrows the place any more.
        let place = unsafe { &mut *self.lent.get() };
        let lent = Loan(place.write(lent));
        let future = call(&mut self.f, self.state.get(), lent.0);
        // SAFETY: as above. There is no future in it.
        let place = unsafe { &mut *self.future.get() };
        Begun { future: place.write(future), lent }
    }

    /// Polls a call of this place.
    #[inline]
    fn poll(&mut self, begun: Begun<Lent, Fut>, cx: &mut Context<'_>) -> Poll<(Lent, Fut::Output)>
    where
        Fut: Future,
    {
        // SAFETY: the future is there, and ours alone; its own borrows point into `lent` and `state`.
        let future = unsafe { &mut *begun.future };
        // SAFETY: the whole is pinned, and the future is dropped where it stands.
        let future = unsafe { Pin::new_unchecked(future) };
        match future.poll(cx) {
            Poll::Ready(output) => Poll::Ready((begun.end(), output)),
            Poll::Pending => {
                self.leave(begun);
                Poll::Pending
            }
        }
    }

    /// Leaves a call of this place under way.
    #[inline]
    fn leave(&mut self, begun: Begun<Lent, Fut>) {
        mem::forget(begun);
        self.running = true;
    }

    /// The call that is under way, if there is one. Whoever has it stands for it.
    #[inline]
    fn take(&mut self) -> Option<Begun<Lent, Fut>> {
        if !self.running {
            return None;
        }
        self.running = false;
        Some(Begun { future: self.future.get().cast(), lent: Loan(self.lent.get().cast()) })
    }
}

/// A call at its place: its future, and what that was lent. Dropped, it drops both, in this order.
struct Begun<Lent, Fut> {
    future: *mut Fut,
    lent: Loan<Lent>,
}

impl<Lent, Fut> Begun<Lent, Fut> {
    /// Drops the future, and gives what it was lent.
    #[inline]
    fn end(self) -> Lent {
        let this = ManuallyDrop::new(self);
        // It is dropped in its place if the future panics.
        let lent = Loan(this.lent.0);
        // SAFETY: the future is there, as whoever made this knows, and nobody looks at it again.
        unsafe { this.future.drop_in_place() };
        lent.take()
    }
}

impl<Lent, Fut> Drop for Begun<Lent, Fut> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: as in `end`. What was lent is dropped after this, by a panic too.
        unsafe { self.future.drop_in_place() };
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

impl<Shape, State, Lent, F, Fut> Drop for Calling<Shape, State, Lent, F, Fut> {
    #[inline]
    fn drop(&mut self) {
        drop(self.take());
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
