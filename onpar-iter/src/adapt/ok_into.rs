//! [`OkInto`]: the values of a stream of results, as those of another type.

use core::fmt;
use core::marker::PhantomData;

use super::{Step, Verdict};

/// The rule of [`ok_into`](crate::AsyncTryIterator::ok_into).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// let wide = [Ok(1_u8), Err("gone")].into_async_iter().ok_into::<u64>();
/// assert_eq!(pollster::block_on(wide.collect::<Vec<_>>()), [Ok(1_u64), Err("gone")]);
/// ```
pub struct OkInto<U>(PhantomData<fn() -> U>);

impl<U> OkInto<U> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Into<U>, E, U> Step<Result<T, E>> for OkInto<U> {
    type Output = Result<U, E>;

    #[inline]
    fn step(&mut self, item: Result<T, E>) -> Verdict<Result<U, E>> {
        Verdict::Give(item.map(T::into))
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}

impl<U> Clone for OkInto<U> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<U> fmt::Debug for OkInto<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OkInto")
    }
}
