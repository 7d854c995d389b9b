//! [`AsyncItertools`]: the methods of the crate `itertools` in daily use, for every stream.
//!
//! Beside them stand those of std's `Iterator` that are not stable yet. As in [`AsyncIterator`](crate::AsyncIterator), each
//! method builds the stream or the future whose file has its name, and the example. It has many lines because the list is
//! long, and would be no easier to read in parts.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::borrow::Borrow;
use core::cmp::Ordering;
#[cfg(feature = "alloc")]
use core::fmt::Display;
#[cfg(feature = "alloc")]
use core::future::{Ready, ready};
#[cfg(feature = "std")]
use core::hash::Hash;
#[cfg(feature = "alloc")]
use core::num::NonZero;

use either::Either;
use futures_core::Stream;

use crate::TryWith;
use crate::adapt::{
    Adjacent, ArrayChunks, Coalesce, Dedup, DedupBy, DedupByKey, DedupByWithCount, DedupWithCount, Holding, Interleave,
    InterleaveShortest, Intersperse, IntersperseWith, Map, MapWindows, MergeBy, MergeJoin, MergeJoinBy, Positions,
    Steps, TakeWhileInclusive, TupleWindows, Update, Window, WindowTuple, WithPosition, ZipLongest,
};
#[cfg(feature = "alloc")]
use crate::adapt::{
    ChunkBy, Chunks, KLargest, KLargestByKey, KMerge, KSmallest, KSmallestByKey, Sorted, SortedBy, SortedByKey, Tail,
};
#[cfg(feature = "std")]
use crate::adapt::{Duplicates, DuplicatesBy, Tee, Unique, UniqueBy, tee};
use crate::call::{self, Nullary, Owned, Owned2, Ref, Ref2, RefMut};
#[cfg(feature = "alloc")]
use crate::collect::Collect;
use crate::consume::{
    Accumulate, AllEqual, AllEqualValue, AtMostOne, CollectArray, Concat, Contains, ExactlyOne, FindPosition, MinMax,
    MinMaxByKey, PartitionMap, Run, TryFind, TryReduce,
};
#[cfg(feature = "std")]
use crate::consume::{AllUnique, Counts, IntoGroupMap, IntoGroupMapBy};
#[cfg(feature = "alloc")]
use crate::consume::{Join, MaxSet, MaxSetByKey, MinSet, MinSetByKey};

/// The methods of the crate `itertools` in daily use, for every [`Stream`]: the same name, the same meaning, and an async
/// closure where it takes a closure. Those that std has, but not on its stable channel, stand here too: `array_chunks`,
/// `intersperse`, `map_windows`, `try_find`, `try_reduce`.
///
/// What is said of closures, and of what takes `self`, at [`AsyncIterator`](crate::AsyncIterator) holds here as well; `name_mut`
/// and `name_with` are in [`AsyncItertoolsMut`](crate::AsyncItertoolsMut) and [`AsyncItertoolsWith`](crate::AsyncItertoolsWith).
///
/// * **What allocates** is behind the features `alloc` and `std`, and says so; nothing else does.
/// * **What must hold an item back** to know what to do with it says when it gives it. Where that is a matter of the next item,
///   a stream that waits for long keeps it for as long.
///
/// # Panics
///
/// A closure that panics poisons nothing: what it was given is dropped, and the panic passes on. Polled again, a stream goes
/// on with the next item.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let readings = [20, 20, 21, 21, 19].into_async_iter();
/// let levels = readings.dedup().map(async |degrees| format!("{degrees} C")).join(", ");
/// assert_eq!(levels.await, "20 C, 21 C, 19 C");
/// # });
/// ```
pub trait AsyncItertools: Stream {
    /// Of equal neighbours the first, when the next other item has come, or the end. See [`Dedup`].
    ///
    /// It has to hold the item to compare it with. [`dedup_by_key`](Self::dedup_by_key) gives each at once.
    fn dedup(self) -> Holding<Self, Dedup<Self::Item>>
    where
        Self: Sized,
        Self::Item: PartialEq,
    {
        Holding::new(self, Dedup::new())
    }

    /// Of neighbours that `f` calls equal, the first, when the next other item has come, or the end. See [`DedupBy`].
    fn dedup_by<'x, F, Fut>(self, f: F) -> Adjacent<Self, Ref2<Self::Item, F, Fut>, DedupBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + FnMut(&'x Self::Item, &'x Self::Item) -> Fut, // or dedup_by_mut, dedup_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = bool>,
    {
        Adjacent::new(self, call::by_ref2(f), DedupBy::new())
    }

    /// Of neighbours with equal keys the first, as soon as it comes. See [`DedupByKey`].
    fn dedup_by_key<'x, K, F, Fut>(self, f: F) -> Steps<Map<Self, Ref<Self::Item, F, Fut>>, DedupByKey<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: PartialEq,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or dedup_by_key_mut, dedup_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Steps::new(Map::new(self, call::by_ref(f)), DedupByKey::new())
    }

    /// Of equal neighbours the first, with how many there were. See [`DedupWithCount`].
    fn dedup_with_count(self) -> Holding<Self, DedupWithCount<Self::Item>>
    where
        Self: Sized,
        Self::Item: PartialEq,
    {
        Holding::new(self, DedupWithCount::new())
    }

    /// Of neighbours that `f` calls equal, the first, with how many there were. See [`DedupByWithCount`].
    fn dedup_by_with_count<'x, F, Fut>(
        self,
        f: F,
    ) -> Adjacent<Self, Ref2<Self::Item, F, Fut>, DedupByWithCount<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + FnMut(&'x Self::Item, &'x Self::Item) -> Fut, // or dedup_by_with_count_mut, dedup_by_with_count_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = bool>,
    {
        Adjacent::new(self, call::by_ref2(f), DedupByWithCount::new())
    }

    /// Neighbours that `f` joins (`Ok`), as one; those that it gives back (`Err`), as they are. See [`Coalesce`].
    fn coalesce<F, Fut>(self, f: F) -> Adjacent<Self, Owned2<F, Fut>, Coalesce<Self::Item>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item, Self::Item) -> Result<Self::Item, (Self::Item, Self::Item)>
            + FnMut(Self::Item, Self::Item) -> Fut, // or coalesce_mut, coalesce_with; a plain closure? sync2(..)
        Fut: Future<Output = Result<Self::Item, (Self::Item, Self::Item)>>,
    {
        Adjacent::new(self, call::owned2(f), Coalesce::new())
    }

    /// Neighbours for which `f` gives equal keys, in a `Vec` with their key. See [`ChunkBy`].
    ///
    /// A chunk is given when the first item of the next one has come, or the end.
    #[cfg(feature = "alloc")]
    fn chunk_by<'x, K, F, Fut>(self, f: F) -> Holding<Map<Self, Ref<Self::Item, F, Fut>>, ChunkBy<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: PartialEq,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or chunk_by_mut, chunk_by_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::by_ref(f)), ChunkBy::new())
    }

    /// Each two to six neighbours, as a tuple of clones. See [`TupleWindows`].
    ///
    /// The pattern of the tuple says how many: `.tuple_windows().map(async |(a, b)| ..)`.
    fn tuple_windows<W>(self) -> Steps<Self, TupleWindows<W>>
    where
        Self: Sized,
        W: WindowTuple<Item = Self::Item>,
    {
        Steps::new(self, TupleWindows::new())
    }

    /// What `f` gives for each `N` neighbours, which it is lent. See [`MapWindows`].
    ///
    /// The pattern of the array says how many: `async |[a, b]| ..`. None at all does not compile.
    fn map_windows<'x, R, F, Fut, const N: usize>(
        self,
        f: F,
    ) -> MapWindows<Self, Ref<[Self::Item; N], F, Fut>, Window<Self::Item, N>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&[Self::Item; N]) -> R + FnMut(&'x [Self::Item; N]) -> Fut, // or map_windows_mut, map_windows_with; a plain closure? sync_ref(..)
        Fut: Future<Output = R>,
    {
        MapWindows::new(self, call::by_ref(f))
    }

    /// `N` items at a time, in an array. See [`ArrayChunks`].
    ///
    /// What is left over is in [`remainder`](ArrayChunks::remainder). An array of no items does not compile.
    fn array_chunks<const N: usize>(self) -> ArrayChunks<Self, Window<Self::Item, N>>
    where
        Self: Sized,
    {
        ArrayChunks::new(self)
    }

    /// Up to `size` items at a time, in a `Vec`. See [`Chunks`].
    ///
    /// A size of zero does not compile: write `limit!(100)`, or `NonZero::new(n)` for a number known at run time only.
    #[cfg(feature = "alloc")]
    fn chunks(self, size: NonZero<usize>) -> Holding<Self, Chunks<Self::Item>>
    where
        Self: Sized,
    {
        Holding::new(self, Chunks::new(size))
    }

    /// The items up to the first that `f` says no to, and that one too. See [`TakeWhileInclusive`].
    fn take_while_inclusive<'x, F, Fut>(self, f: F) -> Steps<Map<Self, Ref<Self::Item, F, Fut>>, TakeWhileInclusive>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + FnMut(&'x Self::Item) -> Fut, // or take_while_inclusive_mut, take_while_inclusive_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::by_ref(f)), TakeWhileInclusive::new())
    }

    /// The last `count` items, when all have come. See [`Tail`].
    #[cfg(feature = "alloc")]
    fn tail(self, count: usize) -> Holding<Self, Tail<Self::Item>>
    where
        Self: Sized,
    {
        Holding::new(self, Tail::new(count))
    }

    /// Of equal items the first. See [`Unique`].
    #[cfg(feature = "std")]
    fn unique(self) -> Steps<Self, Unique<Self::Item>>
    where
        Self: Sized,
        Self::Item: Clone + Eq + Hash,
    {
        Steps::new(self, Unique::new())
    }

    /// Of items with equal keys the first. See [`UniqueBy`].
    #[cfg(feature = "std")]
    fn unique_by<'x, K, F, Fut>(self, f: F) -> Steps<Map<Self, Ref<Self::Item, F, Fut>>, UniqueBy<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or unique_by_mut, unique_by_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Steps::new(Map::new(self, call::by_ref(f)), UniqueBy::new())
    }

    /// Of equal items the second, and no further one. See [`Duplicates`].
    #[cfg(feature = "std")]
    fn duplicates(self) -> Steps<Self, Duplicates<Self::Item>>
    where
        Self: Sized,
        Self::Item: Clone + Eq + Hash,
    {
        Steps::new(self, Duplicates::new())
    }

    /// Of items with equal keys the second, and no further one. See [`DuplicatesBy`].
    #[cfg(feature = "std")]
    fn duplicates_by<'x, K, F, Fut>(self, f: F) -> Steps<Map<Self, Ref<Self::Item, F, Fut>>, DuplicatesBy<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or duplicates_by_mut, duplicates_by_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Steps::new(Map::new(self, call::by_ref(f)), DuplicatesBy::new())
    }

    /// The numbers of the items that `f` says yes to, from 0. See [`Positions`].
    fn positions<F, Fut>(self, f: F) -> Steps<Map<Self, Owned<F, Fut>>, Positions>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> bool + FnMut(Self::Item) -> Fut, // or positions_mut, positions_with; a plain closure? sync(..)
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::owned(f)), Positions::new())
    }

    /// Every item, after `f` has changed it in its place. See [`Update`].
    fn update<'x, F, Fut>(self, f: F) -> Steps<Map<Self, RefMut<Self::Item, F, Fut>>, Update>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&mut Self::Item) -> () + FnMut(&'x mut Self::Item) -> Fut, // or update_mut, update_with; a plain closure? sync_ref_mut(..)
        Fut: Future<Output = ()>,
    {
        Steps::new(Map::new(self, call::by_ref_mut(f)), Update)
    }

    /// Every item, and whether it is the first, the last, both, or neither. See [`WithPosition`].
    ///
    /// An item is given when the next one has come, or the end.
    fn with_position(self) -> Holding<Self, WithPosition<Self::Item>>
    where
        Self: Sized,
    {
        Holding::new(self, WithPosition::new())
    }

    /// The items, with a clone of `separator` between each two. See [`Intersperse`].
    fn intersperse(self, separator: Self::Item) -> Intersperse<Self, Self::Item>
    where
        Self: Sized,
        Self::Item: Clone,
    {
        Intersperse::new(self, separator)
    }

    /// The items, with what `f` gives between each two. See [`IntersperseWith`].
    fn intersperse_with<F, Fut>(self, f: F) -> IntersperseWith<Self, Self::Item, Nullary<F, Fut>>
    where
        Self: Sized,
        F: AsyncFnMut() -> Self::Item + FnMut() -> Fut, // or intersperse_with_mut, intersperse_with_with; a plain closure? sync0(..)
        Fut: Future<Output = Self::Item>,
    {
        IntersperseWith::new(self, call::nullary(f))
    }

    /// By turns an item of this stream and one of `other`, and then the rest. See [`Interleave`].
    fn interleave<B>(self, other: B) -> Interleave<Self, B>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
    {
        Interleave::new(self, other)
    }

    /// By turns an item of this stream and one of `other`, until one has no more. See [`InterleaveShortest`].
    fn interleave_shortest<B>(self, other: B) -> InterleaveShortest<Self, B>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
    {
        InterleaveShortest::new(self, other)
    }

    /// Pairs of items, of this stream and of `other`, and then the rest. See [`ZipLongest`].
    fn zip_longest<B>(self, other: B) -> ZipLongest<Self, B, Self::Item>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
    {
        ZipLongest::new(self, other)
    }

    /// The items of this stream and of `other` in one order: `f` says whether the first is given before the second.
    ///
    /// See [`MergeBy`]. For streams that are sorted so; to have each item as soon as it comes is another thing.
    fn merge_by<'x, B, F, Fut>(
        self,
        other: B,
        f: F,
    ) -> MergeJoin<Self, B, Self::Item, Self::Item, Ref2<Self::Item, F, Fut>, MergeBy>
    where
        Self: Sized,
        Self::Item: 'x,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + FnMut(&'x Self::Item, &'x Self::Item) -> Fut, // or merge_by_mut, merge_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = bool>,
    {
        MergeJoin::new(self, other, call::by_ref2(f), MergeBy)
    }

    /// The items of this stream and of `other`, both sorted, with what `f` calls equal as a pair. See [`MergeJoinBy`].
    fn merge_join_by<'x, B, F, Fut>(
        self,
        other: B,
        f: F,
    ) -> MergeJoin<Self, B, Self::Item, B::Item, Ref2<Self::Item, F, Fut, B::Item>, MergeJoinBy>
    where
        Self: Sized,
        Self::Item: 'x,
        B::Item: 'x,
        B: Stream, // of items or an iterator: `into_async_iter()`
        F: AsyncFnMut(&Self::Item, &B::Item) -> Ordering + FnMut(&'x Self::Item, &'x B::Item) -> Fut, // or merge_join_by_mut, merge_join_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = Ordering>,
    {
        MergeJoin::new(self, other, call::by_ref2(f), MergeJoinBy)
    }

    /// The items of all streams that this stream gives, each of them sorted, in one order. See [`KMerge`].
    #[cfg(feature = "alloc")]
    fn kmerge<T>(self) -> KMerge<Self, Self::Item, T, Ref2<T, fn(&T, &T) -> Ready<bool>, Ready<bool>>>
    where
        Self: Stream<Item: Stream<Item = T>> + Sized,
        T: PartialOrd,
    {
        KMerge::new(self, call::by_ref2(|left, right| ready(left < right)))
    }

    /// The same, in an order that `f` tells: whether the first item comes before the second. See [`KMerge`].
    #[cfg(feature = "alloc")]
    fn kmerge_by<'x, T, F, Fut>(self, f: F) -> KMerge<Self, Self::Item, T, Ref2<T, F, Fut>>
    where
        Self: Stream<Item: Stream<Item = T>> + Sized,
        T: 'x,
        F: AsyncFnMut(&T, &T) -> bool + FnMut(&'x T, &'x T) -> Fut, // or kmerge_by_mut, kmerge_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = bool>,
    {
        KMerge::new(self, call::by_ref2(f))
    }

    /// Two streams of all items, of which one may be up to `limit` ahead of the other. See [`Tee`].
    ///
    /// A limit of zero does not compile: write `limit!(16)`.
    #[cfg(feature = "std")]
    fn tee(self, limit: NonZero<usize>) -> (Tee<Self, Self::Item>, Tee<Self, Self::Item>)
    where
        Self: Sized,
        Self::Item: Clone,
    {
        tee::new(self, limit)
    }

    /// All items in order, when all have come. See [`Sorted`].
    #[cfg(feature = "alloc")]
    fn sorted(self) -> Holding<Self, Sorted<Self::Item>>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        Holding::new(self, Sorted::new())
    }

    /// All items in an order that `f` tells, when all have come. See [`SortedBy`].
    #[cfg(feature = "alloc")]
    fn sorted_by<'x, F, Fut>(self, f: F) -> SortedBy<Self, Self::Item, Ref2<Self::Item, F, Fut>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> Ordering + FnMut(&'x Self::Item, &'x Self::Item) -> Fut, // or sorted_by_mut, sorted_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = Ordering>,
    {
        SortedBy::new(self, call::by_ref2(f))
    }

    /// All items in the order of the keys that `f` gives, of which it is asked once for each item. See [`SortedByKey`].
    #[cfg(feature = "alloc")]
    fn sorted_by_key<'x, K, F, Fut>(
        self,
        f: F,
    ) -> Holding<Map<Self, Ref<Self::Item, F, Fut>>, SortedByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or sorted_by_key_mut, sorted_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::by_ref(f)), SortedByKey::new())
    }

    /// The `count` least items in order, when all have come. See [`KSmallest`].
    #[cfg(feature = "alloc")]
    fn k_smallest(self, count: usize) -> Holding<Self, KSmallest<Self::Item>>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        Holding::new(self, KSmallest::new(count))
    }

    /// The `count` items with the least keys in order, when all have come. See [`KSmallestByKey`].
    #[cfg(feature = "alloc")]
    fn k_smallest_by_key<'x, K, F, Fut>(
        self,
        count: usize,
        f: F,
    ) -> Holding<Map<Self, Ref<Self::Item, F, Fut>>, KSmallestByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or k_smallest_by_key_mut, k_smallest_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::by_ref(f)), KSmallestByKey::new(count))
    }

    /// The `count` greatest items in order, when all have come. See [`KLargest`].
    #[cfg(feature = "alloc")]
    fn k_largest(self, count: usize) -> Holding<Self, KLargest<Self::Item>>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        Holding::new(self, KLargest::new(count))
    }

    /// The `count` items with the greatest keys in order, when all have come. See [`KLargestByKey`].
    #[cfg(feature = "alloc")]
    fn k_largest_by_key<'x, K, F, Fut>(
        self,
        count: usize,
        f: F,
    ) -> Holding<Map<Self, Ref<Self::Item, F, Fut>>, KLargestByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or k_largest_by_key_mut, k_largest_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::by_ref(f)), KLargestByKey::new(count))
    }

    /// All items, in a `Vec`: `collect::<Vec<_>>()`.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    #[cfg(feature = "alloc")]
    fn collect_vec(self) -> Run<Self, Collect<Vec<Self::Item>, Vec<Self::Item>>>
    where
        Self: Sized,
    {
        let rule = Collect::new::<Self::Item>(self.size_hint());
        Run::new(self, rule)
    }

    /// All items, in an array, if there are just as many. See [`CollectArray`].
    ///
    /// `None` if there are more or fewer; of more, it asks for one.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn collect_array<const N: usize>(self) -> Run<Self, CollectArray<Self::Item, N>>
    where
        Self: Sized,
    {
        Run::new(self, CollectArray::new())
    }

    /// All collections, as one. See [`Concat`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn concat(self) -> Run<Self, Concat<Self::Item>>
    where
        Self: Sized,
        Self::Item: IntoIterator + Default + Extend<<Self::Item as IntoIterator>::Item>,
    {
        Run::new(self, Concat::new())
    }

    /// All items as one text, with `separator` between each two. See [`Join`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    #[cfg(feature = "alloc")]
    fn join(self, separator: &str) -> Run<Self, Join<'_>>
    where
        Self: Sized,
        Self::Item: Display,
    {
        Run::new(self, Join::new(separator))
    }

    /// Two collections: what `f` puts to the left, and what it puts to the right. See [`PartitionMap`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn partition_map<A, B, L, R, F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, PartitionMap<A, B>>
    where
        Self: Sized,
        A: Default + Extend<L>,
        B: Default + Extend<R>,
        F: AsyncFnMut(Self::Item) -> Either<L, R> + FnMut(Self::Item) -> Fut, // or partition_map_mut, partition_map_with; a plain closure? sync(..)
        Fut: Future<Output = Either<L, R>>,
    {
        Run::new(Map::new(self, call::owned(f)), PartitionMap::default())
    }

    /// The values of each key. See [`IntoGroupMap`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    #[cfg(feature = "std")]
    fn into_group_map<K, V>(self) -> Run<Self, IntoGroupMap<K, V>>
    where
        Self: Stream<Item = (K, V)> + Sized,
        K: Eq + Hash,
    {
        Run::new(self, IntoGroupMap::new())
    }

    /// The items of each key that `f` gives. See [`IntoGroupMapBy`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "std")]
    fn into_group_map_by<'x, K, F, Fut>(
        self,
        f: F,
    ) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, IntoGroupMapBy<K, Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or into_group_map_by_mut, into_group_map_by_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::by_ref(f)), IntoGroupMapBy::new())
    }

    /// How many there are of each item. See [`Counts`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    #[cfg(feature = "std")]
    fn counts(self) -> Run<Self, Counts<Self::Item>>
    where
        Self: Sized,
        Self::Item: Eq + Hash,
    {
        Run::new(self, Counts::new())
    }

    /// How many items there are of each key that `f` gives. See [`Counts`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "std")]
    fn counts_by<K, F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, Counts<K>>
    where
        Self: Sized,
        K: Eq + Hash,
        F: AsyncFnMut(Self::Item) -> K + FnMut(Self::Item) -> Fut, // or counts_by_mut, counts_by_with; a plain closure? sync(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::owned(f)), Counts::new())
    }

    /// The least and the greatest item at once. See [`MinMax`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn minmax(self) -> Run<Self, MinMax<Self::Item>>
    where
        Self: Sized,
        Self::Item: PartialOrd,
    {
        Run::new(self, MinMax::new())
    }

    /// The items with the least and the greatest key at once. See [`MinMaxByKey`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn minmax_by_key<'x, K, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, MinMaxByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: PartialOrd,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or minmax_by_key_mut, minmax_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::by_ref(f)), MinMaxByKey::new())
    }

    /// All greatest items. See [`MaxSet`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    #[cfg(feature = "alloc")]
    fn max_set(self) -> Run<Self, MaxSet<Self::Item>>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        Run::new(self, MaxSet::new())
    }

    /// All items with the greatest key. See [`MaxSetByKey`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "alloc")]
    fn max_set_by_key<'x, K, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, MaxSetByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or max_set_by_key_mut, max_set_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::by_ref(f)), MaxSetByKey::new())
    }

    /// All least items. See [`MinSet`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    #[cfg(feature = "alloc")]
    fn min_set(self) -> Run<Self, MinSet<Self::Item>>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        Run::new(self, MinSet::new())
    }

    /// All items with the least key. See [`MinSetByKey`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "alloc")]
    fn min_set_by_key<'x, K, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, MinSetByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or min_set_by_key_mut, min_set_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::by_ref(f)), MinSetByKey::new())
    }

    /// The only item, or an error that has the first two. See [`ExactlyOne`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn exactly_one(self) -> Run<Self, ExactlyOne<Self::Item>>
    where
        Self: Sized,
    {
        Run::new(self, ExactlyOne::new())
    }

    /// The only item, `None`, or an error that has the first two. See [`AtMostOne`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn at_most_one(self) -> Run<Self, AtMostOne<Self::Item>>
    where
        Self: Sized,
    {
        Run::new(self, AtMostOne::new())
    }

    /// Whether all items are equal; of none they are. See [`AllEqual`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn all_equal(self) -> Run<Self, AllEqual<Self::Item>>
    where
        Self: Sized,
        Self::Item: PartialEq,
    {
        Run::new(self, AllEqual::new())
    }

    /// What all items are equal to, or an error that has two that differ. See [`AllEqualValue`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn all_equal_value(self) -> Run<Self, AllEqualValue<Self::Item>>
    where
        Self: Sized,
        Self::Item: PartialEq,
    {
        Run::new(self, AllEqualValue::new())
    }

    /// Whether no two items are equal. See [`AllUnique`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    #[cfg(feature = "std")]
    fn all_unique(self) -> Run<Self, AllUnique<Self::Item>>
    where
        Self: Sized,
        Self::Item: Eq + Hash,
    {
        Run::new(self, AllUnique::new())
    }

    /// Whether any item equals `wanted`. See [`Contains`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn contains<Q>(self, wanted: &Q) -> Run<Self, Contains<'_, Q>>
    where
        Self: Sized,
        Self::Item: Borrow<Q>,
        Q: PartialEq + ?Sized,
    {
        Run::new(self, Contains::new(wanted))
    }

    /// The first item that `f` says yes to, with its number from 0. See [`FindPosition`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn find_position<'x, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, FindPosition<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + FnMut(&'x Self::Item) -> Fut, // or find_position_mut, find_position_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::by_ref(f)), FindPosition::new())
    }

    /// The first item that `f` says yes to, until it gives an error or a break. See [`TryFind`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_find<'x, R, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, TryFind<Self::Item, R>>
    where
        Self: Sized,
        Self::Item: 'x,
        R: TryWith<Option<Self::Item>, Output = bool>,
        F: AsyncFnMut(&Self::Item) -> R + FnMut(&'x Self::Item) -> Fut, // or try_find_mut, try_find_with; a plain closure? sync_ref(..)
        Fut: Future<Output = R>,
    {
        Run::new(Map::new(self, call::by_ref(f)), TryFind::new())
    }

    /// One item, made by `f` of all one after another, until it gives an error or a break. See [`TryReduce`].
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn try_reduce<R, F, Fut>(self, f: F) -> Accumulate<Self, Owned2<F, Fut>, TryReduce<Self::Item, R>>
    where
        Self: Sized,
        R: TryWith<Option<Self::Item>, Output = Self::Item>,
        F: AsyncFnMut(Self::Item, Self::Item) -> R + FnMut(Self::Item, Self::Item) -> Fut, // or try_reduce_mut, try_reduce_with; a plain closure? sync2(..)
        Fut: Future<Output = R>,
    {
        Accumulate::new(self, call::owned2(f), TryReduce::new())
    }
}

impl<S: Stream + ?Sized> AsyncItertools for S {}
