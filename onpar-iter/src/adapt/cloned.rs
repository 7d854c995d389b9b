//! [`Cloned`]: a clone of each item, of a stream of references.

use super::{Step, Verdict};

/// The rule of [`cloned`](crate::AsyncIterator::cloned).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let own = [1, 2].iter().into_async_iter().cloned();
/// assert_eq!(pollster::block_on(own.collect::<Vec<i32>>()), [1, 2]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Cloned;

impl<T: Clone> Step<&T> for Cloned {
    type Output = T;

    #[inline]
    fn step(&mut self, item: &T) -> Verdict<T> {
        Verdict::Give(item.clone())
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
