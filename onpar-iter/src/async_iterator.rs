//! [`AsyncIterator`]: the methods of std's `Iterator`, for every stream.
//!
//! One list of the methods: each builds the stream or the future whose file has the name of the method, and the example. It
//! has many lines because the list is long, and would be no easier to read in parts.
//!
//! Each method that takes a closure bounds it twice. `AsyncFnMut` is what it means: any async closure that borrows what it
//! likes, here for every lifetime, so that it cannot keep what it is lent. `FnMut(..) -> Fut` gives its future a name, so
//! that the compiler sees whether the whole is `Send`.

use core::cmp::Ordering;
use core::num::NonZero;

use futures_core::Stream;

use crate::adapt::{
    Chain, Cloned, Copied, Cycle, Enumerate, Filter, FilterMap, FlatMap, Flatten, Fuse, Inspect, Map, MapWhile,
    Peekable, Scan, Skip, SkipWhile, StepBy, Steps, Take, TakeWhile, Zip,
};
use crate::call::{self, Owned, Owned2, Ref, Ref2, With};
use crate::collect::{Collect, FromStream, StreamProduct, StreamSum};
use crate::compare::{Cmp, Eq, Order, Pairwise, PartialCmp};
#[cfg(feature = "alloc")]
use crate::concurrent::{Concurrent, Source};
use crate::consume::{
    Accumulate, All, Any, Count, ExtendInto, Find, FindMap, Fold, ForEach, IsSorted, IsSortedBy, Last, Max, MaxBy,
    MaxByKey, Min, MinBy, MinByKey, Nth, Partition, Position, Product, Reduce, Run, Sum, TryFold, TryForEach, Unzip,
};
use crate::{Next, Try};

/// Every method of std's `Iterator` that can exist for a stream, for every [`Stream`]: the same name, the same meaning, and
/// an async closure where std takes a closure.
///
/// * **Closures** are called in order, one call at a time, and the next item is asked for when the call has ended. They may
///   borrow from around them; the future stays `Send` if what it holds is. A closure that *changes* what it captures, or
///   *owns* it (`async move`), lends it to its future, and goes to the same method of
///   [`AsyncIteratorMut`](crate::AsyncIteratorMut), `name_mut`; or, with what it needs as a state, to that of
///   [`AsyncIteratorWith`](crate::AsyncIteratorWith), `name_with`. The compiler says of such a closure that it "does not
///   implement `FnMut` because it captures state from its environment". A plain closure goes into [`sync`](crate::sync()) or
///   one of its kin.
/// * **By value**: std's `find`, `any`, `all`, `position`, `nth`, `try_fold` and `try_for_each` take `&mut self`, these take
///   `self`. To go on after them, pin the stream and lend it: `stream.as_mut().find(..)`.
/// * **Streams** are what `zip`, `chain`, `flat_map`, `flatten`, `cmp` and the other comparisons take; write
///   `items.into_async_iter()` for a collection.
/// * **`size_hint`** is a method of [`Stream`] itself.
///
/// `rev` and `rposition` do not exist: a stream has no end to begin at.
///
/// # Returned by functions
///
/// A function that returns such a stream, or future, calls it `impl Stream + Send`. Where it is generic over the items, and
/// a closure is lent them, two bounds tell the compiler that a reference to an item may wait in a future on any thread: `T:
/// Sync + 'x`; and `use<'x, ..>` names the lifetime, which has no other place in the signature.
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, Stream};
///
/// fn known<'x, S, T>(names: S) -> impl Stream<Item = T> + Send + use<'x, S, T>
/// where
///     S: Stream<Item = T> + Send,
///     T: AsRef<str> + Send + Sync + 'x,
/// {
///     names.filter(async |name| name.as_ref() != "?")
/// }
///
/// # pollster::block_on(async {
/// let names = [String::from("a"), String::from("?")];
/// assert_eq!(known(names.iter().into_async_iter()).count().await, 1);
/// assert_eq!(known(names.into_async_iter()).count().await, 1);
/// # });
/// ```
///
/// Methods whose closures take an item by value, such as `map`, need neither. What a closure captures there is an argument of
/// the function: moved into it (`async move`, with `name_mut`), or lent as a state (`name_with`). `use<..>` names its type too.
///
/// # Panics
///
/// A closure that panics poisons nothing: its item is dropped, and the panic passes on. Polled again, a stream goes on with
/// the next item.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// async fn is_up(host: &str) -> bool { host != "c" }
/// async fn fetch(host: &str) -> Result<usize, String> { Ok(host.len()) }
///
/// # pollster::block_on(async {
/// let hosts = ["a", "bb", "c"];
/// let sizes = hosts.iter().into_async_iter().filter(async |host| is_up(host).await).map(async |host| fetch(host).await);
/// let sizes = sizes.collect::<Result<Vec<_>, _>>().await?;
/// assert_eq!(sizes, [1, 2]);
/// # Ok::<(), String>(()) }).unwrap();
/// ```
#[expect(clippy::wrong_self_convention, reason = "std has these names, and takes `self` in them as well")]
pub trait AsyncIterator: Stream {
    /// The next item, or `None` at the end.
    ///
    /// It needs a stream that may be moved (`Unpin`). One that may not, such as a generator or anything with an async closure
    /// in it, is pinned first: `let mut stream = pin!(stream);`.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing: what the stream has begun, it goes on with when it is asked again.
    fn next(&mut self) -> Next<'_, Self>
    where
        Self: Unpin, // let mut stream = pin!(stream), or for_await!(item in stream { .. })
    {
        Next::new(self)
    }

    /// The stream by reference, so that some of its items can be taken by an adaptor, and the rest afterwards.
    ///
    /// A stream that is not `Unpin` is pinned (`pin!`), and lent by `stream.as_mut()`.
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
        Self: Unpin,
    {
        self
    }

    /// What `f` gives for each item. See [`Map`].
    fn map<R, F, Fut>(self, f: F) -> Map<Self, Owned<F, Fut>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> R + FnMut(Self::Item) -> Fut, // or map_mut, map_with; a plain closure? sync(..)
        Fut: Future<Output = R>,
    {
        Map::new(self, call::owned(f))
    }

    /// The items that `f` says yes to. See [`Filter`].
    fn filter<'x, F, Fut>(self, f: F) -> Steps<Map<Self, Ref<Self::Item, F, Fut>>, Filter>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + FnMut(&'x Self::Item) -> Fut, // or filter_mut, filter_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::by_ref(f)), Filter)
    }

    /// What `f` gives for each item, if it gives anything. See [`FilterMap`].
    fn filter_map<R, F, Fut>(self, f: F) -> Steps<Map<Self, Owned<F, Fut>>, FilterMap>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> Option<R> + FnMut(Self::Item) -> Fut, // or filter_map_mut, filter_map_with; a plain closure? sync(..)
        Fut: Future<Output = Option<R>>,
    {
        Steps::new(Map::new(self, call::owned(f)), FilterMap)
    }

    /// Every item, after `f` has seen it. See [`Inspect`].
    fn inspect<'x, F, Fut>(self, f: F) -> Steps<Map<Self, Ref<Self::Item, F, Fut>>, Inspect>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> () + FnMut(&'x Self::Item) -> Fut, // or inspect_mut, inspect_with; a plain closure? sync_ref(..)
        Fut: Future<Output = ()>,
    {
        Steps::new(Map::new(self, call::by_ref(f)), Inspect)
    }

    /// Every item with its number, from 0. See [`Enumerate`].
    fn enumerate(self) -> Steps<Self, Enumerate>
    where
        Self: Sized,
    {
        Steps::new(self, Enumerate::new())
    }

    /// A clone of each item. See [`Cloned`].
    fn cloned<'a, T>(self) -> Steps<Self, Cloned>
    where
        Self: Stream<Item = &'a T> + Sized,
        T: Clone + 'a,
    {
        Steps::new(self, Cloned)
    }

    /// A copy of each item. See [`Copied`].
    fn copied<'a, T>(self) -> Steps<Self, Copied>
    where
        Self: Stream<Item = &'a T> + Sized,
        T: Copy + 'a,
    {
        Steps::new(self, Copied)
    }

    /// All items but the first `count`. See [`Skip`].
    fn skip(self, count: usize) -> Steps<Self, Skip>
    where
        Self: Sized,
    {
        Steps::new(self, Skip::new(count))
    }

    /// The first `count` items, and no further one asked for. See [`Take`].
    fn take(self, count: usize) -> Steps<Self, Take>
    where
        Self: Sized,
    {
        Steps::new(self, Take::new(count))
    }

    /// The first item, and then every `step`th. See [`StepBy`].
    ///
    /// Where std panics, a step of zero does not compile: write `limit!(3)`.
    fn step_by(self, step: NonZero<usize>) -> Steps<Self, StepBy>
    where
        Self: Sized,
    {
        Steps::new(self, StepBy::new(step))
    }

    /// All items from the first that `f` says no to. See [`SkipWhile`].
    fn skip_while<'x, F, Fut>(self, f: F) -> SkipWhile<Self, Ref<Self::Item, F, Fut>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + FnMut(&'x Self::Item) -> Fut, // or skip_while_mut, skip_while_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        SkipWhile::new(self, call::by_ref(f))
    }

    /// The items before the first that `f` says no to; that one is lost. See [`TakeWhile`].
    fn take_while<'x, F, Fut>(self, f: F) -> Steps<Map<Self, Ref<Self::Item, F, Fut>>, TakeWhile>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + FnMut(&'x Self::Item) -> Fut, // or take_while_mut, take_while_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        Steps::new(Map::new(self, call::by_ref(f)), TakeWhile::new())
    }

    /// What `f` gives for each item, until it gives nothing. See [`MapWhile`].
    fn map_while<R, F, Fut>(self, f: F) -> Steps<Map<Self, Owned<F, Fut>>, MapWhile>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> Option<R> + FnMut(Self::Item) -> Fut, // or map_while_mut, map_while_with; a plain closure? sync(..)
        Fut: Future<Output = Option<R>>,
    {
        Steps::new(Map::new(self, call::owned(f)), MapWhile::new())
    }

    /// What `f` gives for each item and a state that it changes, until it gives nothing. See [`Scan`].
    fn scan<'x, St, R, F, Fut>(self, state: St, f: F) -> Steps<Map<Self, With<St, F, Fut>>, Scan>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Item) -> Option<R> + FnMut(&'x mut St, Self::Item) -> Fut, // or scan_mut; a plain closure? sync_mut(..)
        Fut: Future<Output = Option<R>>,
    {
        Steps::new(Map::new(self, call::with(state, f)), Scan::new())
    }

    /// The items of the streams that `f` gives. See [`FlatMap`].
    fn flat_map<U, F, Fut>(self, f: F) -> FlatMap<Self, Owned<F, Fut>, U>
    where
        Self: Sized,
        U: Stream,                                                 // of a collection: `into_async_iter()`
        F: AsyncFnMut(Self::Item) -> U + FnMut(Self::Item) -> Fut, // or flat_map_mut, flat_map_with; a plain closure? sync(..)
        Fut: Future<Output = U>,
    {
        Flatten::new(self.map(f))
    }

    /// The items of the streams that this stream gives. See [`Flatten`].
    fn flatten(self) -> Flatten<Self, Self::Item>
    where
        Self: Sized,
        Self::Item: Stream,
    {
        Flatten::new(self)
    }

    /// The items of this stream, and then those of `other`. See [`Chain`].
    fn chain<B>(self, other: B) -> Chain<Self, B>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
    {
        Chain::new(self, other)
    }

    /// Pairs of items, of this stream and of `other`. See [`Zip`].
    fn zip<B>(self, other: B) -> Zip<Self, B, Self::Item>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
    {
        Zip::new(self, other)
    }

    /// The items again and again. See [`Cycle`].
    fn cycle(self) -> Cycle<Self>
    where
        Self: Clone,
    {
        Cycle::new(self)
    }

    /// A stream that stays ended when it has ended. See [`Fuse`].
    fn fuse(self) -> Fuse<Self>
    where
        Self: Sized,
    {
        Fuse::new(self)
    }

    /// A stream whose next item can be looked at before it is taken. See [`Peekable`].
    fn peekable(self) -> Peekable<Self, Self::Item>
    where
        Self: Sized,
    {
        Peekable::new(self)
    }

    /// A pipeline that works on up to `limit` items at once: add stages to it, and end it. See [`Concurrent`].
    ///
    /// A limit of zero does not compile: write `limit!(5)`, or `NonZero::new(n)` for a number known at run time only.
    #[cfg(feature = "alloc")]
    fn concurrent(self, limit: NonZero<usize>) -> Concurrent<Source<Self>>
    where
        Self: Sized,
    {
        Concurrent::new(self, limit)
    }

    /// All items, in a new collection. See [`Collect`] and [`FromStream`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it. [`extend_into`](Self::extend_into) keeps them.
    fn collect<C>(self) -> Run<Self, Collect<C::SoFar, C>>
    where
        Self: Sized,
        C: FromStream<Self::Item>,
    {
        let rule = Collect::new::<Self::Item>(self.size_hint());
        Run::new(self, rule)
    }

    /// Every item, put into a collection that is there already. See [`ExtendInto`].
    ///
    /// # Cancel safety
    ///
    /// Loses nothing: the collection has all items taken so far.
    fn extend_into<C>(self, collection: &mut C) -> Run<Self, ExtendInto<'_, C>>
    where
        Self: Sized,
        C: Extend<Self::Item>,
    {
        Run::new(self, ExtendInto::new(collection))
    }

    /// How many items there are. See [`Count`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn count(self) -> Run<Self, Count>
    where
        Self: Sized,
    {
        Run::new(self, Count::new())
    }

    /// The last item. See [`Last`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn last(self) -> Run<Self, Last<Self::Item>>
    where
        Self: Sized,
    {
        Run::new(self, Last::new())
    }

    /// The item with this number, from 0. See [`Nth`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn nth(self, number: usize) -> Run<Self, Nth<Self::Item>>
    where
        Self: Sized,
    {
        Run::new(self, Nth::new(number))
    }

    /// Calls `f` with each item. See [`ForEach`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn for_each<F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, ForEach>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> () + FnMut(Self::Item) -> Fut, // or for_each_mut, for_each_with; a plain closure? sync(..)
        Fut: Future<Output = ()>,
    {
        Run::new(Map::new(self, call::owned(f)), ForEach)
    }

    /// Calls `f` with each item, until it gives an error or a break. See [`TryForEach`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_for_each<R, F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, TryForEach<R>>
    where
        Self: Sized,
        R: Try<Output = ()>,
        F: AsyncFnMut(Self::Item) -> R + FnMut(Self::Item) -> Fut, // or try_for_each_mut, try_for_each_with; a plain closure? sync(..)
        Fut: Future<Output = R>,
    {
        Run::new(Map::new(self, call::owned(f)), TryForEach::new())
    }

    /// Whether `f` says yes to every item. See [`All`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn all<F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, All>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> bool + FnMut(Self::Item) -> Fut, // or all_mut, all_with; a plain closure? sync(..)
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::owned(f)), All::new())
    }

    /// Whether `f` says yes to any item. See [`Any`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn any<F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, Any>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> bool + FnMut(Self::Item) -> Fut, // or any_mut, any_with; a plain closure? sync(..)
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::owned(f)), Any::new())
    }

    /// The first item that `f` says yes to. See [`Find`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn find<'x, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, Find<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item) -> bool + FnMut(&'x Self::Item) -> Fut, // or find_mut, find_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::by_ref(f)), Find::new())
    }

    /// The first thing that `f` makes of an item. See [`FindMap`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn find_map<R, F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, FindMap<R>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> Option<R> + FnMut(Self::Item) -> Fut, // or find_map_mut, find_map_with; a plain closure? sync(..)
        Fut: Future<Output = Option<R>>,
    {
        Run::new(Map::new(self, call::owned(f)), FindMap::new())
    }

    /// The number of the first item that `f` says yes to. See [`Position`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn position<F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, Position>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item) -> bool + FnMut(Self::Item) -> Fut, // or position_mut, position_with; a plain closure? sync(..)
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::owned(f)), Position::new())
    }

    /// Two collections: the items that `f` says yes to, and the others. See [`Partition`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn partition<'x, C, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, Partition<C>>
    where
        Self: Sized,
        Self::Item: 'x,
        C: Default + Extend<Self::Item>,
        F: AsyncFnMut(&Self::Item) -> bool + FnMut(&'x Self::Item) -> Fut, // or partition_mut, partition_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        Run::new(Map::new(self, call::by_ref(f)), Partition::default())
    }

    /// Two collections: the left halves of all pairs, and the right halves. See [`Unzip`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn unzip<A, B, L, U>(self) -> Run<Self, Unzip<L, U>>
    where
        Self: Stream<Item = (A, B)> + Sized,
        L: Default + Extend<A>,
        U: Default + Extend<B>,
    {
        Run::new(self, Unzip::default())
    }

    /// One value, made by `f` of all items one after another. See [`Fold`].
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn fold<A, F, Fut>(self, start: A, f: F) -> Accumulate<Self, Owned2<F, Fut>, Fold<A>>
    where
        Self: Sized,
        F: AsyncFnMut(A, Self::Item) -> A + FnMut(A, Self::Item) -> Fut, // or fold_mut, fold_with; a plain closure? sync2(..)
        Fut: Future<Output = A>,
    {
        Accumulate::new(self, call::owned2(f), Fold::new(start))
    }

    /// The same, until `f` gives an error or a break. See [`TryFold`].
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn try_fold<A, R, F, Fut>(self, start: A, f: F) -> Accumulate<Self, Owned2<F, Fut>, TryFold<A, R>>
    where
        Self: Sized,
        R: Try<Output = A>,
        F: AsyncFnMut(A, Self::Item) -> R + FnMut(A, Self::Item) -> Fut, // or try_fold_mut, try_fold_with; a plain closure? sync2(..)
        Fut: Future<Output = R>,
    {
        Accumulate::new(self, call::owned2(f), TryFold::new(start))
    }

    /// One item, made by `f` of all one after another. See [`Reduce`].
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn reduce<F, Fut>(self, f: F) -> Accumulate<Self, Owned2<F, Fut>, Reduce<Self::Item>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Item, Self::Item) -> Self::Item + FnMut(Self::Item, Self::Item) -> Fut, // or reduce_mut, reduce_with; a plain closure? sync2(..)
        Fut: Future<Output = Self::Item>,
    {
        Accumulate::new(self, call::owned2(f), Reduce::new())
    }

    /// All items, added up. See [`Sum`] and [`StreamSum`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn sum<A>(self) -> Run<Self, Sum<A>>
    where
        Self: Sized,
        A: StreamSum<Self::Item>,
    {
        Run::new(self, Sum::new(A::zero()))
    }

    /// All items, multiplied. See [`Product`] and [`StreamProduct`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn product<A>(self) -> Run<Self, Product<A>>
    where
        Self: Sized,
        A: StreamProduct<Self::Item>,
    {
        Run::new(self, Product::new(A::one()))
    }

    /// The greatest item, of equal ones the last. See [`Max`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn max(self) -> Run<Self, Max<Self::Item>>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        Run::new(self, Max::new())
    }

    /// The greatest item by a comparison. See [`MaxBy`].
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn max_by<'x, F, Fut>(self, f: F) -> Accumulate<Self, Ref2<Self::Item, F, Fut>, MaxBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> Ordering + FnMut(&'x Self::Item, &'x Self::Item) -> Fut, // or max_by_mut, max_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = Ordering>,
    {
        Accumulate::new(self, call::by_ref2(f), MaxBy::new())
    }

    /// The greatest item by the key that `f` gives, of which it is asked once for each item. See [`MaxByKey`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn max_by_key<'x, K, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, MaxByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or max_by_key_mut, max_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::by_ref(f)), MaxByKey::new())
    }

    /// The least item, of equal ones the first. See [`Min`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn min(self) -> Run<Self, Min<Self::Item>>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        Run::new(self, Min::new())
    }

    /// The least item by a comparison. See [`MinBy`].
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn min_by<'x, F, Fut>(self, f: F) -> Accumulate<Self, Ref2<Self::Item, F, Fut>, MinBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> Ordering + FnMut(&'x Self::Item, &'x Self::Item) -> Fut, // or min_by_mut, min_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = Ordering>,
    {
        Accumulate::new(self, call::by_ref2(f), MinBy::new())
    }

    /// The least item by the key that `f` gives, of which it is asked once for each item. See [`MinByKey`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn min_by_key<'x, K, F, Fut>(self, f: F) -> Run<Map<Self, Ref<Self::Item, F, Fut>>, MinByKey<Self::Item, K>>
    where
        Self: Sized,
        Self::Item: 'x,
        K: Ord,
        F: AsyncFnMut(&Self::Item) -> K + FnMut(&'x Self::Item) -> Fut, // or min_by_key_mut, min_by_key_with; a plain closure? sync_ref(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::by_ref(f)), MinByKey::new())
    }

    /// Whether each item is at most the next one. See [`IsSorted`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn is_sorted(self) -> Run<Self, IsSorted<Self::Item>>
    where
        Self: Sized,
        Self::Item: PartialOrd,
    {
        Run::new(self, IsSorted::new())
    }

    /// Whether `f` says yes to each item and the next one. See [`IsSortedBy`].
    ///
    /// # Cancel safety
    ///
    /// As [`Accumulate`]: what has been accumulated is lost with it.
    fn is_sorted_by<'x, F, Fut>(self, f: F) -> Accumulate<Self, Ref2<Self::Item, F, Fut>, IsSortedBy<Self::Item>>
    where
        Self: Sized,
        Self::Item: 'x,
        F: AsyncFnMut(&Self::Item, &Self::Item) -> bool + FnMut(&'x Self::Item, &'x Self::Item) -> Fut, // or is_sorted_by_mut, is_sorted_by_with; a plain closure? sync_ref2(..)
        Fut: Future<Output = bool>,
    {
        Accumulate::new(self, call::by_ref2(f), IsSortedBy::new())
    }

    /// Whether the key of each item is at most that of the next one. See [`IsSorted`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn is_sorted_by_key<K, F, Fut>(self, f: F) -> Run<Map<Self, Owned<F, Fut>>, IsSorted<K>>
    where
        Self: Sized,
        K: PartialOrd,
        F: AsyncFnMut(Self::Item) -> K + FnMut(Self::Item) -> Fut, // or is_sorted_by_key_mut, is_sorted_by_key_with; a plain closure? sync(..)
        Fut: Future<Output = K>,
    {
        Run::new(Map::new(self, call::owned(f)), IsSorted::new())
    }

    /// How the items compare with those of `other`. See [`Cmp`].
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn cmp<B>(self, other: B) -> Pairwise<Self, B, Self::Item, Cmp>
    where
        Self: Sized,
        B: Stream<Item = Self::Item>, // of items or an iterator: `into_async_iter()`
        Self::Item: Ord,
    {
        Pairwise::new(self, other, Cmp)
    }

    /// How the items compare with those of `other`, if they do. See [`PartialCmp`].
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn partial_cmp<B>(self, other: B) -> Pairwise<Self, B, Self::Item, PartialCmp>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
        Self::Item: PartialOrd<B::Item>,
    {
        Pairwise::new(self, other, PartialCmp)
    }

    /// Whether the items equal those of `other`. See [`Eq`](struct@Eq).
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn eq<B>(self, other: B) -> Pairwise<Self, B, Self::Item, Eq>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
        Self::Item: PartialEq<B::Item>,
    {
        Pairwise::new(self, other, Eq::new(true))
    }

    /// Whether the items do not equal those of `other`. See [`Eq`](struct@Eq).
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn ne<B>(self, other: B) -> Pairwise<Self, B, Self::Item, Eq>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
        Self::Item: PartialEq<B::Item>,
    {
        Pairwise::new(self, other, Eq::new(false))
    }

    /// Whether the items are less than those of `other`. See [`Order`].
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn lt<B>(self, other: B) -> Pairwise<Self, B, Self::Item, Order>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
        Self::Item: PartialOrd<B::Item>,
    {
        Pairwise::new(self, other, Order::new(Ordering::is_lt))
    }

    /// Whether the items are at most those of `other`. See [`Order`].
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn le<B>(self, other: B) -> Pairwise<Self, B, Self::Item, Order>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
        Self::Item: PartialOrd<B::Item>,
    {
        Pairwise::new(self, other, Order::new(Ordering::is_le))
    }

    /// Whether the items are greater than those of `other`. See [`Order`].
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn gt<B>(self, other: B) -> Pairwise<Self, B, Self::Item, Order>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
        Self::Item: PartialOrd<B::Item>,
    {
        Pairwise::new(self, other, Order::new(Ordering::is_gt))
    }

    /// Whether the items are at least those of `other`. See [`Order`].
    ///
    /// # Cancel safety
    ///
    /// As [`Pairwise`]: the items taken so far are lost with it.
    fn ge<B>(self, other: B) -> Pairwise<Self, B, Self::Item, Order>
    where
        Self: Sized,
        B: Stream, // of items or an iterator: `into_async_iter()`
        Self::Item: PartialOrd<B::Item>,
    {
        Pairwise::new(self, other, Order::new(Ordering::is_ge))
    }
}

impl<S: Stream + ?Sized> AsyncIterator for S {}
