//! Calls of the closures that users pass: one at a time, each future in place.
//!
//! [`Call`] is what the adaptors know of a call. [`Calling`] is the one type that implements it: it holds the closure, what
//! the closure is lent, and the future that it gave. Its first parameter is a shape from [`shape`], which says what the
//! closure takes: an item by value, a reference to it, a state beside it. The aliases name the shapes that the methods use.
//!
//! Every parameter is plain, so that the compiler sees whether a call is `Send`: no projection of `AsyncFnMut` hides it.

mod at_once;
mod calling;
pub mod shape;
#[cfg(feature = "alloc")]
mod shared;

use core::pin::Pin;
use core::task::{Context, Poll};

pub use calling::Calling;
#[cfg(feature = "alloc")]
pub use shared::{Answer, Loan, Shared, SharedLent, SharedOwned, SharedRef};

/// A call of [`shape::Nullary`]: `async ||`.
pub type Nullary<F, Fut> = Calling<shape::Nullary, (), (), F, Fut>;
/// A call of [`shape::Owned`]: `async |item|`.
pub type Owned<F, Fut> = Calling<shape::Owned, (), (), F, Fut>;
/// A call of [`shape::Owned2`]: `async |accumulated, item|`.
pub type Owned2<F, Fut> = Calling<shape::Owned2, (), (), F, Fut>;
/// A call of [`shape::Ref`]: `async |item: &Item|`.
pub type Ref<T, F, Fut> = Calling<shape::Ref, (), T, F, Fut>;
/// A call of [`shape::Ref2`]: `async |left: &Item, right: &Item|`.
pub type Ref2<T, F, Fut, U = T> = Calling<shape::Ref2, (), (T, U), F, Fut>;
/// A call of [`shape::RefMut`]: `async |item: &mut Item|`.
pub type RefMut<T, F, Fut> = Calling<shape::RefMut, (), T, F, Fut>;
/// A call of [`shape::With`]: `async |state: &mut State, item|`.
pub type With<St, F, Fut> = Calling<shape::With, St, (), F, Fut>;
/// A call of [`shape::WithNullary`]: `async |state: &mut State|`.
pub type WithNullary<St, F, Fut> = Calling<shape::WithNullary, St, (), F, Fut>;
/// A call of [`shape::With2`]: `async |state: &mut State, accumulated, item|`.
pub type With2<St, F, Fut> = Calling<shape::With2, St, (), F, Fut>;
/// A call of [`shape::WithRef`]: `async |state: &mut State, item: &Item|`.
pub type WithRef<St, T, F, Fut> = Calling<shape::WithRef, St, T, F, Fut>;
/// A call of [`shape::WithRef2`]: `async |state: &mut State, left: &Item, right: &Item|`.
pub type WithRef2<St, T, F, Fut, U = T> = Calling<shape::WithRef2, St, (T, U), F, Fut>;
/// A call of [`shape::WithLent`]: `async |state: &mut State, item: &Item|`, of an item that stands elsewhere.
pub type WithLent<St, F, Fut> = Calling<shape::WithLent, St, (), F, Fut>;
/// A call of [`shape::WithRefMut`]: `async |state: &mut State, item: &mut Item|`.
pub type WithRefMut<St, T, F, Fut> = Calling<shape::WithRefMut, St, T, F, Fut>;

/// Something that is called with `Args`, one call at a time, and takes its time to answer.
///
/// The adaptors of this crate are written against it. Its only implementor is [`Calling`]; users meet it as a bound.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::Map;
/// use onpar_iter::call::Call;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// // What `map` gives, whatever the closure.
/// fn doubled<S: AsyncIterator<Item = u32>>(numbers: S) -> Map<S, impl Call<u32, Output = u32>> {
///     numbers.map(async |n| n * 2)
/// }
///
/// let doubled = doubled([1, 2].into_async_iter()).collect::<Vec<_>>();
/// assert_eq!(pollster::block_on(doubled), [2, 4]);
/// ```
pub trait Call<Args> {
    /// What the closure gives; beside what it was lent, if it was lent any.
    type Output;

    /// Begins a call, and polls it. One that was under way is dropped.
    ///
    /// Most calls have their answer at once, and the compiler sees through both together.
    fn call(self: Pin<&mut Self>, args: Args, cx: &mut Context<'_>) -> Poll<Self::Output>;

    /// Drives the call that is under way, and gives its output. `None` if there is none.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Output>>;

    /// Whether a call is under way.
    fn is_running(&self) -> bool;
}

/// A call of a closure. The method that makes it has checked that the closure fits *every* lifetime, and so cannot keep what
/// it is lent; therefore none of these functions is public.
pub(crate) const fn owned<F, Fut>(f: F) -> Owned<F, Fut> {
    Calling::new((), f)
}

/// As [`owned`].
pub(crate) const fn nullary<F, Fut>(f: F) -> Nullary<F, Fut> {
    Calling::new((), f)
}

/// As [`owned`].
pub(crate) const fn owned2<F, Fut>(f: F) -> Owned2<F, Fut> {
    Calling::new((), f)
}

/// As [`owned`].
pub(crate) const fn by_ref<T, F, Fut>(f: F) -> Ref<T, F, Fut> {
    Calling::new((), f)
}

/// As [`owned`].
pub(crate) const fn by_ref_mut<T, F, Fut>(f: F) -> RefMut<T, F, Fut> {
    Calling::new((), f)
}

/// As [`owned`].
pub(crate) const fn by_ref2<T, F, Fut, U>(f: F) -> Ref2<T, F, Fut, U> {
    Calling::new((), f)
}

/// As [`owned`].
pub(crate) const fn with<'x, St: 'x, T, F: FnMut(&'x mut St, T) -> Fut, Fut>(state: St, f: F) -> With<St, F, Fut> {
    Calling::new(state, f)
}

/// As [`owned`].
pub(crate) const fn with_nullary<'x, St: 'x, F: FnMut(&'x mut St) -> Fut, Fut>(
    state: St,
    f: F,
) -> WithNullary<St, F, Fut> {
    Calling::new(state, f)
}

/// As [`owned`].
pub(crate) const fn with2<'x, St, A, T, F, Fut>(state: St, f: F) -> With2<St, F, Fut>
where
    St: 'x,
    F: FnMut(&'x mut St, A, T) -> Fut,
{
    Calling::new(state, f)
}

/// As [`owned`].
pub(crate) const fn with_ref<'x, St, T, F, Fut>(state: St, f: F) -> WithRef<St, T, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x T) -> Fut,
{
    Calling::new(state, f)
}

/// As [`owned`].
pub(crate) const fn with_ref_mut<'x, St, T, F, Fut>(state: St, f: F) -> WithRefMut<St, T, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x mut T) -> Fut,
{
    Calling::new(state, f)
}

/// As [`owned`].
pub(crate) const fn with_ref2<'x, St, T, F, Fut, U>(state: St, f: F) -> WithRef2<St, T, F, Fut, U>
where
    St: 'x,
    T: 'x,
    U: 'x,
    F: FnMut(&'x mut St, &'x T, &'x U) -> Fut,
{
    Calling::new(state, f)
}

/// As [`owned`].
#[cfg(feature = "alloc")]
pub(crate) const fn with_lent<'x, St, T, F, Fut>(state: St, f: F) -> WithLent<St, F, Fut>
where
    St: 'x,
    T: 'x,
    F: FnMut(&'x mut St, &'x T) -> Fut,
{
    Calling::new(state, f)
}
