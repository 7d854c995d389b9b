//! [`AsyncStreamExt`]: what only streams can do, since only they take time.
//!
//! One list of the methods: each builds the stream whose file has the name of the method, and the example.

#[cfg(feature = "alloc")]
use core::num::NonZero;

use futures_core::Stream;

#[cfg(feature = "alloc")]
use crate::adapt::Map;
#[cfg(feature = "alloc")]
use crate::call::{self, Call, Owned, With};
#[cfg(feature = "alloc")]
use crate::together::{FlatMapConcurrent, FlattenConcurrent};
use crate::together::{Merge, RaceStreams, merge, race_streams};

/// What only streams can do, for every [`Stream`]: wait for several at a time.
///
/// std's `Iterator` has no counterpart of these methods, since its items take no time. Those that it has are methods of
/// [`AsyncIterator`](crate::AsyncIterator).
///
/// * **Nothing is snoozed.** Each of these streams owns what it waits for, and polls whatever of that was woken, or drops it.
///   Between two polls it stands still as a whole, as every stream does: what is to go on while the items are worked on goes
///   into a [pipeline](crate::AsyncIterator::concurrent), or into a task with a channel.
/// * **Closures** are as those of [`AsyncIterator`](crate::AsyncIterator): `name_mut` takes one that changes what it captures,
///   `name_with` one that is lent a state.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let clicks = ["click", "click"].into_async_iter();
/// let keys = ["enter"].into_async_iter();
/// assert_eq!(clicks.merge(keys).collect::<Vec<_>>().await, ["click", "enter", "click"]);
/// # });
/// ```
pub trait AsyncStreamExt: Stream {
    /// The items of this stream and of `other`, as they come. [`merge`] takes more than two.
    fn merge<B>(self, other: B) -> Merge<(Self, B)>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>,
    {
        merge((self, other))
    }

    /// The items of this stream or of `other`: of the one that gives an item first. [`race_streams`] takes more than two.
    fn race<B>(self, other: B) -> RaceStreams<(Self, B)>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>,
    {
        race_streams((self, other))
    }

    /// The items of the streams that this stream gives, of up to `limit` of them at a time, as they come. See
    /// [`FlattenConcurrent`].
    #[cfg(feature = "alloc")]
    fn flatten_concurrent(self, limit: NonZero<usize>) -> FlattenConcurrent<Self, Self::Item>
    where
        Self: Sized,
        Self::Item: Stream,
    {
        FlattenConcurrent::new(self, limit)
    }

    /// The items of the streams that `f` gives, of up to `limit` of them at a time, as they come. See [`FlattenConcurrent`].
    ///
    /// The closure is called for one item at a time, when there is room for its stream.
    #[cfg(feature = "alloc")]
    fn flat_map_concurrent<U, F, Fut>(self, limit: NonZero<usize>, f: F) -> FlatMapConcurrent<Self, Owned<F, Fut>, U>
    where
        Self: Sized,
        U: Stream,
        F: AsyncFnMut(Self::Item) -> U + FnMut(Self::Item) -> Fut,
        Fut: Future<Output = U>,
    {
        FlattenConcurrent::new(Map::new(self, call::owned(f)), limit)
    }

    /// [`flat_map_concurrent`](Self::flat_map_concurrent), with a closure that changes what it captures.
    #[cfg(feature = "alloc")]
    fn flat_map_concurrent_mut<'x, U, F>(
        self,
        limit: NonZero<usize>,
        f: F,
    ) -> FlatMapConcurrent<Self, impl Call<Self::Item, Output = U>, U>
    where
        Self: Sized,
        Self::Item: 'x,
        U: Stream,
        F: AsyncFnMut(Self::Item) -> U + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        FlattenConcurrent::new(Map::new(self, call), limit)
    }

    /// [`flat_map_concurrent`](Self::flat_map_concurrent), with a closure that is lent a state.
    #[cfg(feature = "alloc")]
    fn flat_map_concurrent_with<'x, St, U, F, Fut>(
        self,
        limit: NonZero<usize>,
        state: St,
        f: F,
    ) -> FlatMapConcurrent<Self, With<St, F, Fut>, U>
    where
        Self: Sized,
        St: 'x,
        U: Stream,
        F: AsyncFnMut(&mut St, Self::Item) -> U + FnMut(&'x mut St, Self::Item) -> Fut,
        Fut: Future<Output = U>,
    {
        FlattenConcurrent::new(Map::new(self, call::with(state, f)), limit)
    }
}

impl<S: Stream + ?Sized> AsyncStreamExt for S {}
