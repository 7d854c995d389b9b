//! [`TupleWindows`]: each few neighbours, as a tuple of clones.

use super::{Step, Verdict};

/// A tuple of two to six items of one type: what [`tuple_windows`](crate::AsyncItertools::tuple_windows) gives.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::WindowTuple;
///
/// assert_eq!(<(char, char, char)>::LENGTH, 3);
/// assert_eq!(('a', 'b', 'c').shifted('d'), ('b', 'c', 'd'));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of two to six items of one type",
    note = "for windows of other sizes write `.map_windows(async |window: &[_; 8]| ..)`"
)]
pub trait WindowTuple: Clone {
    /// The type of the items.
    type Item;

    /// How many there are.
    const LENGTH: usize;

    /// A window of nothing but this item.
    #[must_use]
    fn filled(item: Self::Item) -> Self;

    /// The window without its first item, and with another one at its end.
    #[must_use]
    fn shifted(self, item: Self::Item) -> Self;
}

macro_rules! windows {
    ($($length:literal: $($name:ident $Same:ident),+;)+) => {$(
        impl<T: Clone> WindowTuple for ($($Same,)+) {
            type Item = T;

            const LENGTH: usize = $length;

            fn filled(item: T) -> Self {
                ($({ let $name = &item; $name.clone() },)+)
            }

            fn shifted(self, item: T) -> Self {
                windows!(@shift self item; $($name)+)
            }
        }
    )+};
    (@shift $window:ident $item:ident; $first:ident $($rest:ident)+) => {{
        let (_, $($rest,)+) = $window;
        ($($rest,)+ $item)
    }};
}

windows! {
    2: a T, b T;
    3: a T, b T, c T;
    4: a T, b T, c T, d T;
    5: a T, b T, c T, d T, e T;
    6: a T, b T, c T, d T, e T, f T;
}

/// The rule of [`tuple_windows`](crate::AsyncItertools::tuple_windows).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, sync};
///
/// let steps = [1, 4, 9].into_async_iter().tuple_windows().map(sync(|(a, b)| b - a));
/// assert_eq!(pollster::block_on(steps.collect::<Vec<i32>>()), [3, 5]);
/// ```
#[derive(Clone, Debug)]
pub struct TupleWindows<W> {
    window: Option<W>,
    /// How many items are missing in the first window.
    missing: usize,
}

impl<W: WindowTuple> TupleWindows<W> {
    pub(crate) const fn new() -> Self {
        Self { window: None, missing: W::LENGTH }
    }
}

impl<W: WindowTuple> Step<W::Item> for TupleWindows<W> {
    type Output = W;

    #[inline]
    fn step(&mut self, item: W::Item) -> Verdict<W> {
        let window = match self.window.take() {
            Some(window) => window.shifted(item),
            None => W::filled(item),
        };
        self.missing = self.missing.saturating_sub(1);
        if self.missing > 0 {
            self.window = Some(window);
            return Verdict::Skip;
        }
        self.window = Some(window.clone());
        Verdict::Give(window)
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        // The next item is the last of a window, if no other one is missing.
        let before = self.missing.saturating_sub(1);
        (lower.saturating_sub(before), upper.map(|upper| upper.saturating_sub(before)))
    }
}
