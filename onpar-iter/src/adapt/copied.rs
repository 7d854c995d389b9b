//! [`Copied`]: a copy of each item, of a stream of references.

use super::{Step, Verdict};

/// The rule of [`copied`](crate::AsyncIterator::copied).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let own = [1, 2].iter().into_async_iter().copied();
/// assert_eq!(pollster::block_on(own.collect::<Vec<i32>>()), [1, 2]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Copied;

impl<T: Copy> Step<&T> for Copied {
    type Output = T;

    #[inline]
    fn step(&mut self, item: &T) -> Verdict<T> {
        Verdict::Give(*item)
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
