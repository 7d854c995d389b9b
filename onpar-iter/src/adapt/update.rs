//! [`Update`]: every item, after a closure has changed it in its place.

use super::{Step, Verdict};

/// The rule of [`update`](crate::AsyncItertools::update).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let lines = [String::from("a"), String::from("b")].into_async_iter().update(async |line| line.push('\n'));
/// assert_eq!(pollster::block_on(lines.collect::<String>()), "a\nb\n");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Update;

impl<T> Step<(T, ())> for Update {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, ()): (T, ())) -> Verdict<T> {
        Verdict::Give(item)
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
