//! [`Coalesce`]: neighbours that a closure joins, as one.

use super::Adjoin;

/// The rule of [`coalesce`](crate::AsyncItertools::coalesce).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// // Ranges that touch become one.
/// let ranges = [0..2, 2..5, 7..8].into_async_iter().coalesce(async |a, b| {
///     if a.end == b.start { Ok(a.start..b.end) } else { Err((a, b)) }
/// });
/// assert_eq!(pollster::block_on(ranges.collect::<Vec<_>>()), [0..5, 7..8]);
/// ```
#[derive(Clone, Debug)]
pub struct Coalesce<T> {
    held: Option<T>,
}

impl<T> Coalesce<T> {
    pub(crate) const fn new() -> Self {
        Self { held: None }
    }
}

impl<T> Adjoin<T> for Coalesce<T> {
    type Args = (T, T);
    type Given = Result<T, (T, T)>;
    type Output = T;

    #[inline]
    fn take(&mut self, item: T) -> Option<(T, T)> {
        let Some(held) = self.held.take() else {
            self.held = Some(item);
            return None;
        };
        Some((held, item))
    }

    #[inline]
    fn give(&mut self, joined: Result<T, (T, T)>) -> Option<T> {
        let (held, given) = match joined {
            Ok(joined) => (joined, None),
            Err((first, second)) => (second, Some(first)),
        };
        self.held = Some(held);
        given
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.held.take()
    }

    fn is_empty(&self) -> bool {
        self.held.is_none()
    }
}
