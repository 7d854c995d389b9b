//! [`AsyncItertoolsMut`]: the methods of `itertools` that take a closure, for closures that change what they capture.
//!
//! They are to [`AsyncItertools`](crate::AsyncItertools) what [`AsyncIteratorMut`](crate::AsyncIteratorMut) is to
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
use crate::call::{self, Call};
use crate::consume::{Accumulate, FindPosition, MinMaxByKey, PartitionMap, Run, TryFind, TryReduce};
#[cfg(feature = "std")]
use crate::consume::{Counts, IntoGroupMapBy};
#[cfg(feature = "alloc")]
use crate::consume::{MaxSetByKey, MinSetByKey};

/// Every method of [`AsyncItertools`](crate::AsyncItertools) that takes a closure, for closures that *change* what they
/// capture, or *own* it (`async move`): `name_mut`.
///
/// What [`AsyncIteratorMut`](crate::AsyncIteratorMut) says of them holds here as well: made within a future that has to be
/// `Send`, most are refused. There, pass what changes as a state to the same method of
/// [`AsyncItertoolsWith`](crate::AsyncItertoolsWith).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncItertoolsMut, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut asked = 0;
/// let steps = [1, 2, 9].into_async_iter().dedup_by_mut(async |a, b| {
///     asked += 1;
///     b - a < 2
/// });
/// assert_eq!(steps.collect::<Vec<_>>().await, [1, 9]);
/// assert_eq!(asked, 2);
/// # });
/// ```
pub trait AsyncItertoolsMut: Stream {
    /// [`dedup_by`](crate::AsyncItertools::dedup_by), with a closure that changes what it captures.
    fn dedup_by_mut<'x, F>(
        self,
        f: F,
    ) -> Adjacent<
        Self,
        impl Call<(Self::Item, Self::Item), Output = ((Self::Item, Self::Item), bool)>,
        DedupBy<Self::Item>,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x Self::Item| f(left, right));
        Adjacent::new(self, call, DedupBy::new())
    }

    /// [`dedup_by_key`](crate::AsyncItertools::dedup_by_key), with a closure that changes what it captures.
    fn dedup_by_key_mut<'x, K, F>(
        self,
        f: F,
    ) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, DedupByKey<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: PartialEq,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Steps::new(Map::new(self, call), DedupByKey::new())
    }

    /// [`dedup_by_with_count`](crate::AsyncItertools::dedup_by_with_count), with a closure that changes what it captures.
    fn dedup_by_with_count_mut<'x, F>(
        self,
        f: F,
    ) -> Adjacent<
        Self,
        impl Call<(Self::Item, Self::Item), Output = ((Self::Item, Self::Item), bool)>,
        DedupByWithCount<Self::Item>,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x Self::Item| f(left, right));
        Adjacent::new(self, call, DedupByWithCount::new())
    }

    /// [`coalesce`](crate::AsyncItertools::coalesce), with a closure that changes what it captures.
    fn coalesce_mut<'x, F>(
        self,
        f: F,
    ) -> Adjacent<
        Self,
        impl Call<(Self::Item, Self::Item), Output = Result<Self::Item, (Self::Item, Self::Item)>>,
        Coalesce<Self::Item>,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item, Self::Item) -> Result<Self::Item, (Self::Item, Self::Item)> + 'x,
    {
        let call = call::with2(f, |f: &'x mut F, left: Self::Item, right: Self::Item| f(left, right));
        Adjacent::new(self, call, Coalesce::new())
    }

    /// [`chunk_by`](crate::AsyncItertools::chunk_by), with a closure that changes what it captures.
    #[cfg(feature = "alloc")]
    fn chunk_by_mut<'x, K, F>(
        self,
        f: F,
    ) -> Holding<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, ChunkBy<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: PartialEq,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Holding::new(Map::new(self, call), ChunkBy::new())
    }

    /// [`map_windows`](crate::AsyncItertools::map_windows), with a closure that changes what it captures.
    fn map_windows_mut<'x, R, F, const N: usize>(
        self,
        f: F,
    ) -> MapWindows<Self, impl Call<[Self::Item; N], Output = ([Self::Item; N], R)>, Window<Self::Item, N>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&[Self::Item; N]) -> R + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x [Self::Item; N]| f(item));
        MapWindows::new(self, call)
    }

    /// [`take_while_inclusive`](crate::AsyncItertools::take_while_inclusive), with a closure that changes what it captures.
    fn take_while_inclusive_mut<'x, F>(
        self,
        f: F,
    ) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, bool)>>, TakeWhileInclusive>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Steps::new(Map::new(self, call), TakeWhileInclusive::new())
    }

    /// [`unique_by`](crate::AsyncItertools::unique_by), with a closure that changes what it captures.
    #[cfg(feature = "std")]
    fn unique_by_mut<'x, K, F>(
        self,
        f: F,
    ) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, UniqueBy<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Steps::new(Map::new(self, call), UniqueBy::new())
    }

    /// [`duplicates_by`](crate::AsyncItertools::duplicates_by), with a closure that changes what it captures.
    #[cfg(feature = "std")]
    fn duplicates_by_mut<'x, K, F>(
        self,
        f: F,
    ) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, DuplicatesBy<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Steps::new(Map::new(self, call), DuplicatesBy::new())
    }

    /// [`positions`](crate::AsyncItertools::positions), with a closure that changes what it captures.
    fn positions_mut<'x, F>(self, f: F) -> Steps<Map<Self, impl Call<Self::Item, Output = bool>>, Positions>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> bool + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Steps::new(Map::new(self, call), Positions::new())
    }

    /// [`update`](crate::AsyncItertools::update), with a closure that changes what it captures.
    fn update_mut<'x, F>(self, f: F) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, ())>>, Update>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&mut Self::Item) -> () + 'x,
    {
        let call = call::with_ref_mut(f, |f: &'x mut F, item: &'x mut Self::Item| f(item));
        Steps::new(Map::new(self, call), Update)
    }

    /// [`intersperse_with`](crate::AsyncItertools::intersperse_with), with a closure that changes what it captures.
    fn intersperse_with_mut<'x, F>(self, f: F) -> IntersperseWith<Self, Self::Item, impl Call<(), Output = Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut() -> Self::Item + 'x,
    {
        let call = call::with_nullary(f, |f: &'x mut F| f());
        IntersperseWith::new(self, call)
    }

    /// [`merge_by`](crate::AsyncItertools::merge_by), with a closure that changes what it captures.
    fn merge_by_mut<'x, B, F>(
        self,
        other: B,
        f: F,
    ) -> MergeJoin<
        Self,
        B,
        Self::Item,
        Self::Item,
        impl Call<(Self::Item, Self::Item), Output = ((Self::Item, Self::Item), bool)>,
        MergeBy,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x Self::Item| f(left, right));
        MergeJoin::new(self, other, call, MergeBy)
    }

    /// [`merge_join_by`](crate::AsyncItertools::merge_join_by), with a closure that changes what it captures.
    fn merge_join_by_mut<'x, B, F>(
        self,
        other: B,
        f: F,
    ) -> MergeJoin<
        Self,
        B,
        Self::Item,
        B::Item,
        impl Call<(Self::Item, B::Item), Output = ((Self::Item, B::Item), Ordering)>,
        MergeJoinBy,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        B::Item: 'x,
        B: Stream, // of items or an iterator: `into_async_iter()`
        F: AsyncFnMut(&Self::Item, &B::Item) -> Ordering + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x B::Item| f(left, right));
        MergeJoin::new(self, other, call, MergeJoinBy)
    }

    /// [`kmerge_by`](crate::AsyncItertools::kmerge_by), with a closure that changes what it captures.
    #[cfg(feature = "alloc")]
    fn kmerge_by_mut<'x, T, F>(self, f: F) -> KMerge<Self, Self::Item, T, impl Call<(T, T), Output = ((T, T), bool)>>
    where
        Self: Stream<Item: Stream<Item = T>> + Sized,
        T: 'x,
        F: AsyncFnMut(&T, &T) -> bool + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x T, right: &'x T| f(left, right));
        KMerge::new(self, call)
    }

    /// [`sorted_by`](crate::AsyncItertools::sorted_by), with a closure that changes what it captures.
    #[cfg(feature = "alloc")]
    fn sorted_by_mut<'x, F>(
        self,
        f: F,
    ) -> SortedBy<Self, Self::Item, impl Call<(Self::Item, Self::Item), Output = ((Self::Item, Self::Item), Ordering)>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> Ordering + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x Self::Item| f(left, right));
        SortedBy::new(self, call)
    }

    /// [`sorted_by_key`](crate::AsyncItertools::sorted_by_key), with a closure that changes what it captures.
    #[cfg(feature = "alloc")]
    fn sorted_by_key_mut<'x, K, F>(
        self,
        f: F,
    ) -> Holding<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, SortedByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Holding::new(Map::new(self, call), SortedByKey::new())
    }

    /// [`k_smallest_by_key`](crate::AsyncItertools::k_smallest_by_key), with a closure that changes what it captures.
    #[cfg(feature = "alloc")]
    fn k_smallest_by_key_mut<'x, K, F>(
        self,
        count: usize,
        f: F,
    ) -> Holding<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, KSmallestByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Holding::new(Map::new(self, call), KSmallestByKey::new(count))
    }

    /// [`k_largest_by_key`](crate::AsyncItertools::k_largest_by_key), with a closure that changes what it captures.
    #[cfg(feature = "alloc")]
    fn k_largest_by_key_mut<'x, K, F>(
        self,
        count: usize,
        f: F,
    ) -> Holding<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, KLargestByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Holding::new(Map::new(self, call), KLargestByKey::new(count))
    }

    /// [`partition_map`](crate::AsyncItertools::partition_map), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn partition_map_mut<'x, A, B, L, R, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = Either<L, R>>>, PartitionMap<A, B>>
    where
        Self: Sized,
        Self::Item: 'x,
        A: Default + Extend<L>,
        B: Default + Extend<R>,
        F: AsyncFnMut(Self::Item) -> Either<L, R> + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), PartitionMap::default())
    }

    /// [`into_group_map_by`](crate::AsyncItertools::into_group_map_by), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "std")]
    fn into_group_map_by_mut<'x, K, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, IntoGroupMapBy<K, Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), IntoGroupMapBy::new())
    }

    /// [`counts_by`](crate::AsyncItertools::counts_by), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "std")]
    fn counts_by_mut<'x, K, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = K>>, Counts<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Eq + Hash,
        F: AsyncFnMut(Self::Item) -> K + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), Counts::new())
    }

    /// [`minmax_by_key`](crate::AsyncItertools::minmax_by_key), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn minmax_by_key_mut<'x, K, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, MinMaxByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: PartialOrd,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), MinMaxByKey::new())
    }

    /// [`max_set_by_key`](crate::AsyncItertools::max_set_by_key), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "alloc")]
    fn max_set_by_key_mut<'x, K, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, MaxSetByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), MaxSetByKey::new())
    }

    /// [`min_set_by_key`](crate::AsyncItertools::min_set_by_key), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    #[cfg(feature = "alloc")]
    fn min_set_by_key_mut<'x, K, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, MinSetByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), MinSetByKey::new())
    }

    /// [`find_position`](crate::AsyncItertools::find_position), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn find_position_mut<'x, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, bool)>>, FindPosition<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), FindPosition::new())
    }

    /// [`try_find`](crate::AsyncItertools::try_find), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_find_mut<'x, R, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, R)>>, TryFind<Self::Item, R>>
    where
        Self: Sized,
        Self::Item: 'x,
        R: TryWith<Option<Self::Item>, Output = bool>,
        F: AsyncFnMut(&Self::Item) -> R + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), TryFind::new())
    }

    /// [`try_reduce`](crate::AsyncItertools::try_reduce), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn try_reduce_mut<'x, R, F>(
        self,
        f: F,
    ) -> Accumulate<Self, impl Call<(Self::Item, Self::Item), Output = R>, TryReduce<Self::Item, R>>
    where
        Self: Sized,
        Self::Item: 'x,
        R: TryWith<Option<Self::Item>, Output = Self::Item>,
        F: AsyncFnMut(Self::Item, Self::Item) -> R + 'x,
    {
        let call = call::with2(f, |f: &'x mut F, left: Self::Item, right: Self::Item| f(left, right));
        Accumulate::new(self, call, TryReduce::new())
    }
}

impl<S: Stream + ?Sized> AsyncItertoolsMut for S {}
