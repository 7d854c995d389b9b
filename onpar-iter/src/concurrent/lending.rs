//! [`Lending`]: a pipeline that is being built, and whose next stage is lent the items.

use core::num::NonZero;
use core::time::Duration;

use onpar_core::Clock;

use super::drive::Rest;
use super::{Concurrent, Drive, Every, InTurn, Progress, Running, Stage, Watched};
use crate::Try;
use crate::adapt::FilterMap;
use crate::call::{self, Call, Loan, SharedLent, WithLent};
use crate::consume::{ForEach, TryForEach};

/// A pipeline after [`on_unfinished_lent`](Concurrent::on_unfinished_lent): its next stage is lent the items.
///
/// What that stage gives is passed on by value, in a [`Concurrent`], while the item is kept until it has been worked on to
/// the end.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
///
/// # pollster::block_on(async {
/// let texts = ["a", "bb"].map(String::from);
/// let lengths = texts.into_async_iter().concurrent(limit!(2)).on_unfinished_lent(drop).map(async |text| text.len());
/// assert_eq!(lengths.collect::<Vec<_>>().await, [1, 2]);
/// # });
/// ```
#[derive(Debug)]
#[must_use = "a pipeline does nothing until it is ended, by `for_each` or `collect` and their kin, and that is awaited"]
pub struct Lending<P> {
    stages: P,
    limit: NonZero<usize>,
    ordered: bool,
}

impl<P> Lending<P> {
    pub(super) const fn new(stages: P, limit: NonZero<usize>, ordered: bool) -> Self {
        Self { stages, limit, ordered }
    }
}

impl<T, P: Stage<Item = Loan<T>>> Lending<P> {
    /// Calls `report` every so often: see [`Concurrent::progress`].
    pub fn progress<C, F>(self, clock: C, every: Duration, report: F) -> Lending<Watched<P, C, F>>
    where
        C: Clock,
        F: FnMut(Progress),
    {
        Lending::new(Watched::new(self.stages, clock, every, report), self.limit, self.ordered)
    }

    /// What `f` gives for each item.
    pub fn map<'x, R, F, Fut>(self, f: F) -> Concurrent<Running<P, F, SharedLent<Fut>, R, P::Ticket, Every>>
    where
        T: 'x,
        F: AsyncFnMut(&T) -> R + FnMut(&'x T) -> Fut, // for many items at once: share what it changes
        Fut: Future<Output = R>,
    {
        let stages = Running::new(self.stages, f, Every, self.limit, self.ordered);
        Concurrent::of(stages, self.limit, self.ordered)
    }

    /// What `f` gives for each item, if it gives anything.
    pub fn filter_map<'x, R, F, Fut>(
        self,
        f: F,
    ) -> Concurrent<Running<P, F, SharedLent<Fut>, Option<R>, P::Ticket, FilterMap>>
    where
        T: 'x,
        F: AsyncFnMut(&T) -> Option<R> + FnMut(&'x T) -> Fut, // for many items at once: share what it changes
        Fut: Future<Output = Option<R>>,
    {
        let stages = Running::new(self.stages, f, FilterMap, self.limit, self.ordered);
        Concurrent::of(stages, self.limit, self.ordered)
    }

    /// Calls `f` with each item, up to the limit of them at once. One that changes something is for
    /// [`for_each_mut`](Self::for_each_mut).
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: everything that is under way is dropped with it, and the items go to the closure of
    /// [`on_unfinished_lent`](Concurrent::on_unfinished_lent).
    pub fn for_each<'x, F, Fut>(self, f: F) -> Drive<Running<P, F, SharedLent<Fut>, (), P::Ticket, Every>, ForEach>
    where
        T: 'x,
        F: AsyncFnMut(&T) -> () + FnMut(&'x T) -> Fut, // for many items at once; for one after another: for_each_mut
        Fut: Future<Output = ()>,
    {
        Drive::new(Running::new(self.stages, f, Every, self.limit, false), ForEach, Rest::Finished)
    }

    /// Calls `f`, which may change what it captures, with one item after another, whatever the limit. The stages before go on
    /// meanwhile. In a task that moves between threads, write [`for_each_with`](Self::for_each_with).
    ///
    /// # Cancel safety
    ///
    /// As [`for_each`](Self::for_each).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// # async fn row(n: u32) -> String { n.to_string() }
    /// # async fn write(file: &mut String, row: &str) { file.push_str(row) }
    /// # pollster::block_on(async {
    /// let (mut file, mut not_written) = (String::new(), vec![]);
    /// let rows = (1..4).into_async_iter().concurrent(limit!(16)).map(async |n| row(n).await);
    /// let rows = rows.on_unfinished_lent(|row| not_written.push(row));
    /// rows.for_each_mut(async |row| write(&mut file, row).await).await;
    /// assert_eq!((&*file, not_written.len()), ("123", 0)); // in the order of the source
    /// # });
    /// ```
    pub fn for_each_mut<'x, F>(self, f: F) -> Drive<InTurn<P, impl Call<Loan<T>, Output = ()>, P::Ticket>, ForEach>
    where
        T: 'x,
        F: AsyncFnMut(&T) -> () + 'x,
    {
        let call = call::with_lent(f, |f: &'x mut F, item: &'x T| f(item));
        Drive::new(InTurn::new(self.stages, call), ForEach, Rest::Finished)
    }

    /// [`for_each_mut`](Self::for_each_mut), with a closure that is lent a state. The future is `Send` by its type, if what it
    /// holds is.
    ///
    /// # Cancel safety
    ///
    /// As [`for_each`](Self::for_each).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// # pollster::block_on(async {
    /// let mut bytes = 0;
    /// let texts = ["a", "bb"].map(String::from).into_async_iter().concurrent(limit!(2)).on_unfinished_lent(drop);
    /// texts.for_each_with(&mut bytes, async |bytes, text| **bytes += text.len()).await;
    /// assert_eq!(bytes, 3);
    /// # });
    /// ```
    pub fn for_each_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Drive<InTurn<P, WithLent<St, F, Fut>, P::Ticket>, ForEach>
    where
        St: 'x,
        T: 'x,
        F: AsyncFnMut(&mut St, &T) -> () + FnMut(&'x mut St, &'x T) -> Fut,
        Fut: Future<Output = ()>,
    {
        Drive::new(InTurn::new(self.stages, call::with_lent(state, f)), ForEach, Rest::Finished)
    }

    /// Calls `f` with each item, up to the limit of them at once, until it gives an error or a break: the first one in time. The
    /// item of that call has been worked on to its end. One that changes something is for
    /// [`try_for_each_mut`](Self::try_for_each_mut).
    ///
    /// # Cancel safety
    ///
    /// As [`for_each`](Self::for_each).
    ///
    /// # Errors
    ///
    /// The first one that `f` gives.
    pub fn try_for_each<'x, R, F, Fut>(
        self,
        f: F,
    ) -> Drive<Running<P, F, SharedLent<Fut>, R, P::Ticket, Every>, TryForEach<R>>
    where
        T: 'x,
        R: Try<Output = ()>,
        F: AsyncFnMut(&T) -> R + FnMut(&'x T) -> Fut, // for many items at once; for one after another: try_for_each_mut
        Fut: Future<Output = R>,
    {
        Drive::new(Running::new(self.stages, f, Every, self.limit, false), TryForEach::new(), Rest::Finished)
    }

    /// [`for_each_mut`](Self::for_each_mut), until `f` gives an error or a break. The item of that call has been worked on to
    /// its end.
    ///
    /// # Cancel safety
    ///
    /// As [`for_each`](Self::for_each).
    ///
    /// # Errors
    ///
    /// The first one that `f` gives.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// # pollster::block_on(async {
    /// let (mut sum, mut left) = (0, vec![]);
    /// let texts = ["1", "x", "2"].map(String::from).into_async_iter().concurrent(limit!(2)).map(async |text| text);
    /// let added = texts.on_unfinished_lent(|text| left.push(text)).try_for_each_mut(async |text| {
    ///     sum += text.parse::<u32>()?;
    ///     Ok::<(), std::num::ParseIntError>(())
    /// });
    /// assert!(added.await.is_err());
    /// assert_eq!(sum, 1);
    /// assert!(!left.contains(&"x".to_owned())); // the call with it came to its end
    /// # });
    /// ```
    pub fn try_for_each_mut<'x, R, F>(
        self,
        f: F,
    ) -> Drive<InTurn<P, impl Call<Loan<T>, Output = R>, P::Ticket>, TryForEach<R>>
    where
        T: 'x,
        R: Try<Output = ()>,
        F: AsyncFnMut(&T) -> R + 'x,
    {
        let call = call::with_lent(f, |f: &'x mut F, item: &'x T| f(item));
        Drive::new(InTurn::new(self.stages, call), TryForEach::new(), Rest::Finished)
    }

    /// [`for_each_with`](Self::for_each_with), until `f` gives an error or a break. The item of that call has been worked on to
    /// its end.
    ///
    /// # Cancel safety
    ///
    /// As [`for_each`](Self::for_each).
    ///
    /// # Errors
    ///
    /// The first one that `f` gives.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// # pollster::block_on(async {
    /// let mut seen = vec![];
    /// let texts = ["1", "x", "2"].map(String::from).into_async_iter().concurrent(limit!(2)).on_unfinished_lent(drop);
    /// let failed = texts.try_for_each_with(&mut seen, async |seen, text| {
    ///     seen.push(text.parse::<u32>()?);
    ///     Ok::<(), std::num::ParseIntError>(())
    /// });
    /// assert!(failed.await.is_err());
    /// assert_eq!(seen, [1]);
    /// # });
    /// ```
    pub fn try_for_each_with<'x, St, R, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Drive<InTurn<P, WithLent<St, F, Fut>, P::Ticket>, TryForEach<R>>
    where
        St: 'x,
        T: 'x,
        R: Try<Output = ()>,
        F: AsyncFnMut(&mut St, &T) -> R + FnMut(&'x mut St, &'x T) -> Fut,
        Fut: Future<Output = R>,
    {
        Drive::new(InTurn::new(self.stages, call::with_lent(state, f)), TryForEach::new(), Rest::Finished)
    }
}
