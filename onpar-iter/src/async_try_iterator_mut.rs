//! [`AsyncTryIteratorMut`]: the methods for streams of results, for closures that change what they capture.

use crate::AsyncTryIterator;
use crate::adapt::{
    AndThen, InspectErr, InspectOk, MapErr, MapOk, OrElse, Steps, TryFilter, TryFilterMap, TrySkipWhile, TryTakeWhile,
};
use crate::call::{self, Call};
use crate::consume::{Run, TryAll, TryAny};

/// Every method of [`AsyncTryIterator`] that takes a closure, for closures that *change* what they capture, or *own* it (`async
/// move`): `name_mut`.
///
/// What [`AsyncIteratorMut`](crate::AsyncIteratorMut) says of them holds here as well: made within a future that has to be
/// `Send`, most are refused. There, pass what changes as a state to the same method of
/// [`AsyncTryIteratorWith`](crate::AsyncTryIteratorWith).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIteratorMut, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut errors = vec![];
/// let items = [Ok(1), Err("gone")].into_async_iter();
/// assert_eq!(items.inspect_err_mut(async |error| errors.push(*error)).count().await, 2);
/// assert_eq!(errors, ["gone"]);
/// # });
/// ```
pub trait AsyncTryIteratorMut: AsyncTryIterator {
    /// [`map_ok`](crate::AsyncTryIterator::map_ok), with a closure that changes what it captures.
    fn map_ok_mut<'x, R, F>(self, f: F) -> MapOk<Self, impl Call<Self::Ok, Output = R>>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(Self::Ok) -> R + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Ok| f(item));
        MapOk::new(self, call)
    }

    /// [`map_err`](crate::AsyncTryIterator::map_err), with a closure that changes what it captures.
    fn map_err_mut<'x, R, F>(self, f: F) -> MapErr<Self, impl Call<Self::Error, Output = R>>
    where
        Self: Sized,
        Self::Error: 'x,
        F: AsyncFnMut(Self::Error) -> R + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Error| f(item));
        MapErr::new(self, call)
    }

    /// [`and_then`](crate::AsyncTryIterator::and_then), with a closure that changes what it captures.
    fn and_then_mut<'x, R, F>(
        self,
        f: F,
    ) -> Steps<MapOk<Self, impl Call<Self::Ok, Output = Result<R, Self::Error>>>, AndThen>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(Self::Ok) -> Result<R, Self::Error> + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Ok| f(item));
        Steps::new(MapOk::new(self, call), AndThen)
    }

    /// [`or_else`](crate::AsyncTryIterator::or_else), with a closure that changes what it captures.
    fn or_else_mut<'x, R, F>(
        self,
        f: F,
    ) -> Steps<MapErr<Self, impl Call<Self::Error, Output = Result<Self::Ok, R>>>, OrElse>
    where
        Self: Sized,
        Self::Error: 'x,
        Self::Ok: 'x,
        F: AsyncFnMut(Self::Error) -> Result<Self::Ok, R> + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Error| f(item));
        Steps::new(MapErr::new(self, call), OrElse)
    }

    /// [`inspect_ok`](crate::AsyncTryIterator::inspect_ok), with a closure that changes what it captures.
    fn inspect_ok_mut<'x, F>(self, f: F) -> Steps<MapOk<Self, impl Call<Self::Ok, Output = (Self::Ok, ())>>, InspectOk>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(&Self::Ok) -> () + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Ok| f(item));
        Steps::new(MapOk::new(self, call), InspectOk)
    }

    /// [`inspect_err`](crate::AsyncTryIterator::inspect_err), with a closure that changes what it captures.
    fn inspect_err_mut<'x, F>(
        self,
        f: F,
    ) -> Steps<MapErr<Self, impl Call<Self::Error, Output = (Self::Error, ())>>, InspectErr>
    where
        Self: Sized,
        Self::Error: 'x,
        F: AsyncFnMut(&Self::Error) -> () + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Error| f(item));
        Steps::new(MapErr::new(self, call), InspectErr)
    }

    /// [`try_filter`](crate::AsyncTryIterator::try_filter), with a closure that changes what it captures.
    fn try_filter_mut<'x, F>(
        self,
        f: F,
    ) -> Steps<MapOk<Self, impl Call<Self::Ok, Output = (Self::Ok, bool)>>, TryFilter>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(&Self::Ok) -> bool + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Ok| f(item));
        Steps::new(MapOk::new(self, call), TryFilter)
    }

    /// [`try_filter_map`](crate::AsyncTryIterator::try_filter_map), with a closure that changes what it captures.
    fn try_filter_map_mut<'x, R, F>(
        self,
        f: F,
    ) -> Steps<MapOk<Self, impl Call<Self::Ok, Output = Result<Option<R>, Self::Error>>>, TryFilterMap>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(Self::Ok) -> Result<Option<R>, Self::Error> + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Ok| f(item));
        Steps::new(MapOk::new(self, call), TryFilterMap)
    }

    /// [`try_skip_while`](crate::AsyncTryIterator::try_skip_while), with a closure that changes what it captures.
    fn try_skip_while_mut<'x, F>(
        self,
        f: F,
    ) -> TrySkipWhile<Self, impl Call<Self::Ok, Output = (Self::Ok, Result<bool, Self::Error>)>>
    where
        Self: Sized,
        Self::Ok: 'x,
        Self::Error: 'x,
        F: AsyncFnMut(&Self::Ok) -> Result<bool, Self::Error> + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Ok| f(item));
        TrySkipWhile::new(self, call)
    }

    /// [`try_take_while`](crate::AsyncTryIterator::try_take_while), with a closure that changes what it captures.
    fn try_take_while_mut<'x, F>(
        self,
        f: F,
    ) -> Steps<MapOk<Self, impl Call<Self::Ok, Output = (Self::Ok, Result<bool, Self::Error>)>>, TryTakeWhile>
    where
        Self: Sized,
        Self::Ok: 'x,
        Self::Error: 'x,
        F: AsyncFnMut(&Self::Ok) -> Result<bool, Self::Error> + 'x,
    {
        let call = call::with_ref(f, |f: &'x mut F, item: &'x Self::Ok| f(item));
        Steps::new(MapOk::new(self, call), TryTakeWhile::new())
    }

    /// [`try_all`](crate::AsyncTryIterator::try_all), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_all_mut<'x, F>(self, f: F) -> Run<MapOk<Self, impl Call<Self::Ok, Output = bool>>, TryAll<Self::Error>>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(Self::Ok) -> bool + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Ok| f(item));
        Run::new(MapOk::new(self, call), TryAll::new())
    }

    /// [`try_any`](crate::AsyncTryIterator::try_any), with a closure that changes what it captures.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_any_mut<'x, F>(self, f: F) -> Run<MapOk<Self, impl Call<Self::Ok, Output = bool>>, TryAny<Self::Error>>
    where
        Self: Sized,
        Self::Ok: 'x,
        F: AsyncFnMut(Self::Ok) -> bool + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: Self::Ok| f(item));
        Run::new(MapOk::new(self, call), TryAny::new())
    }
}

impl<S: AsyncTryIterator + ?Sized> AsyncTryIteratorMut for S {}
