//! [`from_fn`]: what a closure gives, until it gives nothing.

use super::{RepeatWith, repeat};
use crate::adapt::{Map, MapWhile, Steps};
use crate::call::{self, Call, Nullary, WithNullary};

/// What `f` gives, one call at a time, until it gives nothing. It is not called again after that.
///
/// A closure that changes what it captures goes to [`from_fn_mut`]; or, with what it needs as a state, to [`from_fn_with`].
///
/// # Examples
///
/// ```
/// use std::sync::Mutex;
/// use onpar_iter::{AsyncIterator, from_fn};
///
/// # pollster::block_on(async {
/// let jobs = Mutex::new(vec!["c", "b", "a"]);
/// let jobs = from_fn(async || jobs.lock().unwrap().pop());
/// assert_eq!(jobs.collect::<String>().await, "abc");
/// # });
/// ```
pub const fn from_fn<T, F, Fut>(f: F) -> FromFn<Nullary<F, Fut>>
where
    F: AsyncFnMut() -> Option<T> + FnMut() -> Fut, // or from_fn_mut, from_fn_with; a plain closure? sync0(..)
    Fut: Future<Output = Option<T>>,
{
    Steps::new(Map::new(repeat(()), call::nullary(f)), MapWhile::new())
}

/// [`from_fn`], with a closure that changes what it captures.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, from_fn_mut};
///
/// # pollster::block_on(async {
/// let mut left = 3;
/// let down = from_fn_mut(async || { left -= 1; (left > 0).then_some(left) });
/// assert_eq!(down.collect::<Vec<_>>().await, [2, 1]);
/// # });
/// ```
pub fn from_fn_mut<'x, T, F>(f: F) -> FromFn<impl Call<(), Output = Option<T>>>
where
    F: AsyncFnMut() -> Option<T> + 'x,
{
    Steps::new(Map::new(repeat(()), call::with_nullary(f, |f: &'x mut F| f())), MapWhile::new())
}

/// [`from_fn`], with a closure that is lent a state.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, from_fn_with};
///
/// # pollster::block_on(async {
/// let down = from_fn_with(3, async |left| { *left -= 1; (*left > 0).then_some(*left) });
/// assert_eq!(down.collect::<Vec<_>>().await, [2, 1]);
/// # });
/// ```
pub const fn from_fn_with<'x, St, T, F, Fut>(state: St, f: F) -> FromFn<WithNullary<St, F, Fut>>
where
    St: 'x,
    F: AsyncFnMut(&mut St) -> Option<T> + FnMut(&'x mut St) -> Fut, // what it changes or owns goes into the state
    Fut: Future<Output = Option<T>>,
{
    Steps::new(Map::new(repeat(()), call::with_nullary(state, f)), MapWhile::new())
}

/// The stream of [`from_fn`].
///
/// # Examples
///
/// ```
/// use onpar_iter::call::Call;
/// use onpar_iter::source::FromFn;
///
/// fn nothing() -> FromFn<impl Call<(), Output = Option<u8>>> {
///     onpar_iter::from_fn(async || None)
/// }
/// # let _ = nothing();
/// ```
pub type FromFn<C> = Steps<RepeatWith<C>, MapWhile>;
