//! [`ErrInto`]: the errors of a stream of results, as those of another type.

use core::fmt;
use core::marker::PhantomData;

use super::{Step, Verdict};

/// The rule of [`err_into`](crate::AsyncTryIterator::err_into).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// let told = [Ok(1), Err("gone")].into_async_iter().err_into::<String>();
/// assert_eq!(pollster::block_on(told.collect::<Vec<_>>()), [Ok(1), Err(String::from("gone"))]);
/// ```
pub struct ErrInto<U>(PhantomData<fn() -> U>);

impl<U> ErrInto<U> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T, E: Into<U>, U> Step<Result<T, E>> for ErrInto<U> {
    type Output = Result<T, U>;

    #[inline]
    fn step(&mut self, item: Result<T, E>) -> Verdict<Result<T, U>> {
        Verdict::Give(item.map_err(E::into))
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}

impl<U> Clone for ErrInto<U> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<U> fmt::Debug for ErrInto<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ErrInto")
    }
}
