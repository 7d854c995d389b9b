//! [`Enumerate`]: every item, with its number.

use super::{Step, Verdict};

/// The rule of [`enumerate`](crate::AsyncIterator::enumerate).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let numbered = "ab".chars().into_async_iter().enumerate();
/// assert_eq!(pollster::block_on(numbered.collect::<Vec<_>>()), [(0, 'a'), (1, 'b')]);
/// ```
#[derive(Clone, Debug)]
pub struct Enumerate {
    next: usize,
}

impl Enumerate {
    pub(crate) const fn new() -> Self {
        Self { next: 0 }
    }
}

impl<T> Step<T> for Enumerate {
    type Output = (usize, T);

    #[inline]
    fn step(&mut self, item: T) -> Verdict<(usize, T)> {
        let number = self.next;
        self.next += 1;
        Verdict::Give((number, item))
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
