//! [`AsyncItertoolsWith`]: the methods of `itertools` that take a closure, for closures that are lent a state.
//!
//! They are to [`AsyncItertools`](crate::AsyncItertools) what [`AsyncIteratorWith`](crate::AsyncIteratorWith) is to
//! [`AsyncIterator`](crate::AsyncIterator), and made in the same way. It has many lines because that list is long.

use core::cmp::Ordering;
#[cfg(feature = "std")]
use core::hash::Hash;

use either::Either;
use futures_core::Stream;

use crate::TryWith;
use crate::adapt::{
    Adjacent, Coalesce, DedupBy, DedupByKey, DedupByWithCount, IntersperseWith, Map, MapWindows, MergeBy, MergeJoin,
    MergeJoinBy, Positions, Steps, TakeWhileInclusive, Update, Window,
};
#[cfg(feature = "alloc")]
use crate::adapt::{ChunkBy, Holding, KLargestByKey, KMerge, KSmallestByKey, SortedBy, SortedByKey};
#[cfg(feature = "std")]
use crate::adapt::{DuplicatesBy, UniqueBy};
use crate::call::{self, With, With2, WithNullary, WithRef, WithRef2, WithRefMut};
use crate::consume::{Accumulate, FindPosition, MinMaxByKey, PartitionMap, Run, TryFind, TryReduce};
#[cfg(feature = "std")]
use crate::consume::{Counts, IntoGroupMapBy};
#[cfg(feature = "alloc")]
use crate::consume::{MaxSetByKey, MinSetByKey};

/// Every method of [`AsyncItertools`](crate::AsyncItertools) that takes a closure, for closures that are lent a state:
/// `name_with`.
///
/// The state comes first. Lent by name, it leaves the future `Send`, also within a task that moves between threads. To keep it
/// afterwards, pass `&mut state`.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncItertoolsWith, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut numbers = 0;
/// let lines = ["a", "b"].map(String::from).into_async_iter();
/// let lines = lines.update_with(&mut numbers, async |number, line| {
///     **number += 1;
///     *line = format!("{number}: {line}");
/// });
/// assert_eq!(lines.collect::<Vec<_>>().await, ["1: a", "2: b"]);
/// # });
/// ```
pub trait AsyncItertoolsWith: Stream {
    /// [`dedup_by`](crate::AsyncItertools::dedup_by), with a closure that is lent a state.
    fn dedup_by_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Adjacent<Self, WithRef2<St, Self::Item, F, Fut>, DedupBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item, &Self::Item) -> bool
            + FnMut(&'x mut St, &'x Self::Item, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Adjacent::new(self, call::with_ref2(state, f), DedupBy::new())
    }

    /// [`dedup_by_key`](crate::AsyncItertools::dedup_by_key), with a closure that is lent a state.
    fn dedup_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<Map<Self, WithRef<St, Self::Item, F, Fut>>, DedupByKey<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: PartialEq,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Steps::new(Map::new(self, call::with_ref(state, f)), DedupByKey::new())
    }

    /// [`dedup_by_with_count`](crate::AsyncItertools::dedup_by_with_count), with a closure that is lent a state.
    fn dedup_by_with_count_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Adjacent<Self, WithRef2<St, Self::Item, F, Fut>, DedupByWithCount<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item, &Self::Item) -> bool
            + FnMut(&'x mut St, &'x Self::Item, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Adjacent::new(self, call::with_ref2(state, f), DedupByWithCount::new())
    }

    /// [`coalesce`](crate::AsyncItertools::coalesce), with a closure that is lent a state.
    fn coalesce_with<'x, St, F, Fut>(self, state: St, f: F) -> Adjacent<Self, With2<St, F, Fut>, Coalesce<Self::Item>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item, Self::Item) -> Result<Self::Item, (Self::Item, Self::Item)>
            + FnMut(&'x mut St, Self::Item, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Result<Self::Item, (Self::Item, Self::Item)>>,
    {
        Adjacent::new(self, call::with2(state, f), Coalesce::new())
    }

    /// [`chunk_by`](crate::AsyncItertools::chunk_by), with a closure that is lent a state.
    #[cfg(feature = "alloc")]
    fn chunk_by_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Holding<Map<Self, WithRef<St, Self::Item, F, Fut>>, ChunkBy<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: PartialEq,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::with_ref(state, f)), ChunkBy::new())
    }

    /// [`map_windows`](crate::AsyncItertools::map_windows), with a closure that is lent a state.
    fn map_windows_with<'x, St, R, F, Fut, const N: usize>(
        self,
        state: St,
        f: F,
    ) -> MapWindows<Self, WithRef<St, [Self::Item; N], F, Fut>, Window<Self::Item, N>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &[Self::Item; N]) -> R + FnMut(&'x mut St, &'x [Self::Item; N]) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        MapWindows::new(self, call::with_ref(state, f))
    }

    /// [`take_while_inclusive`](crate::AsyncItertools::take_while_inclusive), with a closure that is lent a state.
    fn take_while_inclusive_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<Map<Self, WithRef<St, Self::Item, F, Fut>>, TakeWhileInclusive>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item) -> bool + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::with_ref(state, f)), TakeWhileInclusive::new())
    }

    /// [`unique_by`](crate::AsyncItertools::unique_by), with a closure that is lent a state.
    #[cfg(feature = "std")]
    fn unique_by_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<Map<Self, WithRef<St, Self::Item, F, Fut>>, UniqueBy<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Steps::new(Map::new(self, call::with_ref(state, f)), UniqueBy::new())
    }

    /// [`duplicates_by`](crate::AsyncItertools::duplicates_by), with a closure that is lent a state.
    #[cfg(feature = "std")]
    fn duplicates_by_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<Map<Self, WithRef<St, Self::Item, F, Fut>>, DuplicatesBy<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Steps::new(Map::new(self, call::with_ref(state, f)), DuplicatesBy::new())
    }

    /// [`positions`](crate::AsyncItertools::positions), with a closure that is lent a state.
    fn positions_with<'x, St, F, Fut>(self, state: St, f: F) -> Steps<Map<Self, With<St, F, Fut>>, Positions>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> bool + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::with(state, f)), Positions::new())
    }

    /// [`update`](crate::AsyncItertools::update), with a closure that is lent a state.
    fn update_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<Map<Self, WithRefMut<St, Self::Item, F, Fut>>, Update>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &mut Self::Item) -> () + FnMut(&'x mut St, &'x mut Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = ()>,
    {
        Steps::new(Map::new(self, call::with_ref_mut(state, f)), Update)
    }

    /// [`intersperse_with`](crate::AsyncItertools::intersperse_with), with a closure that is lent a state.
    fn intersperse_with_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> IntersperseWith<Self, Self::Item, WithNullary<St, F, Fut>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St) -> Self::Item + FnMut(&'x mut St) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Self::Item>,
    {
        IntersperseWith::new(self, call::with_nullary(state, f))
    }

    /// [`merge_by`](crate::AsyncItertools::merge_by), with a closure that is lent a state.
    fn merge_by_with<'x, St, B, F, Fut>(
        self,
        state: St,
        other: B,
        f: F,
    ) -> MergeJoin<Self, B, Self::Item, Self::Item, WithRef2<St, Self::Item, F, Fut>, MergeBy>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
        F: AsyncFnMut(&mut St, &Self::Item, &Self::Item) -> bool
            + FnMut(&'x mut St, &'x Self::Item, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        MergeJoin::new(self, other, call::with_ref2(state, f), MergeBy)
    }

    /// [`merge_join_by`](crate::AsyncItertools::merge_join_by), with a closure that is lent a state.
    fn merge_join_by_with<'x, St, B, F, Fut>(
        self,
        state: St,
        other: B,
        f: F,
    ) -> MergeJoin<Self, B, Self::Item, B::Item, WithRef2<St, Self::Item, F, Fut, B::Item>, MergeJoinBy>
    where
        Self: Sized,
        Self::Item: 'x,
        B::Item: 'x,
        St: 'x,
        B: Stream, // of items or an iterator: `into_async_iter()`
        F: AsyncFnMut(&mut St, &Self::Item, &B::Item) -> Ordering
            + FnMut(&'x mut St, &'x Self::Item, &'x B::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Ordering>,
    {
        MergeJoin::new(self, other, call::with_ref2(state, f), MergeJoinBy)
    }

    /// [`kmerge_by`](crate::AsyncItertools::kmerge_by), with a closure that is lent a state.
    #[cfg(feature = "alloc")]
    fn kmerge_by_with<'x, St, T, F, Fut>(self, state: St, f: F) -> KMerge<Self, Self::Item, T, WithRef2<St, T, F, Fut>>
    where
        Self: Stream<Item: Stream<Item = T>> + Sized,
        T: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &T, &T) -> bool + FnMut(&'x mut St, &'x T, &'x T) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        KMerge::new(self, call::with_ref2(state, f))
    }

    /// [`sorted_by`](crate::AsyncItertools::sorted_by), with a closure that is lent a state.
    #[cfg(feature = "alloc")]
    fn sorted_by_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> SortedBy<Self, Self::Item, WithRef2<St, Self::Item, F, Fut>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item, &Self::Item) -> Ordering
            + FnMut(&'x mut St, &'x Self::Item, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Ordering>,
    {
        SortedBy::new(self, call::with_ref2(state, f))
    }

    /// [`sorted_by_key`](crate::AsyncItertools::sorted_by_key), with a closure that is lent a state.
    #[cfg(feature = "alloc")]
    fn sorted_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Holding<Map<Self, WithRef<St, Self::Item, F, Fut>>, SortedByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Ord,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::with_ref(state, f)), SortedByKey::new())
    }

    /// [`k_smallest_by_key`](crate::AsyncItertools::k_smallest_by_key), with a closure that is lent a state.
    #[cfg(feature = "alloc")]
    fn k_smallest_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        count: usize,
        f: F,
    ) -> Holding<Map<Self, WithRef<St, Self::Item, F, Fut>>, KSmallestByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Ord,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::with_ref(state, f)), KSmallestByKey::new(count))
    }

    /// [`k_largest_by_key`](crate::AsyncItertools::k_largest_by_key), with a closure that is lent a state.
    #[cfg(feature = "alloc")]
    fn k_largest_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        count: usize,
        f: F,
    ) -> Holding<Map<Self, WithRef<St, Self::Item, F, Fut>>, KLargestByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Ord,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Holding::new(Map::new(self, call::with_ref(state, f)), KLargestByKey::new(count))
    }

    /// [`partition_map`](crate::AsyncItertools::partition_map), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn partition_map_with<'x, St, A, B, L, R, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, With<St, F, Fut>>, PartitionMap<A, B>>
    where
        Self: Sized,
        St: 'x,
        A: Default + Extend<L>,
        B: Default + Extend<R>,
        F: AsyncFnMut(&mut St, Self::Item) -> Either<L, R> + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Either<L, R>>,
    {
        Run::new(Map::new(self, call::with(state, f)), PartitionMap::default())
    }

    /// [`into_group_map_by`](crate::AsyncItertools::into_group_map_by), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "std")]
    fn into_group_map_by_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, IntoGroupMapBy<K, Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), IntoGroupMapBy::new())
    }

    /// [`counts_by`](crate::AsyncItertools::counts_by), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "std")]
    fn counts_by_with<'x, St, K, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, Counts<K>>
    where
        Self: Sized,
        St: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&mut St, Self::Item) -> K + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with(state, f)), Counts::new())
    }

    /// [`minmax_by_key`](crate::AsyncItertools::minmax_by_key), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn minmax_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, MinMaxByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: PartialOrd,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), MinMaxByKey::new())
    }

    /// [`max_set_by_key`](crate::AsyncItertools::max_set_by_key), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "alloc")]
    fn max_set_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, MaxSetByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Ord,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), MaxSetByKey::new())
    }

    /// [`min_set_by_key`](crate::AsyncItertools::min_set_by_key), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "alloc")]
    fn min_set_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, MinSetByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Ord,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), MinSetByKey::new())
    }

    /// [`find_position`](crate::AsyncItertools::find_position), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn find_position_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, FindPosition<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item) -> bool + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), FindPosition::new())
    }

    /// [`try_find`](crate::AsyncItertools::try_find), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_find_with<'x, St, R, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, TryFind<Self::Item, R>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        R: TryWith<Option<Self::Item>, Output = bool>,
        F: AsyncFnMut(&mut St, &Self::Item) -> R + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), TryFind::new())
    }

    /// [`try_reduce`](crate::AsyncItertools::try_reduce), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn try_reduce_with<'x, St, R, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Accumulate<Self, With2<St, F, Fut>, TryReduce<Self::Item, R>>
    where
        Self: Sized,
        St: 'x,
        R: TryWith<Option<Self::Item>, Output = Self::Item>,
        F: AsyncFnMut(&mut St, Self::Item, Self::Item) -> R + FnMut(&'x mut St, Self::Item, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        Accumulate::new(self, call::with2(state, f), TryReduce::new())
    }
}

impl<S: Stream + ?Sized> AsyncItertoolsWith for S {}
