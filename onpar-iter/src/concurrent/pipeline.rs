//! [`Concurrent`]: a pipeline that is being built.

use core::num::NonZero;
use core::time::Duration;

use onpar_core::Clock;

use super::drive::Rest;
use super::{Claimed, Drive, Every, InTurn, Lending, Lent, Progress, Running, Source, Stage, Watched};
use crate::Try;
use crate::adapt::{Filter, FilterMap};
use crate::call::{self, Call, SharedOwned, SharedRef, With};
use crate::collect::{Collect, FromStream};
use crate::consume::{Consumer, ForEach, TryForEach};

/// A pipeline of [`concurrent`](crate::AsyncIterator::concurrent): add stages, and end it by a method that gives a future.
///
/// Each stage works on up to its limit of items at once, that of the last call of `concurrent`. Results keep the order of the
/// source; from [`unordered`](Self::unordered) on, those of the following stages are passed on as they come.
///
/// A closure that is called for many items at once shares what it changes, in a `Cell` or behind a lock; one that is called for
/// one item after another may change what it likes, and comes last: [`for_each_mut`](Self::for_each_mut) and its kin.
///
/// All runs in the one future, and in its task: nothing is spawned, closures may borrow, and the future is `Send` if what it
/// holds is. A call's memory is allocated when that many are under way for the first time, and is used again after that.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
///
/// # async fn select(row: u32) -> u32 { row * 10 }
/// # async fn process(item: u32) -> Result<(), String> { if item < 90 { Ok(()) } else { Err(format!("{item} is too much")) } }
/// # pollster::block_on(async {
/// let processed = (0..20)
///     .into_async_iter()
///     .concurrent(limit!(5)) // at most 5 rows are being selected, or wait for their turn
///     .map(async |row| select(row).await)
///     .concurrent(limit!(1)) // one is processed, while others are being selected
///     .try_for_each(async |item| process(item).await)
///     .await;
/// assert_eq!(processed, Err("90 is too much".to_owned()));
/// # });
/// ```
#[derive(Debug)]
#[must_use = "a pipeline does nothing until it is ended, by `for_each` or `collect` and their kin, and that is awaited"]
pub struct Concurrent<P> {
    stages: P,
    limit: NonZero<usize>,
    ordered: bool,
}

impl<S> Concurrent<Source<S>> {
    pub(crate) const fn new(stream: S, limit: NonZero<usize>) -> Self {
        Self::of(Source::new(stream), limit, true)
    }
}

impl<P> Concurrent<P> {
    pub(super) const fn of(stages: P, limit: NonZero<usize>, ordered: bool) -> Self {
        Self { stages, limit, ordered }
    }
}

impl<P: Stage> Concurrent<P> {
    /// From here on, up to `limit` items at once in each stage.
    pub fn concurrent(self, limit: NonZero<usize>) -> Self {
        Self { limit, ..self }
    }

    /// From here on, stages pass their results on as they come, in any order.
    pub fn unordered(self) -> Self {
        Self { ordered: false, ..self }
    }

    /// From here on, stages pass their results on in the order in which they got the items. This is so from the start.
    pub fn ordered(self) -> Self {
        Self { ordered: true, ..self }
    }

    /// Hands items that were taken by the following stages, and not worked on to the end, to `f`: after an early end, an
    /// error, a panic, or when the pipeline is dropped. Each item is cloned as it is taken; where it cannot be, see
    /// [`on_unfinished_lent`](Self::on_unfinished_lent).
    ///
    /// `f` is called when all calls of the pipeline have been dropped, with one item after another, in the order in which they
    /// were taken: it puts the item back into a queue, say, and awaits nothing. If it panics, it gets the other items all the
    /// same, and the panic passes on after that (without `std`, the others are dropped).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// # pollster::block_on(async {
    /// let mut left = vec![];
    /// let pipeline = (0..9).into_async_iter().concurrent(limit!(3)).on_unfinished(|n| left.push(n));
    /// let result = pipeline.try_for_each(async |n| if n == 2 { Err("no") } else { std::future::pending().await });
    /// assert_eq!(result.await, Err("no"));
    /// assert_eq!(left, [0, 1]);
    /// # });
    /// ```
    pub fn on_unfinished<F>(self, f: F) -> Concurrent<Claimed<P, P::Item, F>>
    where
        P::Item: Clone,
        F: FnMut(P::Item),
    {
        Concurrent::of(Claimed::new(self.stages, f), self.limit, self.ordered)
    }

    /// As [`on_unfinished`](Self::on_unfinished), for items that are not `Clone`: each is kept until it has been worked on to
    /// the end, and is lent to the next stage, which takes `async |item: &Item|`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// struct Job(u32); // not `Clone`
    ///
    /// # pollster::block_on(async {
    /// let mut left = vec![];
    /// let jobs = (0..9).map(Job).into_async_iter().concurrent(limit!(3));
    /// let jobs = jobs.on_unfinished_lent(|Job(n)| left.push(n));
    /// let result = jobs.try_for_each(async |Job(n)| if *n == 2 { Err("no") } else { std::future::pending().await });
    /// assert_eq!(result.await, Err("no"));
    /// assert_eq!(left, [0, 1]);
    /// # });
    /// ```
    pub fn on_unfinished_lent<F: FnMut(P::Item)>(self, f: F) -> Lending<Lent<P, P::Item, F>> {
        Lending::new(Lent::new(self.stages, f), self.limit, self.ordered)
    }

    /// Calls `report` every so often, and once when the pipeline ends, with how far it is: how many of the items that the
    /// following stages have taken are done, and how many are under way.
    ///
    /// It costs a counter for each item, and no more than a poll of the timer for each poll. `report` is called within the
    /// poll, so it should not take long: it sets a progress bar, say. With an interval of zero it is called whenever the
    /// pipeline is polled.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// async fn process<C: Clock>(clock: &C, jobs: Vec<u32>) {
    ///     let pipeline = jobs.into_async_iter().concurrent(limit!(8)).progress(clock, Duration::from_secs(1), |now| {
    ///         println!("{} done, {} under way, {:.0} per second", now.done, now.in_flight, now.per_second);
    ///     });
    ///     pipeline.for_each(async |job| println!("job {job}")).await;
    /// }
    /// ```
    pub fn progress<C, F>(self, clock: C, every: Duration, report: F) -> Concurrent<Watched<P, C, F>>
    where
        C: Clock,
        F: FnMut(Progress),
    {
        Concurrent::of(Watched::new(self.stages, clock, every, report), self.limit, self.ordered)
    }

    /// What `f` gives for each item.
    pub fn map<R, F, Fut>(self, f: F) -> Concurrent<Running<P, F, SharedOwned<Fut>, R, P::Ticket, Every>>
    where
        F: AsyncFnMut(P::Item) -> R + FnMut(P::Item) -> Fut, // for many items at once: share what it changes
        Fut: Future<Output = R>,
    {
        let stages = Running::new(self.stages, f, Every, self.limit, self.ordered);
        Concurrent::of(stages, self.limit, self.ordered)
    }

    /// The items that `f` says yes to.
    pub fn filter<'x, F, Fut>(
        self,
        f: F,
    ) -> Concurrent<Running<P, F, SharedRef<P::Item, Fut>, (P::Item, bool), P::Ticket, Filter>>
    where
        P::Item: 'x,
        F: AsyncFnMut(&P::Item) -> bool + FnMut(&'x P::Item) -> Fut, // for many items at once: share what it changes
        Fut: Future<Output = bool>,
    {
        let stages = Running::new(self.stages, f, Filter, self.limit, self.ordered);
        Concurrent::of(stages, self.limit, self.ordered)
    }

    /// What `f` gives for each item, if it gives anything.
    pub fn filter_map<R, F, Fut>(
        self,
        f: F,
    ) -> Concurrent<Running<P, F, SharedOwned<Fut>, Option<R>, P::Ticket, FilterMap>>
    where
        F: AsyncFnMut(P::Item) -> Option<R> + FnMut(P::Item) -> Fut, // for many items at once: share what it changes
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
    /// As [`Drive`]: everything that is under way is dropped with it.
    pub fn for_each<F, Fut>(self, f: F) -> Drive<Running<P, F, SharedOwned<Fut>, (), P::Ticket, Every>, ForEach>
    where
        F: AsyncFnMut(P::Item) + FnMut(P::Item) -> Fut, // for many items at once; for one after another: for_each_mut
        Fut: Future<Output = ()>,
    {
        Drive::new(Running::new(self.stages, f, Every, self.limit, false), ForEach, Rest::Finished)
    }

    /// Calls `f`, which may change what it captures, with one item after another, whatever the limit. The stages before go on
    /// meanwhile. In a task that moves between threads, write [`for_each_with`](Self::for_each_with).
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: everything that is under way is dropped with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// # async fn enrich(n: u32) -> String { n.to_string() }
    /// # pollster::block_on(async {
    /// let mut out = Vec::new();
    /// let enriched = (1..4).into_async_iter().concurrent(limit!(16)).map(async |n| enrich(n).await);
    /// enriched.for_each_mut(async |text| out.push(text)).await;
    /// assert_eq!(out, ["1", "2", "3"]); // in the order of the source
    /// # });
    /// ```
    pub fn for_each_mut<'x, F>(self, f: F) -> Drive<InTurn<P, impl Call<P::Item, Output = ()>, P::Ticket>, ForEach>
    where
        P::Item: 'x,
        F: AsyncFnMut(P::Item) -> () + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: P::Item| f(item));
        Drive::new(InTurn::new(self.stages, call), ForEach, Rest::Finished)
    }

    /// [`for_each_mut`](Self::for_each_mut), with a closure that is lent a state. The future is `Send` by its type, if what it
    /// holds is.
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: everything that is under way is dropped with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// # pollster::block_on(async {
    /// let mut sum = 0;
    /// let doubled = (1..4).into_async_iter().concurrent(limit!(2)).map(async |n| n * 2);
    /// doubled.for_each_with(&mut sum, async |sum, n| **sum += n).await;
    /// assert_eq!(sum, 12);
    /// # });
    /// ```
    pub fn for_each_with<'x, St, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Drive<InTurn<P, With<St, F, Fut>, P::Ticket>, ForEach>
    where
        St: 'x,
        F: AsyncFnMut(&mut St, P::Item) -> () + FnMut(&'x mut St, P::Item) -> Fut,
        Fut: Future<Output = ()>,
    {
        Drive::new(InTurn::new(self.stages, call::with(state, f)), ForEach, Rest::Finished)
    }

    /// Calls `f` with each item, up to the limit of them at once, until it gives an error or a break: the first one in time. One
    /// that changes something is for [`try_for_each_mut`](Self::try_for_each_mut).
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: everything that is under way is dropped with it.
    ///
    /// # Errors
    ///
    /// The first one that `f` gives.
    pub fn try_for_each<R, F, Fut>(
        self,
        f: F,
    ) -> Drive<Running<P, F, SharedOwned<Fut>, R, P::Ticket, Every>, TryForEach<R>>
    where
        R: Try<Output = ()>,
        F: AsyncFnMut(P::Item) -> R + FnMut(P::Item) -> Fut, // for many items at once; for one after another: try_for_each_mut
        Fut: Future<Output = R>,
    {
        Drive::new(Running::new(self.stages, f, Every, self.limit, false), TryForEach::new(), Rest::Finished)
    }

    /// [`for_each_mut`](Self::for_each_mut), until `f` gives an error or a break.
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: everything that is under way is dropped with it.
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
    /// let mut sum = 0;
    /// let parsed = ["1", "2", "x"].into_async_iter().concurrent(limit!(2)).map(async |text| text.parse::<u32>());
    /// let added = parsed.try_for_each_mut(async |number| {
    ///     sum += number?;
    ///     Ok::<(), std::num::ParseIntError>(())
    /// });
    /// assert!(added.await.is_err());
    /// assert_eq!(sum, 3);
    /// # });
    /// ```
    pub fn try_for_each_mut<'x, R, F>(
        self,
        f: F,
    ) -> Drive<InTurn<P, impl Call<P::Item, Output = R>, P::Ticket>, TryForEach<R>>
    where
        P::Item: 'x,
        R: Try<Output = ()>,
        F: AsyncFnMut(P::Item) -> R + 'x,
    {
        let call = call::with(f, |f: &'x mut F, item: P::Item| f(item));
        Drive::new(InTurn::new(self.stages, call), TryForEach::new(), Rest::Finished)
    }

    /// [`for_each_with`](Self::for_each_with), until `f` gives an error or a break.
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: everything that is under way is dropped with it.
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
    /// let texts = ["1", "x", "2"].into_async_iter().concurrent(limit!(2)).map(async |text| text.parse::<u32>());
    /// let failed = texts.try_for_each_with(&mut seen, async |seen, number| Ok::<(), std::num::ParseIntError>(seen.push(number?)));
    /// assert!(failed.await.is_err());
    /// assert_eq!(seen, [1]);
    /// # });
    /// ```
    pub fn try_for_each_with<'x, St, R, F, Fut>(
        self,
        state: St,
        f: F,
    ) -> Drive<InTurn<P, With<St, F, Fut>, P::Ticket>, TryForEach<R>>
    where
        St: 'x,
        R: Try<Output = ()>,
        F: AsyncFnMut(&mut St, P::Item) -> R + FnMut(&'x mut St, P::Item) -> Fut,
        Fut: Future<Output = R>,
    {
        Drive::new(InTurn::new(self.stages, call::with(state, f)), TryForEach::new(), Rest::Finished)
    }

    /// All results, in a new collection; into a `Result` or an `Option`, until the first error or `None`.
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: the results so far are lost with it.
    pub fn collect<C: FromStream<P::Item>>(self) -> Drive<P, Collect<C::SoFar, C>> {
        self.run(Collect::new::<P::Item>((0, None)))
    }

    /// What a rule makes of all results.
    ///
    /// # Cancel safety
    ///
    /// As [`Drive`]: what the rule has made so far is lost with it.
    pub fn run<R: Consumer<P::Item>>(self, rule: R) -> Drive<P, R> {
        Drive::new(self.stages, rule, Rest::Unfinished)
    }
}
