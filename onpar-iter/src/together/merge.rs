//! [`merge`]: the items of several streams, as they come.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Streams;
use super::members::Members;

/// The items of several streams, as they come, in fair rotation. It ends when all of them have ended.
///
/// Each poll begins with the member after the one that gave the last item, so a member that has items all the time starves
/// nobody. The [module](super) says who is polled, and what is allocated: nothing for a tuple.
///
/// # Cancel safety
///
/// It keeps no item between two polls: not being polled loses nothing. Dropping it drops its members where they stand.
///
/// # Panics
///
/// A panic of a member passes on. It poisons nothing: polled again, the merge goes on with the next member, and polls that
/// one again in its turn.
///
/// # Examples
///
/// ```
/// use onpar_iter::together::merge;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let letters = "abc".chars().into_async_iter();
/// let digits = "12".chars().into_async_iter();
/// assert_eq!(merge((letters, digits)).collect::<String>().await, "a1b2c");
///
/// let same = ["ab", "c"].map(|text| text.chars().into_async_iter());
/// assert_eq!(merge(same).collect::<String>().await, "acb");
/// # });
/// ```
pub fn merge<M: Streams>(streams: M) -> MergeOf<M> {
    Merge { members: streams.into_members() }
}

/// [`merge`](merge()) for the streams of an iterator, which is run to its end at once.
///
/// # Examples
///
/// ```
/// use onpar_iter::together::merge_all;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let texts = ["ab", "cd", "e"];
/// let merged = merge_all(texts.iter().map(|text| text.chars().into_async_iter()));
/// assert_eq!(pollster::block_on(merged.collect::<String>()), "acebd");
/// ```
#[cfg(feature = "alloc")]
pub fn merge_all<I>(streams: I) -> MergeOf<Vec<I::Item>>
where
    I: IntoIterator<Item: Stream>,
{
    Merge { members: super::many::collect(streams) }
}

pin_project! {
    /// The stream of [`merge`] and [`merge_all`], and of [`AsyncStreamExt::merge`](crate::AsyncStreamExt::merge).
    ///
    /// # Cancel safety
    ///
    /// As [`merge`] says: not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::together::{MergeOf, merge};
    /// use onpar_iter::{IntoAsyncIterator, Iter};
    ///
    /// type Items = Iter<std::ops::Range<u8>>;
    ///
    /// let merged: MergeOf<(Items, Items)> = merge(((0..3).into_async_iter(), (7..9).into_async_iter()));
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct Merge<M> {
        // Not `M::Members`, by a trait: the compiler could not see whether it is `Send` then, where closures borrow.
        #[pin]
        members: M,
    }
}

/// The [`Merge`] of a tuple, an array or a `Vec` of streams, by its name.
///
/// # Examples
///
/// See [`Merge`]: a [`MergeOf`] two streams.
///
/// ```
/// use onpar_iter::Iter;
/// use onpar_iter::together::MergeOf;
///
/// type ManyItems = MergeOf<Vec<Iter<std::ops::Range<u8>>>>;
/// ```
pub type MergeOf<M> = Merge<<M as Streams>::Members>;

impl<M: Members> Stream for Merge<M> {
    type Item = M::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<M::Item>> {
        self.project().members.poll_in_turn(cx).map(|item| item.map(|(_, item)| item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let mut sum = (0_usize, Some(0_usize));
        self.members.hints(|(lower, upper)| {
            sum.0 = sum.0.saturating_add(lower);
            sum.1 = sum.1.zip(upper).and_then(|(sum, upper)| sum.checked_add(upper));
        });
        sum
    }
}

impl<M> fmt::Debug for Merge<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merge").finish_non_exhaustive()
    }
}
