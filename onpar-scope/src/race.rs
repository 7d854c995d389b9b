//! [`race`]: the first of several futures to end.

use core::fmt;
use core::marker::PhantomData;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::panic::resume_unwind;

use onpar_core::Clock;
use pin_project_lite::pin_project;

use crate::CleanupError;
use crate::by_value::ByValue;
use crate::engine::budget::ClockBudget;
use crate::engine::driver::Keeps;
use crate::engine::node::Kind;
use crate::engine::supervised::{Supervised, driver_here};
use crate::outcome::{Collecting, OutcomeFuture};
use crate::progress::End;
use crate::together::Container;

/// Polls several futures together, in one task, and gives the output of the first that ends. The losers are dropped, their
/// guards are cleaned up, and *then* the race returns: whoever asks one of three servers leaves no query behind at the others.
///
/// The first is the first in time; of those that are ready in one poll, the one of the first position. All members have the
/// same output. A race over a tuple, of one to twelve, or an array gives that output; an empty array does not compile, since
/// such a race would never end. A race over a `Vec` gives an `Option`: `None`, at once, if it is empty.
/// [`race_all`](crate::race_all) takes any iterator.
///
/// A race [owns](ByValue) its members: `race((&mut f, ..))` does not compile. To go on with a future after it has lost a race
/// is how deadlocks are made: it might hold a lock, or stand in line for one, while nobody polls it. Where work is to outlive a
/// wait for it, [spawn](crate::Scope::spawn) it, and let its handle race.
///
/// It waits for the cleanups of its own members alone. Losers are told [`LostRace`](onpar_core::CancelReason::LostRace), and
/// the cleanups of one begin beside those of another. Local guards are not its affair: they go to the local scope around it,
/// which may be there for the race alone: `local_scope(async |_| race(..).await)`.
/// How members are polled, and what allocates, [`join`](crate::join()) says; a race takes one allocation more, and one for each
/// member that leaves cleanups behind, or none where the thread has memory to use again.
///
/// # Cancel safety
///
/// Dropping it drops its members where they stand; the cleanups are handed over as those of a [`scope`](crate::scope()).
///
/// # Panics
///
/// A panic of a member cancels the others, and passes on after all cleanups.
///
/// # Examples
///
/// ```
/// use std::future::pending;
/// use onpar_scope::{defer, race};
///
/// async fn ask(server: &'static str) -> u32 {
///     let _query = defer(server, async |server| println!("{server}: never mind"));
///     if server == "near" { 42 } else { pending().await }
/// }
/// # pollster::block_on(async {
/// assert_eq!(race((ask("far"), ask("near"))).await, 42); // both queries have been ended
/// assert_eq!(race(["near", "far", "farther"].map(ask)).await, 42);
/// # });
/// ```
#[track_caller]
pub fn race<M, K>(members: M) -> Race<M>
where
    M: IntoRace + ByValue<K>, // a lent future would lie unpolled: give it away; an event loop becomes one by `.run()`
{
    Race::new(members.into_group(), Location::caller())
}

/// What can [race](race()): a tuple, an array or a `Vec` of futures that have the same output.
///
/// # Examples
///
/// ```
/// use onpar_scope::{ByValue, IntoRace, race};
///
/// async fn race_loudly<M: IntoRace + ByValue<K>, K>(members: M) -> M::Output {
///     println!("ready, steady, go");
///     race(members).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot race",
    label = "this is no tuple, array or `Vec` of at least one future",
    note = "write `race((a, b))` for two futures, and `race_all(iterator)` for those of an iterator",
    note = "a race without members would never end"
)]
pub trait IntoRace: Container + Sized {
    /// What the race gives.
    type Output;
    #[doc(hidden)]
    type Group: Future<Output = Self::Output>;
    #[doc(hidden)]
    fn into_group(self) -> Self::Group;
}

pin_project! {
    /// The future of [`race`] and [`race_all`](crate::race_all). What its members are says `M`; the rest follows from that.
    ///
    /// # Cancel safety
    ///
    /// As [`race`] says: dropping it drops its members and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::race;
    ///
    /// # pollster::block_on(async {
    /// let servers = race((async { 1 }, std::future::pending())).named("servers");
    /// assert_eq!(servers.await, 1);
    /// # });
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Race<M: IntoRace, G = <M as IntoRace>::Group, R = <M as IntoRace>::Output> {
        #[pin]
        work: Supervised<G, R>,
        _of: PhantomData<fn() -> M>,
    }
}

impl<M: IntoRace> Race<M> {
    pub(crate) fn new(group: M::Group, location: &'static Location<'static>) -> Self {
        Self { work: Supervised::new(driver_here(Kind::Send, "race", location), group), _of: PhantomData }
    }

    /// Names the race in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.work.rename(name);
        self
    }

    /// Bounds the cleanups by one total, counted from the end of the race.
    ///
    /// As [`ScopeFuture::cleanup_budget`](crate::ScopeFuture::cleanup_budget).
    pub fn cleanup_budget<C>(self, clock: C, total: Duration) -> Self
    where
        C: Clock<Sleep: Send> + Send + 'static, // of the local executor, `rt.clock()` is `Send`
    {
        self.work.set_budget(Box::pin(ClockBudget::new(clock, total)));
        self
    }

    /// Gives cleanup errors beside the value, instead of telling the [hook](crate::set_cleanup_hook).
    ///
    /// # Cancel safety
    ///
    /// As [`race`].
    pub fn outcome(self) -> OutcomeFuture<Self> {
        self.work.keep_errors(Keeps::All);
        OutcomeFuture::new(self)
    }
}

impl<M: IntoRace> Future for Race<M> {
    type Output = M::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<M::Output> {
        match ready!(self.project().work.poll(cx)) {
            End::Value(output) => Poll::Ready(output),
            End::Panic(payload) => resume_unwind(payload),
            // Only its drop cancels a race, and then nobody polls it.
            End::Cancelled => Poll::Pending,
        }
    }
}

impl<M: IntoRace> Collecting for Race<M> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.take_errors()
    }
}

impl<M: IntoRace> fmt::Debug for Race<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Race").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
