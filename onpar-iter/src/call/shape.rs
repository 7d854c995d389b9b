//! What a closure takes, as a type: the shapes of [`Calling`](super::Calling).
//!
//! A shape that lends has two bounds on its closure, at the method that takes it: one for every lifetime, which makes the
//! loan sound (a closure that fits any lifetime cannot keep the reference), and `FnMut(&'x T) -> Fut`, which names the
//! future. The impls here need the second alone. So `new` is private to the crate: only those methods make a `Calling`.
//!
//! ```
//! use onpar_iter::call::shape::{
//!     Lent, Nullary, Owned, Owned2, Ref, Ref2, RefMut, With, With2, WithLent, WithNullary, WithRef, WithRef2, WithRefMut,
//! };
//!
//! // They are names, and hold nothing.
//! assert_eq!(size_of::<(Lent, Nullary, Owned, Owned2, Ref, Ref2, RefMut)>(), 0);
//! assert_eq!(size_of::<(With, With2, WithLent, WithNullary, WithRef, WithRef2, WithRefMut)>(), 0);
//! ```
#![expect(unsafe_code, reason = "the loans to the closures")]

use core::pin::Pin;
use core::task::{Context, Poll};

use super::Call;
#[cfg(feature = "alloc")]
use super::Loan;

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

/// `(&item)`, of an item that stands elsewhere. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct Lent;

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

/// `(&mut state, &item)`, of an item that stands elsewhere. Gives what the closure gave.
#[derive(Clone, Copy, Debug)]
pub struct WithLent;

/// What every impl consists of: what is lent for these arguments, how the closure is called, and what the answer is, of what
/// was lent and what the closure gave.
macro_rules! calls {
    ($args:tt as $type:ty, $lent:expr, $call:expr, |$ended:pat_param| $answer:expr) => {
        #[inline]
        fn call(self: Pin<&mut Self>, $args: $type, cx: &mut Context<'_>) -> Poll<Self::Output> {
            self.begin_and_advance($lent, $call, cx).map(|$ended| $answer)
        }

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

    calls!(() as (), (), |f, _, _| f(), |((), output)| output);
}

impl<T, F, Fut> Call<T> for super::Owned<F, Fut>
where
    F: FnMut(T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    calls!(item as T, (), |f, _, _| f(item), |((), output)| output);
}

impl<A, T, F, Fut> Call<(A, T)> for super::Owned2<F, Fut>
where
    F: FnMut(A, T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    calls!((accumulated, item) as (A, T), (), |f, _, _| f(accumulated, item), |((), output)| output);
}

impl<'x, T, F, Fut> Call<T> for super::Ref<T, F, Fut>
where
    T: 'x,
    F: FnMut(&'x T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    calls!(
        item as T,
        item,
        |f, _, item| {
            // SAFETY: `begin` lets it be borrowed while the future lives, and nobody keeps it longer: the closure fits every
            // lifetime.
            f(unsafe { &*item })
        },
        |answer| answer
    );
}

impl<'x, T, F, Fut> Call<T> for super::RefMut<T, F, Fut>
where
    T: 'x,
    F: FnMut(&'x mut T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    calls!(
        item as T,
        item,
        |f, _, item| {
            // SAFETY: as for `Ref`; and the call alone has it, until its future has ended.
            f(unsafe { &mut *item })
        },
        |answer| answer
    );
}

impl<'x, T, U, F, Fut> Call<(T, U)> for super::Ref2<T, F, Fut, U>
where
    T: 'x,
    U: 'x,
    F: FnMut(&'x T, &'x U) -> Fut,
    Fut: Future,
{
    type Output = ((T, U), Fut::Output);

    calls!(
        pair as (T, U),
        pair,
        |f, _, pair| {
            // SAFETY: as for `Ref`.
            let (left, right) = unsafe { &*pair };
            f(left, right)
        },
        |answer| answer
    );
}

impl<'x, St, F, Fut> Call<()> for super::WithNullary<St, F, Fut>
where
    St: 'x,
    F: FnMut(&'x mut St) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    calls!(
        () as (),
        (),
        |f, state, _| {
            // SAFETY: as for `With`.
            f(unsafe { &mut *state })
        },
        |((), output)| output
    );
}

impl<'x, St, T, F, Fut> Call<T> for super::With<St, F, Fut>
where
    St: 'x,
    F: FnMut(&'x mut St, T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    calls!(
        item as T,
        (),
        |f, state, _| {
            // SAFETY: as for `Ref`; and one call ends before the next begins, so the state is lent to one at a time.
            f(unsafe { &mut *state }, item)
        },
        |((), output)| output
    );
}

impl<'x, St, A, T, F, Fut> Call<(A, T)> for super::With2<St, F, Fut>
where
    St: 'x,
    F: FnMut(&'x mut St, A, T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    calls!(
        (accumulated, item) as (A, T),
        (),
        |f, state, _| {
            // SAFETY: as for `With`.
            f(unsafe { &mut *state }, accumulated, item)
        },
        |((), output)| output
    );
}

impl<'x, St, T, F, Fut> Call<T> for super::WithRef<St, T, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    calls!(
        item as T,
        item,
        |f, state, item| {
            // SAFETY: as for `With`.
            let state = unsafe { &mut *state };
            // SAFETY: as for `Ref`.
            f(state, unsafe { &*item })
        },
        |answer| answer
    );
}

impl<'x, St, T, F, Fut> Call<T> for super::WithRefMut<St, T, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x mut T) -> Fut,
    Fut: Future,
{
    type Output = (T, Fut::Output);

    calls!(
        item as T,
        item,
        |f, state, item| {
            // SAFETY: as for `With`.
            let state = unsafe { &mut *state };
            // SAFETY: as for `RefMut`.
            f(state, unsafe { &mut *item })
        },
        |answer| answer
    );
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

    calls!(
        pair as (T, U),
        pair,
        |f, state, pair| {
            // SAFETY: as for `With`.
            let state = unsafe { &mut *state };
            // SAFETY: as for `Ref`.
            let (left, right) = unsafe { &*pair };
            f(state, left, right)
        },
        |answer| answer
    );
}

#[cfg(feature = "alloc")]
impl<'x, St, T, F, Fut> Call<Loan<T>> for super::WithLent<St, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x T) -> Fut,
    Fut: Future,
{
    type Output = Fut::Output;

    calls!(
        item as Loan<T>,
        (),
        |f, state, _| {
            // SAFETY: as for `With`.
            let state = unsafe { &mut *state };
            // SAFETY: this is the call that takes the loan, and nobody keeps the item longer: the closure fits every lifetime.
            f(state, unsafe { item.get() })
        },
        |((), output)| output
    );
}
