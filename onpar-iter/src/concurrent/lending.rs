//! [`Lending`]: a pipeline that is being built, and whose next stage is lent the items.

use core::num::NonZero;
use core::time::Duration;

use onpar_core::Clock;

use super::drive::Rest;
use super::{Concurrent, Drive, Every, Progress, Running, Stage, Watched};
use crate::Try;
use crate::adapt::FilterMap;
use crate::call::{Loan, SharedLent};
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

    /// Calls `f` with each item.
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: everything that is under way is dropped with it, and the items go to the closure of
    /// [`on_unfinished_lent`](Concurrent::on_unfinished_lent).
    pub fn for_each<'x, F, Fut>(self, f: F) -> Drive<Running<P, F, SharedLent<Fut>, (), P::Ticket, Every>, ForEach>
    where
        T: 'x,
        F: AsyncFnMut(&T) -> () + FnMut(&'x T) -> Fut, // for many items at once: share what it changes
        Fut: Future<Output = ()>,
    {
        Drive::new(Running::new(self.stages, f, Every, self.limit, false), ForEach, Rest::Finished)
    }

    /// Calls `f` with each item, until it gives an error or a break: the first one in time. The item of that call has been
    /// worked on to its end.
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
        F: AsyncFnMut(&T) -> R + FnMut(&'x T) -> Fut, // for many items at once: share what it changes
        Fut: Future<Output = R>,
    {
        Drive::new(Running::new(self.stages, f, Every, self.limit, false), TryForEach::new(), Rest::Finished)
    }
}
