//! [`repeat_with`]: what a closure gives, again and again.

use super::{Repeat, repeat};
use crate::adapt::Map;
use crate::call::{self, Call, Nullary};

/// What `f` gives, without end, one call at a time.
///
/// A closure that changes what it captures goes to [`repeat_with_mut`]; one that is lent a state, and may end, to
/// [`from_fn_with`](super::from_fn_with).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, repeat_with};
///
/// async fn measure() -> u32 { 20 }
///
/// let readings = repeat_with(async || measure().await).take(2);
/// assert_eq!(pollster::block_on(readings.collect::<Vec<_>>()), [20, 20]);
/// ```
pub const fn repeat_with<R, F, Fut>(f: F) -> RepeatWith<Nullary<F, Fut>>
where
    F: AsyncFnMut() -> R + FnMut() -> Fut, // or repeat_with_mut, from_fn_with; a plain closure? sync0(..)
    Fut: Future<Output = R>,
{
    Map::new(repeat(()), call::nullary(f))
}

/// [`repeat_with`], with a closure that changes what it captures.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, repeat_with_mut};
///
/// let mut n = 1;
/// let powers = repeat_with_mut(async || { n *= 2; n }).take(3);
/// assert_eq!(pollster::block_on(powers.collect::<Vec<_>>()), [2, 4, 8]);
/// ```
pub fn repeat_with_mut<'x, R, F>(f: F) -> RepeatWith<impl Call<(), Output = R>>
where
    F: AsyncFnMut() -> R + 'x,
{
    Map::new(repeat(()), call::with_nullary(f, |f: &'x mut F| f()))
}

/// The stream of [`repeat_with`]: the closure is called for each of many nothings.
///
/// # Examples
///
/// ```
/// use onpar_iter::call::Call;
/// use onpar_iter::source::RepeatWith;
///
/// fn ones() -> RepeatWith<impl Call<(), Output = u8>> {
///     onpar_iter::repeat_with(async || 1)
/// }
/// # let _ = ones();
/// ```
pub type RepeatWith<C> = Map<Repeat<()>, C>;
