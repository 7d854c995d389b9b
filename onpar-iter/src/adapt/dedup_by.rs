//! [`DedupBy`]: of neighbours that a closure calls equal, the first.

use super::Adjoin;

/// The rule of [`dedup_by`](crate::AsyncItertools::dedup_by).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let steps = [1.0, 1.1, 3.0_f64].into_async_iter().dedup_by(async |a, b| (a - b).abs() < 0.5);
/// assert_eq!(pollster::block_on(steps.collect::<Vec<_>>()), [1.0, 3.0]);
/// ```
#[derive(Clone, Debug)]
pub struct DedupBy<T> {
    held: Option<T>,
}

impl<T> DedupBy<T> {
    pub(crate) const fn new() -> Self {
        Self { held: None }
    }
}

impl<T> Adjoin<T> for DedupBy<T> {
    type Args = (T, T);
    type Given = ((T, T), bool);
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
    fn give(&mut self, ((held, item), equal): ((T, T), bool)) -> Option<T> {
        let (held, given) = if equal { (held, None) } else { (item, Some(held)) };
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
