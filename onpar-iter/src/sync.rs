//! [`sync`] and its kin: closures that are not async, where async ones are asked for.
//!
//! One for each shape of arguments, since a closure's type has to be inferred with its references: each gives a closure
//! that meets both bounds of the methods. What it gives is ready at once, so the compiler sees through it.

use core::future::{Ready, ready};

/// A plain closure, as an async one that takes an item by value.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, sync};
///
/// let doubled = [1, 2].into_async_iter().map(sync(|n| n * 2));
/// assert_eq!(pollster::block_on(doubled.collect::<Vec<_>>()), [2, 4]);
/// ```
pub fn sync<T, R>(mut f: impl FnMut(T) -> R) -> impl AsyncFnMut(T) -> R + FnMut(T) -> Ready<R> {
    move |item| ready(f(item))
}

/// A plain closure, as an async one that takes nothing: that of `intersperse_with`.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, sync0};
///
/// let mut dashes = 0;
/// let words = ["a", "b", "c"].map(String::from).into_async_iter();
/// let words = words.intersperse_with(sync0(|| { dashes += 1; "-".repeat(dashes) }));
/// assert_eq!(pollster::block_on(words.collect::<String>()), "a-b--c");
/// ```
pub fn sync0<R>(mut f: impl FnMut() -> R) -> impl AsyncFnMut() -> R + FnMut() -> Ready<R> {
    move || ready(f())
}

/// A plain closure, as an async one that takes two values: that of `fold` and its kin.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, sync2};
///
/// let sum = [1, 2].into_async_iter().fold(0, sync2(|sum, n| sum + n));
/// assert_eq!(pollster::block_on(sum), 3);
/// ```
pub fn sync2<A, T, R>(mut f: impl FnMut(A, T) -> R) -> impl AsyncFnMut(A, T) -> R + FnMut(A, T) -> Ready<R> {
    move |accumulated, item| ready(f(accumulated, item))
}

/// A plain closure, as an async one that takes an item by reference: that of `filter` and its kin.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, sync_ref};
///
/// let odd = [1, 2].into_async_iter().filter(sync_ref(|n| n % 2 == 1));
/// assert_eq!(pollster::block_on(odd.collect::<Vec<_>>()), [1]);
/// ```
pub fn sync_ref<T, R>(mut f: impl FnMut(&T) -> R) -> impl AsyncFnMut(&T) -> R + FnMut(&T) -> Ready<R> {
    move |item| ready(f(item))
}

/// A plain closure, as an async one that takes an item that it changes: that of `update`.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, sync_ref_mut};
///
/// let next = [1, 2].into_async_iter().update(sync_ref_mut(|n| *n += 1));
/// assert_eq!(pollster::block_on(next.collect::<Vec<_>>()), [2, 3]);
/// ```
pub fn sync_ref_mut<T, R>(mut f: impl FnMut(&mut T) -> R) -> impl AsyncFnMut(&mut T) -> R + FnMut(&mut T) -> Ready<R> {
    move |item| ready(f(item))
}

/// A plain closure, as an async one that takes two items by reference: that of `max_by` and its kin, and that of
/// `merge_join_by`, whose items need not be of one type.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, sync_ref2};
///
/// let max = [1.0, 2.0].into_async_iter().max_by(sync_ref2(f64::total_cmp));
/// assert_eq!(pollster::block_on(max), Some(2.0));
/// ```
pub fn sync_ref2<T, U, R>(mut f: impl FnMut(&T, &U) -> R) -> impl AsyncFnMut(&T, &U) -> R + FnMut(&T, &U) -> Ready<R> {
    move |left, right| ready(f(left, right))
}

/// A plain closure, as an async one that takes a state that it changes, and an item by value: that of `scan`.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, sync_mut};
///
/// let sums = [1, 2].into_async_iter().scan(0, sync_mut(|sum: &mut i32, n| {
///     *sum += n;
///     Some(*sum)
/// }));
/// assert_eq!(pollster::block_on(sums.collect::<Vec<_>>()), [1, 3]);
/// ```
pub fn sync_mut<St, T, R>(
    mut f: impl FnMut(&mut St, T) -> R,
) -> impl AsyncFnMut(&mut St, T) -> R + FnMut(&mut St, T) -> Ready<R> {
    move |state, item| ready(f(state, item))
}
