//! [`AsyncTryIterator`]: the methods for streams of results.
//!
//! [`MapOk`] and [`MapErr`] call closures, and what takes a closure is a rule over one of them.

#[cfg(feature = "alloc")]
use core::num::NonZero;

use futures_core::Stream;

use crate::TryNext;
use crate::adapt::{
    AndThen, ErrInto, InspectErr, InspectOk, MapErr, MapOk, OkInto, OrElse, Steps, TryFilter, TryFilterMap, TryFlatten,
    TrySkipWhile, TryTakeWhile,
};
#[cfg(feature = "alloc")]
use crate::adapt::{Holding, TryChunks, TryReadyChunks};
use crate::call::{self, Owned, Ref};
use crate::collect::{Collect, FromStream};
use crate::consume::{PartitionResult, Run, TryAll, TryAny, TryConcat};
#[cfg(feature = "alloc")]
use crate::together::{self, TryFlattenConcurrent};

/// The methods of `futures`' `TryStreamExt`, for every stream of `Result`s, with async closures that may borrow.
///
/// What is said of closures, and of what takes `self`, at [`AsyncIterator`](crate::AsyncIterator) holds here as well; `name_mut`
/// and `name_with` are in [`AsyncTryIteratorMut`](crate::AsyncTryIteratorMut) and
/// [`AsyncTryIteratorWith`](crate::AsyncTryIteratorWith).
///
/// An error ends nothing by itself: adaptors pass it on and go on with the next item, as `futures`' do. Consumers end with the
/// first one. [`try_fold`](crate::AsyncIterator::try_fold) and [`try_for_each`](crate::AsyncIterator::try_for_each) are those of
/// std: their closure is given the result itself, and begins with `?`.
///
/// # Panics
///
/// A closure that panics poisons nothing: what it was given is dropped, and the panic passes on. Polled again, a stream goes
/// on with the next item.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// async fn fetch(host: &str) -> Result<usize, String> {
///     if host.is_empty() { Err("no such host".into()) } else { Ok(host.len()) }
/// }
///
/// # pollster::block_on(async {
/// let hosts = ["a", "bb"].into_async_iter();
/// let sizes = hosts.map(async |host| fetch(host).await).try_filter(async |size| *size > 1);
/// assert_eq!(sizes.try_collect::<Vec<_>>().await?, [2]);
/// # Ok::<(), String>(()) }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no stream of `Result`s",
    note = "`collect`, `try_fold` and `try_for_each` of `AsyncIterator` also take `Option` and `ControlFlow`"
)]
pub trait AsyncTryIterator:
    Stream<Item = Result<<Self as AsyncTryIterator>::Ok, <Self as AsyncTryIterator>::Error>>
{
    /// What a value is.
    type Ok;
    /// What an error is.
    type Error;

    /// The next value, or the error in its place, or `None` at the end.
    ///
    /// It needs a stream that may be moved (`Unpin`), or is pinned, as [`next`](crate::AsyncIterator::next) does.
    ///
    /// # Cancel safety
    ///
    /// Loses nothing: what the stream has begun, it goes on with when it is asked again.
    fn try_next(&mut self) -> TryNext<'_, Self>
    where
        Self: Unpin,
    {
        TryNext::new(self)
    }

    /// What `f` gives for each value. See [`MapOk`].
    fn map_ok<R, F, Fut>(self, f: F) -> MapOk<Self, Owned<F, Fut>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Ok) -> R + FnMut(Self::Ok) -> Fut, // or map_ok_mut, map_ok_with; a plain closure? sync(..)
        Fut: Future<Output = R>,
    {
        MapOk::new(self, call::owned(f))
    }

    /// What `f` gives for each error. See [`MapErr`].
    fn map_err<R, F, Fut>(self, f: F) -> MapErr<Self, Owned<F, Fut>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Error) -> R + FnMut(Self::Error) -> Fut, // or map_err_mut, map_err_with; a plain closure? sync(..)
        Fut: Future<Output = R>,
    {
        MapErr::new(self, call::owned(f))
    }

    /// What `f`, which may fail, makes of each value. See [`AndThen`].
    fn and_then<R, F, Fut>(self, f: F) -> Steps<MapOk<Self, Owned<F, Fut>>, AndThen>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Ok) -> Result<R, Self::Error> + FnMut(Self::Ok) -> Fut, // or and_then_mut, and_then_with; a plain closure? sync(..)
        Fut: Future<Output = Result<R, Self::Error>>,
    {
        Steps::new(MapOk::new(self, call::owned(f)), AndThen)
    }

    /// What `f`, which may fail, makes of each error. See [`OrElse`].
    fn or_else<R, F, Fut>(self, f: F) -> Steps<MapErr<Self, Owned<F, Fut>>, OrElse>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Error) -> Result<Self::Ok, R> + FnMut(Self::Error) -> Fut, // or or_else_mut, or_else_with; a plain closure? sync(..)
        Fut: Future<Output = Result<Self::Ok, R>>,
    {
        Steps::new(MapErr::new(self, call::owned(f)), OrElse)
    }

    /// Every item, after `f` has seen its value. See [`InspectOk`].
    fn inspect_ok<'x, F, Fut>(self, f: F) -> Steps<MapOk<Self, Ref<Self::Ok, F, Fut>>, InspectOk>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(&Self::Ok) -> () + FnMut(&'x Self::Ok) -> Fut, // or inspect_ok_mut, inspect_ok_with; a plain closure? sync_ref(..)
        Fut: Future<Output = ()>,
    {
        Steps::new(MapOk::new(self, call::by_ref(f)), InspectOk)
    }

    /// Every item, after `f` has seen its error. See [`InspectErr`].
    fn inspect_err<'x, F, Fut>(self, f: F) -> Steps<MapErr<Self, Ref<Self::Error, F, Fut>>, InspectErr>
    where
        Self: Sized,
        Self::Error: 'x,
        F: AsyncFnMut(&Self::Error) -> () + FnMut(&'x Self::Error) -> Fut, // or inspect_err_mut, inspect_err_with; a plain closure? sync_ref(..)
        Fut: Future<Output = ()>,
    {
        Steps::new(MapErr::new(self, call::by_ref(f)), InspectErr)
    }

    /// Every value, as one of another type. See [`OkInto`].
    fn ok_into<U>(self) -> Steps<Self, OkInto<U>>
    where
        Self: Sized,
        Self::Ok: Into<U>,
    {
        Steps::new(self, OkInto::new())
    }

    /// Every error, as one of another type. See [`ErrInto`].
    fn err_into<U>(self) -> Steps<Self, ErrInto<U>>
    where
        Self: Sized,
        Self::Error: Into<U>,
    {
        Steps::new(self, ErrInto::new())
    }

    /// The values that `f` says yes to, and all errors. See [`TryFilter`].
    fn try_filter<'x, F, Fut>(self, f: F) -> Steps<MapOk<Self, Ref<Self::Ok, F, Fut>>, TryFilter>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(&Self::Ok) -> bool + FnMut(&'x Self::Ok) -> Fut, // or try_filter_mut, try_filter_with; a plain closure? sync_ref(..)
        Fut: Future<Output = bool>,
    {
        Steps::new(MapOk::new(self, call::by_ref(f)), TryFilter)
    }

    /// What `f`, which may fail, makes of each value, if it makes anything; and all errors. See [`TryFilterMap`].
    fn try_filter_map<R, F, Fut>(self, f: F) -> Steps<MapOk<Self, Owned<F, Fut>>, TryFilterMap>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Ok) -> Result<Option<R>, Self::Error> + FnMut(Self::Ok) -> Fut, // or try_filter_map_mut, try_filter_map_with; a plain closure? sync(..)
        Fut: Future<Output = Result<Option<R>, Self::Error>>,
    {
        Steps::new(MapOk::new(self, call::owned(f)), TryFilterMap)
    }

    /// All items, but for the values before the first that `f`, which may fail, says no to. See [`TrySkipWhile`].
    fn try_skip_while<'x, F, Fut>(self, f: F) -> TrySkipWhile<Self, Ref<Self::Ok, F, Fut>>
    where
        Self: Sized,
        Self::Ok: 'x,
        Self::Error: 'x,
        F: AsyncFnMut(&Self::Ok) -> Result<bool, Self::Error> + FnMut(&'x Self::Ok) -> Fut, // or try_skip_while_mut, try_skip_while_with; a plain closure? sync_ref(..)
        Fut: Future<Output = Result<bool, Self::Error>>,
    {
        TrySkipWhile::new(self, call::by_ref(f))
    }

    /// The items before the first value that `f`, which may fail, says no to; that one is lost. See [`TryTakeWhile`].
    fn try_take_while<'x, F, Fut>(self, f: F) -> Steps<MapOk<Self, Ref<Self::Ok, F, Fut>>, TryTakeWhile>
    where
        Self: Sized,
        Self::Ok: 'x,
        Self::Error: 'x,
        F: AsyncFnMut(&Self::Ok) -> Result<bool, Self::Error> + FnMut(&'x Self::Ok) -> Fut, // or try_take_while_mut, try_take_while_with; a plain closure? sync_ref(..)
        Fut: Future<Output = Result<bool, Self::Error>>,
    {
        Steps::new(MapOk::new(self, call::by_ref(f)), TryTakeWhile::new())
    }

    /// The items of the streams of results that are the values. See [`TryFlatten`].
    fn try_flatten(self) -> TryFlatten<Self, Self::Ok>
    where
        Self: Sized,
        Self::Ok: AsyncTryIterator,
        <Self::Ok as AsyncTryIterator>::Error: From<Self::Error>,
    {
        TryFlatten::new(self)
    }

    /// The items of the streams of results that are the values, of up to `limit` of them at a time. See
    /// [`TryFlattenConcurrent`].
    ///
    /// A limit of zero does not compile: write `limit!(5)`, or `NonZero::new(n)` for a number known at run time only.
    #[cfg(feature = "alloc")]
    fn try_flatten_concurrent(self, limit: NonZero<usize>) -> TryFlattenConcurrent<Self, Self::Ok, Self::Error>
    where
        Self: Sized,
        Self::Ok: AsyncTryIterator,
        <Self::Ok as AsyncTryIterator>::Error: From<Self::Error>,
    {
        together::try_flatten_concurrent(self, limit)
    }

    /// Up to `size` values at a time, in a `Vec`; an error comes with the values before it. See [`TryChunks`].
    ///
    /// A size of zero does not compile: write `limit!(100)`.
    #[cfg(feature = "alloc")]
    fn try_chunks(self, size: NonZero<usize>) -> Holding<Self, TryChunks<Self::Ok>>
    where
        Self: Sized,
    {
        Holding::new(self, TryChunks::new(size))
    }

    /// All values that are there, up to `most`, in a `Vec`; an error comes with the values before it. See [`TryReadyChunks`].
    ///
    /// A number of zero does not compile: write `limit!(100)`.
    #[cfg(feature = "alloc")]
    fn try_ready_chunks(self, most: NonZero<usize>) -> TryReadyChunks<Self>
    where
        Self: Sized,
    {
        TryReadyChunks::new(self, most)
    }

    /// All values, in a new collection, or the first error. See [`FromStream`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn try_collect<C>(self) -> Run<Self, Collect<Result<C::SoFar, Self::Error>, Result<C, Self::Error>>>
    where
        Self: Sized,
        C: FromStream<Self::Ok>,
    {
        let rule = Collect::new::<Result<Self::Ok, Self::Error>>(self.size_hint());
        Run::new(self, rule)
    }

    /// All collections, as one, or the first error. See [`TryConcat`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn try_concat(self) -> Run<Self, TryConcat<Self::Ok, Self::Error>>
    where
        Self: Sized,
        Self::Ok: IntoIterator + Default + Extend<<Self::Ok as IntoIterator>::Item>,
    {
        Run::new(self, TryConcat::new())
    }

    /// Whether `f` says yes to every value, or the first error. See [`TryAll`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_all<F, Fut>(self, f: F) -> Run<MapOk<Self, Owned<F, Fut>>, TryAll<Self::Error>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Ok) -> bool + FnMut(Self::Ok) -> Fut, // or try_all_mut, try_all_with; a plain closure? sync(..)
        Fut: Future<Output = bool>,
    {
        Run::new(MapOk::new(self, call::owned(f)), TryAll::new())
    }

    /// Whether `f` says yes to any value, or the first error. See [`TryAny`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_any<F, Fut>(self, f: F) -> Run<MapOk<Self, Owned<F, Fut>>, TryAny<Self::Error>>
    where
        Self: Sized,
        F: AsyncFnMut(Self::Ok) -> bool + FnMut(Self::Ok) -> Fut, // or try_any_mut, try_any_with; a plain closure? sync(..)
        Fut: Future<Output = bool>,
    {
        Run::new(MapOk::new(self, call::owned(f)), TryAny::new())
    }

    /// Two collections: the values, and the errors. See [`PartitionResult`].
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it.
    fn partition_result<A, B>(self) -> Run<Self, PartitionResult<A, B>>
    where
        Self: Sized,
        A: Default + Extend<Self::Ok>,
        B: Default + Extend<Self::Error>,
    {
        Run::new(self, PartitionResult::default())
    }
}

impl<T, E, S: Stream<Item = Result<T, E>> + ?Sized> AsyncTryIterator for S {
    type Ok = T;
    type Error = E;
}
