//! [`AsyncTryIteratorWith`]: the methods for streams of results, for closures that are lent a state.

use crate::AsyncTryIterator;
use crate::adapt::{
    AndThen, InspectErr, InspectOk, MapErr, MapOk, OrElse, Steps, TryFilter, TryFilterMap, TrySkipWhile, TryTakeWhile,
};
use crate::call::{self, With, WithRef};
use crate::consume::{Run, TryAll, TryAny};

/// Every method of [`AsyncTryIterator`] that takes a closure, for closures that are lent a state: `name_with`.
///
/// The state comes first. Lent by name, it leaves the future `Send`, also within a task that moves between threads. To keep it
/// afterwards, pass `&mut state`.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIteratorWith, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut errors = vec![];
/// let items = [Ok(1), Err("gone")].into_async_iter();
/// let items = items.inspect_err_with(&mut errors, async |errors, error| errors.push(*error));
/// assert_eq!(items.count().await, 2);
/// assert_eq!(errors, ["gone"]);
/// # });
/// ```
pub trait AsyncTryIteratorWith: AsyncTryIterator {
    /// [`map_ok`](crate::AsyncTryIterator::map_ok), with a closure that is lent a state.
    fn map_ok_with<'x, St, R, F, Fut>(self, state: St, f: F) -> MapOk<Self, With<St, F, Fut>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Ok) -> R + FnMut(&'x mut St, Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        MapOk::new(self, call::with(state, f))
    }

    /// [`map_err`](crate::AsyncTryIterator::map_err), with a closure that is lent a state.
    fn map_err_with<'x, St, R, F, Fut>(self, state: St, f: F) -> MapErr<Self, With<St, F, Fut>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Error) -> R + FnMut(&'x mut St, Self::Error) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = R>,
    {
        MapErr::new(self, call::with(state, f))
    }

    /// [`and_then`](crate::AsyncTryIterator::and_then), with a closure that is lent a state.
    fn and_then_with<'x, St, R, F, Fut>(self, state: St, f: F) -> Steps<MapOk<Self, With<St, F, Fut>>, AndThen>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Ok) -> Result<R, Self::Error> + FnMut(&'x mut St, Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Result<R, Self::Error>>,
    {
        Steps::new(MapOk::new(self, call::with(state, f)), AndThen)
    }

    /// [`or_else`](crate::AsyncTryIterator::or_else), with a closure that is lent a state.
    fn or_else_with<'x, St, R, F, Fut>(self, state: St, f: F) -> Steps<MapErr<Self, With<St, F, Fut>>, OrElse>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Error) -> Result<Self::Ok, R> + FnMut(&'x mut St, Self::Error) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Result<Self::Ok, R>>,
    {
        Steps::new(MapErr::new(self, call::with(state, f)), OrElse)
    }

    /// [`inspect_ok`](crate::AsyncTryIterator::inspect_ok), with a closure that is lent a state.
    fn inspect_ok_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<MapOk<Self, WithRef<St, Self::Ok, F, Fut>>, InspectOk>
    where
        Self: Sized,
        Self::Ok: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Ok) -> () + FnMut(&'x mut St, &'x Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = ()>,
    {
        Steps::new(MapOk::new(self, call::with_ref(state, f)), InspectOk)
    }

    /// [`inspect_err`](crate::AsyncTryIterator::inspect_err), with a closure that is lent a state.
    fn inspect_err_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<MapErr<Self, WithRef<St, Self::Error, F, Fut>>, InspectErr>
    where
        Self: Sized,
        Self::Error: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Error) -> () + FnMut(&'x mut St, &'x Self::Error) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = ()>,
    {
        Steps::new(MapErr::new(self, call::with_ref(state, f)), InspectErr)
    }

    /// [`try_filter`](crate::AsyncTryIterator::try_filter), with a closure that is lent a state.
    fn try_filter_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<MapOk<Self, WithRef<St, Self::Ok, F, Fut>>, TryFilter>
    where
        Self: Sized,
        Self::Ok: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Ok) -> bool + FnMut(&'x mut St, &'x Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Steps::new(MapOk::new(self, call::with_ref(state, f)), TryFilter)
    }

    /// [`try_filter_map`](crate::AsyncTryIterator::try_filter_map), with a closure that is lent a state.
    fn try_filter_map_with<'x, St, R, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<MapOk<Self, With<St, F, Fut>>, TryFilterMap>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Ok) -> Result<Option<R>, Self::Error> + FnMut(&'x mut St, Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Result<Option<R>, Self::Error>>,
    {
        Steps::new(MapOk::new(self, call::with(state, f)), TryFilterMap)
    }

    /// [`try_skip_while`](crate::AsyncTryIterator::try_skip_while), with a closure that is lent a state.
    fn try_skip_while_with<'x, St, F, Fut>(self, state: St, f: F) -> TrySkipWhile<Self, WithRef<St, Self::Ok, F, Fut>>
    where
        Self: Sized,
        Self::Ok: 'x,
        Self::Error: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Ok) -> Result<bool, Self::Error> + FnMut(&'x mut St, &'x Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Result<bool, Self::Error>>,
    {
        TrySkipWhile::new(self, call::with_ref(state, f))
    }

    /// [`try_take_while`](crate::AsyncTryIterator::try_take_while), with a closure that is lent a state.
    fn try_take_while_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Steps<MapOk<Self, WithRef<St, Self::Ok, F, Fut>>, TryTakeWhile>
    where
        Self: Sized,
        Self::Ok: 'x,
        Self::Error: 'x,
        St: 'x,
        F: AsyncFnMut(&mut St, &Self::Ok) -> Result<bool, Self::Error> + FnMut(&'x mut St, &'x Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = Result<bool, Self::Error>>,
    {
        Steps::new(MapOk::new(self, call::with_ref(state, f)), TryTakeWhile::new())
    }

    /// [`try_all`](crate::AsyncTryIterator::try_all), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_all_with<'x, St, F, Fut>(self, state: St, f: F) -> Run<MapOk<Self, With<St, F, Fut>>, TryAll<Self::Error>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Ok) -> bool + FnMut(&'x mut St, Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(MapOk::new(self, call::with(state, f)), TryAll::new())
    }

    /// [`try_any`](crate::AsyncTryIterator::try_any), with a closure that is lent a state.
    ///
    /// # Cancel safety
    ///
    /// As [`Run`]: the items taken so far are lost with it, that of the call under way too.
    fn try_any_with<'x, St, F, Fut>(self, state: St, f: F) -> Run<MapOk<Self, With<St, F, Fut>>, TryAny<Self::Error>>
    where
        Self: Sized,
        St: 'x,
        F: AsyncFnMut(&mut St, Self::Ok) -> bool + FnMut(&'x mut St, Self::Ok) -> Fut, // what it changes or owns goes into the state
        Fut: Future<Output = bool>,
    {
        Run::new(MapOk::new(self, call::with(state, f)), TryAny::new())
    }
}

impl<S: AsyncTryIterator + ?Sized> AsyncTryIteratorWith for S {}
