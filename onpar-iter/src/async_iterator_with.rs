//! [`AsyncIteratorWith`]: the methods that take a closure, for closures that are lent a state.

use core::cmp::Ordering;

use futures_core::Stream;

use crate::Try;
use crate::adapt::{Filter, FilterMap, FlatMap, Flatten, Inspect, Map, MapWhile, SkipWhile, Steps, TakeWhile};
use crate::call::{self, With, With2, WithRef, WithRef2};
use crate::consume::{
    Accumulate, All, Any, Find, FindMap, Fold, ForEach, IsSorted, IsSortedBy, MaxBy, MaxByKey, MinBy, MinByKey,
    Partition, Position, Reduce, Run, TryFold, TryForEach,
};

/// Every method of [`AsyncIterator`](crate::AsyncIterator) that takes a closure, for closures that are lent a state:
/// `name_with`.
///
/// The state is what a closure would otherwise capture and change. Lent by name, it leaves the future `Send`, also within a
/// task that moves between threads. To keep it afterwards, pass `&mut state`. (`scan` has a state of its own.)
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIteratorWith, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut log = vec![];
/// [1, 2].into_async_iter().for_each_with(&mut log, async |log, n| log.push(n)).await;
/// assert_eq!(log, [1, 2]);
/// # });
/// ```
#[expect(clippy::wrong_self_convention, reason = "std has these names, and takes `self` in them as well")]
pub trait AsyncIteratorWith: Stream {
    /// [`map`](crate::AsyncIterator::map), with a closure that is lent a state.
    fn map_with<'x, St, R, F, Fut>(self, state: St, f: F) -> Map<Self, With<St, F, Fut>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> R + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        Map::new(self, call::with(state, f))
    }

    /// [`filter`](crate::AsyncIterator::filter), with a closure that is lent a state.
    fn filter_with<'x, St, F, Fut>(self, state: St, f: F) -> Steps<Map<Self, WithRef<St, Self::Item, F, Fut>>, Filter>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item) -> bool + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::with_ref(state, f)), Filter)
    }

    /// [`filter_map`](crate::AsyncIterator::filter_map), with a closure that is lent a state.
    fn filter_map_with<'x, St, R, F, Fut>(self, state: St, f: F) -> Steps<Map<Self, With<St, F, Fut>>, FilterMap>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> Option<R> + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Option<R>>,
    {
        Steps::new(Map::new(self, call::with(state, f)), FilterMap)
    }

    /// [`inspect`](crate::AsyncIterator::inspect), with a closure that is lent a state.
    fn inspect_with<'x, St, F, Fut>(self, state: St, f: F) -> Steps<Map<Self, WithRef<St, Self::Item, F, Fut>>, Inspect>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item) -> () + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = ()>,
    {
        Steps::new(Map::new(self, call::with_ref(state, f)), Inspect)
    }

    /// [`skip_while`](crate::AsyncIterator::skip_while), with a closure that is lent a state.
    fn skip_while_with<'x, St, F, Fut>(self, state: St, f: F) -> SkipWhile<Self, WithRef<St, Self::Item, F, Fut>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item) -> bool + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        SkipWhile::new(self, call::with_ref(state, f))
    }

    /// [`take_while`](crate::AsyncIterator::take_while), with a closure that is lent a state.
    fn take_while_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<Map<Self, WithRef<St, Self::Item, F, Fut>>, TakeWhile>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item) -> bool + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::with_ref(state, f)), TakeWhile::new())
    }

    /// [`map_while`](crate::AsyncIterator::map_while), with a closure that is lent a state.
    fn map_while_with<'x, St, R, F, Fut>(self, state: St, f: F) -> Steps<Map<Self, With<St, F, Fut>>, MapWhile>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> Option<R> + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Option<R>>,
    {
        Steps::new(Map::new(self, call::with(state, f)), MapWhile::new())
    }

    /// [`flat_map`](crate::AsyncIterator::flat_map), with a closure that is lent a state.
    fn flat_map_with<'x, St, U, F, Fut>(self, state: St, f: F) -> FlatMap<Self, With<St, F, Fut>, U>
    where
        Self: Sized,
        St: 'x,
        U: Stream,
        F: AsyncFnMut(&mut St, Self::Item) -> U + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = U>,
    {
        Flatten::new(Map::new(self, call::with(state, f)))
    }

    /// [`for_each`](crate::AsyncIterator::for_each), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn for_each_with<'x, St, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, ForEach>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> () + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = ()>,
    {
        Run::new(Map::new(self, call::with(state, f)), ForEach)
    }

    /// [`try_for_each`](crate::AsyncIterator::try_for_each), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn try_for_each_with<'x, St, R, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, TryForEach<R>>
    where
        Self: Sized,
        St: 'x,
        R: Try<Output = ()>,
        F: AsyncFnMut(&mut St, Self::Item) -> R + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        Run::new(Map::new(self, call::with(state, f)), TryForEach::new())
    }

    /// [`all`](crate::AsyncIterator::all), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn all_with<'x, St, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, All>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> bool + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::with(state, f)), All::new())
    }

    /// [`any`](crate::AsyncIterator::any), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn any_with<'x, St, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, Any>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> bool + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::with(state, f)), Any::new())
    }

    /// [`find`](crate::AsyncIterator::find), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn find_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, Find<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item) -> bool + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), Find::new())
    }

    /// [`find_map`](crate::AsyncIterator::find_map), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn find_map_with<'x, St, R, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, FindMap<R>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> Option<R> + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Option<R>>,
    {
        Run::new(Map::new(self, call::with(state, f)), FindMap::new())
    }

    /// [`position`](crate::AsyncIterator::position), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn position_with<'x, St, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, Position>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> bool + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::with(state, f)), Position::new())
    }

    /// [`partition`](crate::AsyncIterator::partition), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn partition_with<'x, St, C, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, Partition<C>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        C: Default + Extend<Self::Item>,
        F: AsyncFnMut(&mut St, &Self::Item) -> bool + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), Partition::default())
    }

    /// [`fold`](crate::AsyncIterator::fold), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn fold_with<'x, St, A, F, Fut>(self, state: St, start: A, f: F) -> Accumulate<Self, With2<St, F, Fut>, Fold<A>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, A, Self::Item) -> A + FnMut(&'x mut St, A, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = A>,
    {
        Accumulate::new(self, call::with2(state, f), Fold::new(start))
    }

    /// [`try_fold`](crate::AsyncIterator::try_fold), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn try_fold_with<'x, St, A, R, F, Fut>(
        self,
        state: St,
        start: A,
        f: F,
    ) -> Accumulate<Self, With2<St, F, Fut>, TryFold<A, R>>
    where
        Self: Sized,
        St: 'x,
        R: Try<Output = A>,
        F: AsyncFnMut(&mut St, A, Self::Item) -> R + FnMut(&'x mut St, A, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        Accumulate::new(self, call::with2(state, f), TryFold::new(start))
    }

    /// [`reduce`](crate::AsyncIterator::reduce), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn reduce_with<'x, St, F, Fut>(self, state: St, f: F) -> Accumulate<Self, With2<St, F, Fut>, Reduce<Self::Item>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item, Self::Item) -> Self::Item + FnMut(&'x mut St, Self::Item, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Self::Item>,
    {
        Accumulate::new(self, call::with2(state, f), Reduce::new())
    }

    /// [`max_by`](crate::AsyncIterator::max_by), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn max_by_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Accumulate<Self, WithRef2<St, Self::Item, F, Fut>, MaxBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item, &Self::Item) -> Ordering
            + FnMut(&'x mut St, &'x Self::Item, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Ordering>,
    {
        Accumulate::new(self, call::with_ref2(state, f), MaxBy::new())
    }

    /// [`max_by_key`](crate::AsyncIterator::max_by_key), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn max_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, MaxByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Ord,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), MaxByKey::new())
    }

    /// [`min_by`](crate::AsyncIterator::min_by), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn min_by_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Accumulate<Self, WithRef2<St, Self::Item, F, Fut>, MinBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item, &Self::Item) -> Ordering
            + FnMut(&'x mut St, &'x Self::Item, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Ordering>,
    {
        Accumulate::new(self, call::with_ref2(state, f), MinBy::new())
    }

    /// [`min_by_key`](crate::AsyncIterator::min_by_key), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn min_by_key_with<'x, St, K, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Run<Map<Self, WithRef<St, Self::Item, F, Fut>>, MinByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        K: Ord,
        F: AsyncFnMut(&mut St, &Self::Item) -> K + FnMut(&'x mut St, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with_ref(state, f)), MinByKey::new())
    }

    /// [`is_sorted_by`](crate::AsyncIterator::is_sorted_by), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn is_sorted_by_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Accumulate<Self, WithRef2<St, Self::Item, F, Fut>, IsSortedBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Item, &Self::Item) -> bool
            + FnMut(&'x mut St, &'x Self::Item, &'x Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Accumulate::new(self, call::with_ref2(state, f), IsSortedBy::new())
    }

    /// [`is_sorted_by_key`](crate::AsyncIterator::is_sorted_by_key), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As the method without `_with`: the items taken so far are lost with it.
    fn is_sorted_by_key_with<'x, St, K, F, Fut>(self, state: St, f: F) -> Run<Map<Self, With<St, F, Fut>>, IsSorted<K>>
    where
        Self: Sized,
        St: 'x,
        K: PartialOrd,
        F: AsyncFnMut(&mut St, Self::Item) -> K + FnMut(&'x mut St, Self::Item) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::with(state, f)), IsSorted::new())
    }
}

impl<S: Stream + ?Sized> AsyncIteratorWith for S {}
