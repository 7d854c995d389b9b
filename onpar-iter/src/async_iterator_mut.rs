//! [`AsyncIteratorMut`]: the methods that take a closure, for closures that change what they capture.
//!
//! The closure stands in the call's state, and is lent to each call as one: a future that holds its changes borrows it there.
//! That future has no name, so these methods say `impl Call` where those of [`AsyncIterator`](crate::AsyncIterator) name all.

use core::cmp::Ordering;

use futures_core::Stream;

use crate::Try;
use crate::adapt::{Filter, FilterMap, FlatMap, Flatten, Inspect, Map, MapWhile, Scan, SkipWhile, Steps, TakeWhile};
use crate::call::{self, Call};
use crate::consume::{
    Accumulate, All, Any, Find, FindMap, Fold, ForEach, IsSorted, IsSortedBy, MaxBy, MaxByKey, MinBy, MinByKey,
    Partition, Position, Reduce, Run, TryFold, TryForEach,
};

/// Every method of [`AsyncIterator`](crate::AsyncIterator) that takes a closure, for closures that *change* what they
/// capture, or *own* it (`async move`): `name_mut`.
///
/// The difference has no counterpart in std: such a closure lends what it holds to its future, and Rust has no way yet to
/// name that future. The streams and futures of these methods are `Send`, and can be spawned; but made *within* a future that
/// has to be `Send`, most are refused ("implementation of `AsyncFnMut` is not general enough", "higher-ranked lifetime error",
/// "one type is more general than the other"). There, pass what changes as a state to the same method of
/// [`AsyncIteratorWith`](crate::AsyncIteratorWith).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncIteratorMut, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut log = vec![];
/// let mut last = 0;
/// let steps = [1, 4, 9].into_async_iter().map_mut(async |n| n - std::mem::replace(&mut last, n));
/// steps.for_each_mut(async |step| log.push(step)).await;
/// assert_eq!(log, [1, 3, 5]);
/// # });
/// ```
#[expect(clippy::wrong_self_convention, reason = "std has these names, and takes `self` in them as well")]
pub trait AsyncIteratorMut: Stream {
    /// [`map`](crate::AsyncIterator::map), with a closure that changes what it captures.
    fn map_mut<'x, R, F>(self, f: F) -> Map<Self, impl Call<Self::Item, Output = R>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> R + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Map::new(self, call)
    }

    /// [`filter`](crate::AsyncIterator::filter), with a closure that changes what it captures.
    fn filter_mut<'x, F>(self, f: F) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, bool)>>, Filter>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Steps::new(Map::new(self, call), Filter)
    }

    /// [`filter_map`](crate::AsyncIterator::filter_map), with a closure that changes what it captures.
    fn filter_map_mut<'x, R, F>(self, f: F) -> Steps<Map<Self, impl Call<Self::Item, Output = Option<R>>>, FilterMap>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> Option<R> + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Steps::new(Map::new(self, call), FilterMap)
    }

    /// [`inspect`](crate::AsyncIterator::inspect), with a closure that changes what it captures.
    fn inspect_mut<'x, F>(self, f: F) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, ())>>, Inspect>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> () + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Steps::new(Map::new(self, call), Inspect)
    }

    /// [`skip_while`](crate::AsyncIterator::skip_while), with a closure that changes what it captures.
    fn skip_while_mut<'x, F>(self, f: F) -> SkipWhile<Self, impl Call<Self::Item, Output = (Self::Item, bool)>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        SkipWhile::new(self, call)
    }

    /// [`take_while`](crate::AsyncIterator::take_while), with a closure that changes what it captures.
    fn take_while_mut<'x, F>(
        self,
        f: F,
    ) -> Steps<Map<Self, impl Call<Self::Item, Output = (Self::Item, bool)>>, TakeWhile>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Steps::new(Map::new(self, call), TakeWhile::new())
    }

    /// [`map_while`](crate::AsyncIterator::map_while), with a closure that changes what it captures.
    fn map_while_mut<'x, R, F>(self, f: F) -> Steps<Map<Self, impl Call<Self::Item, Output = Option<R>>>, MapWhile>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> Option<R> + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Steps::new(Map::new(self, call), MapWhile::new())
    }

    /// [`scan`](crate::AsyncIterator::scan), with a closure that changes what it captures.
    fn scan_mut<'x, St, R, F>(
        self,
        state: St,
        f: F,
    ) -> Steps<Map<Self, impl Call<Self::Item, Output = Option<R>>>, Scan>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> Option<R> + 'x,
    {
        let call = call::with((state, f), |(state, f): &'x mut (St, F), item: Self::Item| f(state, item));
        Steps::new(Map::new(self, call), Scan::new())
    }

    /// [`flat_map`](crate::AsyncIterator::flat_map), with a closure that changes what it captures.
    fn flat_map_mut<'x, U, F>(self, f: F) -> FlatMap<Self, impl Call<Self::Item, Output = U>, U>
    where
        Self: Sized,
        Self::Item: 'x,
        U: Stream,
        F: AsyncFnMut(Self::Item) -> U + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Flatten::new(Map::new(self, call))
    }

    /// [`for_each`](crate::AsyncIterator::for_each), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn for_each_mut<'x, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = ()>>, ForEach>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> () + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), ForEach)
    }

    /// [`try_for_each`](crate::AsyncIterator::try_for_each), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn try_for_each_mut<'x, R, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = R>>, TryForEach<R>>
    where
        Self: Sized,
        Self::Item: 'x,
        R: Try<Output = ()>,
        F: AsyncFnMut(Self::Item) -> R + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), TryForEach::new())
    }

    /// [`all`](crate::AsyncIterator::all), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn all_mut<'x, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = bool>>, All>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> bool + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), All::new())
    }

    /// [`any`](crate::AsyncIterator::any), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn any_mut<'x, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = bool>>, Any>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> bool + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), Any::new())
    }

    /// [`find`](crate::AsyncIterator::find), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn find_mut<'x, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, bool)>>, Find<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), Find::new())
    }

    /// [`find_map`](crate::AsyncIterator::find_map), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn find_map_mut<'x, R, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = Option<R>>>, FindMap<R>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> Option<R> + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), FindMap::new())
    }

    /// [`position`](crate::AsyncIterator::position), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn position_mut<'x, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = bool>>, Position>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item) -> bool + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), Position::new())
    }

    /// [`partition`](crate::AsyncIterator::partition), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn partition_mut<'x, C, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, bool)>>, Partition<C>>
    where
        Self: Sized,
        Self::Item: 'x,
        C: Default + Extend<Self::Item>,
        F: AsyncFnMut(&Self::Item) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), Partition::default())
    }

    /// [`fold`](crate::AsyncIterator::fold), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn fold_mut<'x, A, F>(self, start: A, f: F) -> Accumulate<Self, impl Call<(A, Self::Item), Output = A>, Fold<A>>
    where
        Self: Sized,
        Self::Item: 'x,
        A: 'x,
        F: AsyncFnMut(A, Self::Item) -> A + 'x,
    {
        let call = call::with2(f, |f: &'x mut F, so_far: A, item: Self::Item| f(so_far, item));
        Accumulate::new(self, call, Fold::new(start))
    }

    /// [`try_fold`](crate::AsyncIterator::try_fold), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn try_fold_mut<'x, A, R, F>(
        self,
        start: A,
        f: F,
    ) -> Accumulate<Self, impl Call<(A, Self::Item), Output = R>, TryFold<A, R>>
    where
        Self: Sized,
        Self::Item: 'x,
        A: 'x,
        R: Try<Output = A>,
        F: AsyncFnMut(A, Self::Item) -> R + 'x,
        R: 'x,
    {
        let call = call::with2(f, |f: &'x mut F, so_far: A, item: Self::Item| f(so_far, item));
        Accumulate::new(self, call, TryFold::new(start))
    }

    /// [`reduce`](crate::AsyncIterator::reduce), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn reduce_mut<'x, F>(
        self,
        f: F,
    ) -> Accumulate<Self, impl Call<(Self::Item, Self::Item), Output = Self::Item>, Reduce<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(Self::Item, Self::Item) -> Self::Item + 'x,
    {
        let call = call::with2(f, |f: &'x mut F, so_far: Self::Item, item: Self::Item| f(so_far, item));
        Accumulate::new(self, call, Reduce::new())
    }

    /// [`max_by`](crate::AsyncIterator::max_by), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn max_by_mut<'x, F>(
        self,
        f: F,
    ) -> Accumulate<
        Self,
        impl Call<(Self::Item, Self::Item), Output = ((Self::Item, Self::Item), Ordering)>,
        MaxBy<Self::Item>,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> Ordering + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x Self::Item| f(left, right));
        Accumulate::new(self, call, MaxBy::new())
    }

    /// [`max_by_key`](crate::AsyncIterator::max_by_key), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn max_by_key_mut<'x, K, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, MaxByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), MaxByKey::new())
    }

    /// [`min_by`](crate::AsyncIterator::min_by), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn min_by_mut<'x, F>(
        self,
        f: F,
    ) -> Accumulate<
        Self,
        impl Call<(Self::Item, Self::Item), Output = ((Self::Item, Self::Item), Ordering)>,
        MinBy<Self::Item>,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> Ordering + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x Self::Item| f(left, right));
        Accumulate::new(self, call, MinBy::new())
    }

    /// [`min_by_key`](crate::AsyncIterator::min_by_key), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn min_by_key_mut<'x, K, F>(
        self,
        f: F,
    ) -> Run<Map<Self, impl Call<Self::Item, Output = (Self::Item, K)>>, MinByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Item| f(item));
        Run::new(Map::new(self, call), MinByKey::new())
    }

    /// [`is_sorted_by`](crate::AsyncIterator::is_sorted_by), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn is_sorted_by_mut<'x, F>(
        self,
        f: F,
    ) -> Accumulate<
        Self,
        impl Call<(Self::Item, Self::Item), Output = ((Self::Item, Self::Item), bool)>,
        IsSortedBy<Self::Item>,
    >
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + 'x,
    {
        let call = call::with_ref2(f, |f: &'x mut F, left: &'x Self::Item, right: &'x Self::Item| f(left, right));
        Accumulate::new(self, call, IsSortedBy::new())
    }

    /// [`is_sorted_by_key`](crate::AsyncIterator::is_sorted_by_key), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_mut`: the items taken so far are lost with it.
    fn is_sorted_by_key_mut<'x, K, F>(self, f: F) -> Run<Map<Self, impl Call<Self::Item, Output = K>>, IsSorted<K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: PartialOrd,
        F: AsyncFnMut(Self::Item) -> K + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Item| f(item));
        Run::new(Map::new(self, call), IsSorted::new())
    }
}

impl<S: Stream + ?Sized> AsyncIteratorMut for S {}
