//! [`Inspect`]: every item, shown to a closure on its way.

use super::{Step, Verdict};

/// The rule of [`inspect`](crate::AsyncIterator::inspect).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let seen = std::sync::Mutex::new(vec![]);
/// let count = [1, 2].into_async_iter().inspect(async |n| seen.lock().unwrap().push(*n)).count();
/// assert_eq!(pollster::block_on(count), 2);
/// assert_eq!(*seen.lock().unwrap(), [1, 2]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Inspect;

impl<T> Step<(T, ())> for Inspect {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, ()): (T, ())) -> Verdict<T> {
        Verdict::Give(item)
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
