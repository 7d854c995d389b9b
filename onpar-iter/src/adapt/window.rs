//! [`Window`]: up to so many items in an array, in their order.

/// Places for the items that [`ArrayChunks`](super::ArrayChunks) and [`MapWindows`](super::MapWindows) wait for.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::{ArrayChunks, Window};
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, Stream};
///
/// fn in_pairs<S: Stream<Item = u8>>(numbers: S) -> ArrayChunks<S, Window<u8, 2>> {
///     numbers.array_chunks()
/// }
///
/// assert_eq!(pollster::block_on(in_pairs([1, 2].into_async_iter()).collect::<Vec<_>>()), [[1, 2]]);
/// ```
#[derive(Clone, Debug)]
pub struct Window<T, const N: usize> {
    // Those that are there stand at its beginning.
    items: [Option<T>; N],
    length: usize,
}

impl<T, const N: usize> Window<T, N> {
    pub(super) const fn new() -> Self {
        const { some(N) };
        Self { items: [const { None }; N], length: 0 }
    }

    pub(super) const fn len(&self) -> usize {
        self.length
    }

    /// Adds an item, and gives all of them if that makes it full.
    #[inline]
    pub(super) fn push(&mut self, item: T) -> Option<[T; N]> {
        if let Some(place) = self.items.get_mut(self.length) {
            *place = Some(item);
            self.length += 1;
        }
        if self.length < N {
            return None;
        }
        self.length = 0;
        Some(self.items.each_mut().map(|item| match item.take() {
            Some(item) => item,
            None => unreachable!("each place has been filled since the last time"),
        }))
    }

    /// The items that are there.
    pub(super) fn take(&mut self) -> impl Iterator<Item = T> + use<T, N> {
        self.length = 0;
        core::mem::replace(&mut self.items, [const { None }; N]).into_iter().flatten()
    }
}

/// Refuses windows of no items, when they are compiled.
#[track_caller] // so that the error stands here, and not in the source of std
const fn some(items: usize) {
    let some = if items > 0 { Some(()) } else { None };
    some.expect("arrays of no items would come without end: ask for one item at least");
}
