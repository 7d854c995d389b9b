//! What a closure takes, as a type: the shapes of [`Calling`](super::Calling).
//!
//! A shape that lends has two bounds on its closure, at the method that takes it: one for every lifetime, which makes the
//! loan sound (a closure that fits any lifetime cannot keep the reference), and `FnMut(&'x T) -> Fut`, which names the
//! future. The impls here need the second alone. So `new` is private to the crate: only those methods make a `Calling`.
//!
//! ```
//! use onpar_iter::call::shape::{
//!     Nullary, Owned, Owned2, Ref, Ref2, RefMut, With, With2, WithNullary, WithRef, WithRef2, WithRefMut,
//! };
//!
//! // They are names, and hold nothing.
//! assert_eq!(size_of::<(Nullary, Owned, Owned2, Ref, Ref2, RefMut)>(), 0);
//! assert_eq!(size_of::<(With, With2, WithNullary, WithRef, WithRef2, WithRefMut)>(), 0);
//! ```
#![expect(unsafe_code, reason = "the loans to the closures")]

use core::pin::Pin;
use core::task::{Context, Poll};

use super::Call;

/// `()`: nothing. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct Nullary;

/// `(item)`: the item itself. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct Owned;

/// `(accumulated, item)`: both themselves. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct Owned2;

/// `(&item)`. Gives the item, and what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct Ref;

/// `(&mut item)`. Gives the item, and what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct RefMut;

/// `(&left, &right)`. Gives both, and what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct Ref2;

/// `(&mut state)`. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct WithNullary;

/// `(&mut state, item)`. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct With;

/// `(&mut state, accumulated, item)`. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct With2;

/// `(&mut state, &item)`. Gives the item, and what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct WithRef;

/// `(&mut state, &mut item)`. Gives the item, and what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct WithRefMut;

/// `(&mut state, &left, &right)`. Gives both, and what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct WithRef2;

/// The second half of every impl: a call's answer is what the closure gave, beside what it was lent, if it was lent any.
macro_rules! answer {
    (|$ended:pat_param| $answer:expr) => {
        #[inline]
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Output>> {
            self.advance(cx).map(|ended| ended.map(|$ended| $answer))
        }

        #[inline]
        fn is_running(&self) -> bool {
            self.has_future()
        }
    };
}

impl<F, Fut> Call<()> for super::Nullary<F, Fut>
where
    F: FnMut() -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    #[inline]
    fn start(self: Pin<&mut Self>, (): ()) {
        self.begin((), |f, _, _| f());
    }

    answer!(|((), output)| output);
}

impl<T, F, Fut> Call<T> for super::Owned<F, Fut>
where
    F: FnMut(T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    #[inline]
    fn start(self: Pin<&mut Self>, item: T) {
        self.begin((), |f, _, _| f(item));
    }

    answer!(|((), output)| output);
}

impl<A, T, F, Fut> Call<(A, T)> for super::Owned2<F, Fut>
where
    F: FnMut(A, T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    #[inline]
    fn start(self: Pin<&mut Self>, (accumulated, item): (A, T)) {
        self.begin((), |f, _, _| f(accumulated, item));
    }

    answer!(|((), output)| output);
}

impl<'x, T, F, Fut> Call<T> for super::Ref<T, F, Fut>
where
    T: 'x,
    F: FnMut(&'x T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    #[inline]
    fn start(self: Pin<&mut Self>, item: T) {
        self.begin(item, |f, _, item| {
            // SAFETY: `begin` lets it be borrowed while the future lives, and nobody keeps it longer: the closure fits every
            // lifetime.
            f(unsafe { &*item })
        });
    }

    answer!(|answer| answer);
}

impl<'x, T, F, Fut> Call<T> for super::RefMut<T, F, Fut>
where
    T: 'x,
    F: FnMut(&'x mut T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    #[inline]
    fn start(self: Pin<&mut Self>, item: T) {
        self.begin(item, |f, _, item| {
            // SAFETY: as for `Ref`; and the call alone has it, until its future has ended.
            f(unsafe { &mut *item })
        });
    }

    answer!(|answer| answer);
}

impl<'x, T, U, F, Fut> Call<(T, U)> for super::Ref2<T, F, Fut, U>
where
    T: 'x,
    U: 'x,
    F: FnMut(&'x T, &'x U) -> Fut,
    Fut: Future,
{
    type Output = ((T, U), Fut::Output);

    #[inline]
    fn start(self: Pin<&mut Self>, pair: (T, U)) {
        self.begin(pair, |f, _, pair| {
            // SAFETY: as for `Ref`.
            let (left, right) = unsafe { &*pair };
            f(left, right)
        });
    }

    answer!(|answer| answer);
}

impl<'x, St, F, Fut> Call<()> for super::WithNullary<St, F, Fut>
where
    St: 'x,
    F: FnMut(&'x mut St) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    #[inline]
    fn start(self: Pin<&mut Self>, (): ()) {
        self.begin((), |f, state, _| {
            // SAFETY: as for `With`.
            f(unsafe { &mut *state })
        });
    }

    answer!(|((), output)| output);
}

impl<'x, St, T, F, Fut> Call<T> for super::With<St, F, Fut>
where
    St: 'x,
    F: FnMut(&'x mut St, T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    #[inline]
    fn start(self: Pin<&mut Self>, item: T) {
        self.begin((), |f, state, _| {
            // SAFETY: as for `Ref`; and one call ends before the next begins, so the state is lent to one at a time.
            f(unsafe { &mut *state }, item)
        });
    }

    answer!(|((), output)| output);
}

impl<'x, St, A, T, F, Fut> Call<(A, T)> for super::With2<St, F, Fut>
where
    St: 'x,
    F: FnMut(&'x mut St, A, T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    #[inline]
    fn start(self: Pin<&mut Self>, (accumulated, item): (A, T)) {
        self.begin((), |f, state, _| {
            // SAFETY: as for `With`.
            f(unsafe { &mut *state }, accumulated, item)
        });
    }

    answer!(|((), output)| output);
}

impl<'x, St, T, F, Fut> Call<T> for super::WithRef<St, T, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    #[inline]
    fn start(self: Pin<&mut Self>, item: T) {
        self.begin(item, |f, state, item| {
            // SAFETY: as for `With`.
            let state = unsafe { &mut *state };
            // SAFETY: as for `Ref`.
            f(state, unsafe { &*item })
        });
    }

    answer!(|answer| answer);
}

impl<'x, St, T, F, Fut> Call<T> for super::WithRefMut<St, T, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x mut T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    #[inline]
    fn start(self: Pin<&mut Self>, item: T) {
        self.begin(item, |f, state, item| {
            // SAFETY: as for `With`.
            let state = unsafe { &mut *state };
            // SAFETY: as for `RefMut`.
            f(state, unsafe { &mut *item })
        });
    }

    answer!(|answer| answer);
}

impl<'x, St, T, U, F, Fut> Call<(T, U)> for super::WithRef2<St, T, F, Fut, U>
where
    St: 'x,
    T: 'x,
    U: 'x,
    F: FnMut(&'x mut St, &'x T, &'x U) -> Fut,
    Fut: Future,
{
    type Output = ((T, U), Fut::Output);

    #[inline]
    fn start(self: Pin<&mut Self>, pair: (T, U)) {
        self.begin(pair, |f, state, pair| {
            // SAFETY: as for `With`.
            let state = unsafe { &mut *state };
            // SAFETY: as for `Ref`.
            let (left, right) = unsafe { &*pair };
            f(state, left, right)
        });
    }

    answer!(|answer| answer);
}
