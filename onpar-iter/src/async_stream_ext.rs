//! [`AsyncStreamExt`]: what only streams can do, since only they take time.
//!
//! One list of the methods: each builds the stream whose file has the name of the method, and the example.

#[cfg(feature = "alloc")]
use core::num::NonZero;

use futures_core::Stream;

use crate::adapt::TakeUntil;
#[cfg(feature = "alloc")]
use crate::adapt::{Map, ReadyChunks};
use crate::call::{self, Call, Owned, With};
use crate::latest::{CombineLatestOf, SwitchMap, WithLatestFrom, combine_latest};
#[cfg(feature = "std")]
use crate::share::{Shared, SlowReaders};
#[cfg(feature = "alloc")]
use crate::together::{FlatMapConcurrent, FlattenConcurrent};
use crate::together::{MergeOf, RaceStreamsOf, merge, race_streams};

/// What only streams can do, for every [`Stream`]: wait for several at a time, and prefer the latest.
///
/// std's `Iterator` has no counterpart of these methods, since its items take no time. Those that it has are methods of
/// [`AsyncIterator`](crate::AsyncIterator), and those that take a clock of [`AsyncTimed`](crate::AsyncTimed).
///
/// * **Nothing is snoozed.** Each of these streams owns what it waits for, and polls whatever of that was woken, or drops it.
///   Between two polls it stands still as a whole, as every stream does: what is to go on while the items are worked on goes
///   into a [pipeline](crate::AsyncIterator::concurrent), or into a task with a channel.
/// * **Closures** are as those of [`AsyncIterator`](crate::AsyncIterator): `name_mut` takes one that changes what it captures,
///   `name_with` one that is lent a state.
///
/// # Cancel safety
///
/// Each type says what it drops when it is dropped. Not being polled loses nothing.
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
    fn merge<B>(self, other: B) -> MergeOf<(Self, B)>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
    {
        merge((self, other))
    }

    /// The items of this stream or of `other`: of the one that gives an item first. [`race_streams`] takes more than two.
    fn race<B>(self, other: B) -> RaceStreamsOf<(Self, B)>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
    {
        race_streams((self, other))
    }

    /// The items of the streams that this stream gives, of up to `limit` of them at a time, as they come. See
    /// [`FlattenConcurrent`].
    #[cfg(feature = "alloc")]
    fn flatten_concurrent(self, limit: NonZero<usize>) -> FlattenConcurrent<Self, Self::Item>
    where
        Self: Sized,
        Self::Item: Stream, // of collections: flat_map_concurrent(limit, sync(IntoAsyncIterator::into_async_iter))
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
        U: Stream,                                                 // of a collection: `into_async_iter()`
        F: AsyncFnMut(Self::Item) -> U + FnMut(Self::Item) -> Fut, // or flat_map_concurrent_mut, flat_map_concurrent_with; a plain closure? sync(..)
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
        U: Stream, // of a collection: `into_async_iter()`
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
        U: Stream, // of a collection: `into_async_iter()`
        F: AsyncFnMut(&mut St, Self::Item) -> U + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = U>,
    {
        FlattenConcurrent::new(Map::new(self, call::with(state, f)), limit)
    }

    /// The items of the stream that `f` gave for the latest item; the one before is dropped at once. See [`SwitchMap`].
    fn switch_map<U, F, Fut>(self, f: F) -> SwitchMap<Self, Owned<F, Fut>, U>
    where
        Self: Sized,
        U: Stream,                                                 // of a collection: `into_async_iter()`
        F: AsyncFnMut(Self::Item) -> U + FnMut(Self::Item) -> Fut, // or switch_map_mut, switch_map_with; a plain closure? sync(..)
        Fut: Future<Output = U>,
    {
        SwitchMap::new(self, call::owned(f))
    }

    /// [`switch_map`](Self::switch_map), with a closure that changes what it captures.
    fn switch_map_mut<'x, U, F>(self, f: F) -> SwitchMap<Self, impl Call<Self::Item, Output = U>, U>
    where
        Self: Sized,
        Self::Item: 'x,
        U: Stream, // of a collection: `into_async_iter()`
        F: AsyncFnMut(Self::Item) -> U + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        SwitchMap::new(self, call)
    }

    /// [`switch_map`](Self::switch_map), with a closure that is lent a state.
    fn switch_map_with<'x, St, U, F, Fut>(self, state: St, f: F) -> SwitchMap<Self, With<St, F, Fut>, U>
    where
        Self: Sized,
        St: 'x,
        U: Stream, // of a collection: `into_async_iter()`
        F: AsyncFnMut(&mut St, Self::Item) -> U + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = U>,
    {
        SwitchMap::new(self, call::with(state, f))
    }

    /// The latest items of this stream and of `other`, whenever one of them has a new one. [`combine_latest`] takes more than
    /// two.
    fn combine_latest<B>(self, other: B) -> CombineLatestOf<(Self, B)>
    where
        Self: Stream<Item: Clone> + Sized, // of items without `Clone`: map them into an `Arc` first
        B: Stream<Item: Clone>, // of items or an iterator: `into_async_iter()`; without `Clone`: map them into an `Arc` first
    {
        combine_latest((self, other))
    }

    /// Every item of this stream, beside the latest one of `other`. See [`WithLatestFrom`].
    fn with_latest_from<B>(self, other: B) -> WithLatestFrom<Self, B, B::Item>
    where
        Self: Sized,
        B: Stream<Item: Clone>, // of items or an iterator: `into_async_iter()`; without `Clone`: map them into an `Arc` first
    {
        WithLatestFrom::new(self, other)
    }

    /// The stream, shared by many readers, each of which gets a clone of every item. See [`Shared`], and the
    /// [module](crate::share).
    ///
    /// Up to `capacity` items are kept for readers that have not read them; what happens then, `slow_readers` says:
    /// [`Wait`](crate::share::Wait) or [`DropOldest`](crate::share::DropOldest).
    #[cfg(feature = "std")]
    fn share<P: SlowReaders>(self, capacity: NonZero<usize>, slow_readers: P) -> Shared<Self, Self::Item, P>
    where
        Self: Stream<Item: Clone> + Sized, // of items without `Clone`: map them into an `Arc` first
    {
        Shared::new(self, capacity, slow_readers)
    }

    /// The items until a future has ended. See [`TakeUntil`].
    fn take_until<F>(self, until: F) -> TakeUntil<Self, F>
    where
        Self: Sized,
        F: Future, // of a time: take_for, take_until_deadline, with a clock
    {
        TakeUntil::new(self, until)
    }

    /// All items that are there, up to so many, at once. See [`ReadyChunks`].
    #[cfg(feature = "alloc")]
    fn ready_chunks(self, most: NonZero<usize>) -> ReadyChunks<Self>
    where
        Self: Sized,
    {
        ReadyChunks::new(self, most)
    }
}

impl<S: Stream + ?Sized> AsyncStreamExt for S {}
