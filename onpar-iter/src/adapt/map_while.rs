//! [`MapWhile`]: what a closure makes of the items, as long as it makes anything.

use super::{Step, Verdict};

/// The rule of [`map_while`](crate::AsyncIterator::map_while). Once it has ended the stream, it asks for no item any more.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let numbers = ["1", "2", "three", "4"].into_async_iter().map_while(async |text| text.parse().ok());
/// assert_eq!(pollster::block_on(numbers.collect::<Vec<u32>>()), [1, 2]);
/// ```
#[derive(Clone, Debug)]
pub struct MapWhile {
    ended: bool,
}

impl MapWhile {
    pub(crate) const fn new() -> Self {
        Self { ended: false }
    }
}

impl<T> Step<Option<T>> for MapWhile {
    type Output = T;

    #[inline]
    fn step(&mut self, item: Option<T>) -> Verdict<T> {
        if let Some(item) = item {
            return Verdict::Give(item);
        }
        self.ended = true;
        Verdict::End
    }

    #[inline]
    fn is_over(&self) -> bool {
        self.ended
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
