//! [`WithPosition`]: whether each item is the first, the last, both, or neither.

use core::mem;

use super::{Hold, Verdict};

/// Where an item stands among those of its stream.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let rows = ["a", "b"].into_async_iter().with_position().map(async |(position, row)| {
///     if position.is_last { format!("{row}.") } else { format!("{row}, ") }
/// });
/// assert_eq!(pollster::block_on(rows.collect::<String>()), "a, b.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing else to say of a place in a row")]
pub struct Position {
    /// Whether there is none before it.
    pub is_first: bool,
    /// Whether there is none after it.
    pub is_last: bool,
}

/// The rule of [`with_position`](crate::AsyncItertools::with_position).
///
/// # Examples
///
/// See [`Position`], which [`WithPosition`] tells.
///
/// ```
/// use onpar_iter::adapt::Position;
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let one = ["a"].into_async_iter().with_position();
/// assert_eq!(pollster::block_on(one.collect::<Vec<_>>()), [(Position { is_first: true, is_last: true }, "a")]);
/// ```
#[derive(Clone, Debug)]
pub struct WithPosition<T> {
    held: Option<T>,
    /// Whether one has been given before what is held.
    begun: bool,
}

impl<T> WithPosition<T> {
    pub(crate) const fn new() -> Self {
        Self { held: None, begun: false }
    }
}

impl<T> Hold<T> for WithPosition<T> {
    type Output = (Position, T);

    #[inline]
    fn step(&mut self, item: T) -> Verdict<(Position, T)> {
        let Some(held) = self.held.replace(item) else { return Verdict::Skip };
        let is_first = !mem::replace(&mut self.begun, true);
        Verdict::Give((Position { is_first, is_last: false }, held))
    }

    #[inline]
    fn finish(&mut self) -> Option<(Position, T)> {
        Some((Position { is_first: !self.begun, is_last: true }, self.held.take()?))
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let held = usize::from(self.held.is_some());
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}
