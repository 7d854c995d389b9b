//! [`race_ok`]: the first of several futures to succeed.

use core::fmt;
use core::marker::PhantomData;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::panic::resume_unwind;

use onpar_core::Clock;
use pin_project_lite::pin_project;

use crate::by_value::ByValue;
use crate::engine::budget::ClockBudget;
use crate::engine::driver::Keeps;
use crate::engine::node::Kind;
use crate::engine::supervised::{Supervised, driver_here};
use crate::failure::tell;
use crate::outcome::{Collecting, OutcomeFuture};
use crate::progress::End;
use crate::together::Container;
use crate::{CleanupError, Failure};

/// Polls several futures together, in one task, and gives the first value; an error only puts its member out of the race. If
/// all fail, it gives all errors: the first in time as the primary one, the others beside it in the order in which they came.
///
/// Otherwise it is a [`race`](crate::race()), with the same words on ties, losers, cleanups and cost. A race over a `Vec`
/// gives an `Option`: `None`, at once, if it is empty. [`race_ok_all`](crate::race_ok_all) takes any iterator.
///
/// # Cancel safety
///
/// As [`race`](crate::race()). The errors of members that have failed are dropped with it.
///
/// # Errors
///
/// [`Failure`], if all members fail; what went wrong with the cleanups stands in it.
///
/// # Panics
///
/// A panic of a member cancels the others, and passes on after all cleanups.
///
/// # Examples
///
/// ```
/// use onpar_scope::race_ok;
///
/// async fn ask(server: &str) -> Result<u32, String> {
///     if server == "up" { Ok(42) } else { Err(format!("{server} is down")) }
/// }
/// # pollster::block_on(async {
/// assert_eq!(race_ok(["a", "up", "b"].map(ask)).await.unwrap(), 42);
/// assert_eq!(race_ok((ask("a"), ask("b"))).await.unwrap_err().to_string(), "a is down; 1 more error: b is down");
/// # });
/// ```
#[track_caller]
pub fn race_ok<M, K>(members: M) -> RaceOk<M>
where
    M: IntoRaceOk + ByValue<K>, // a lent future would lie unpolled: give it away; an event loop becomes one by `.run()`
{
    RaceOk::new(members.into_group(), Location::caller())
}

/// What can [race to succeed](race_ok()): a tuple, an array or a `Vec` of futures that give the same `Result`.
///
/// # Examples
///
/// ```
/// use onpar_scope::{ByValue, IntoRaceOk, race_ok};
///
/// async fn any<M: IntoRaceOk + ByValue<K>, K>(members: M) -> M::Output {
///     race_ok(members).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot race to succeed",
    label = "this is no tuple, array or `Vec` of at least one future that gives a `Result`",
    note = "write `race_ok((a, b))` for two futures, and `race_ok_all(iterator)` for those of an iterator",
    note = "a race without members would never end"
)]
pub trait IntoRaceOk: Container + Sized {
    /// The error of each member.
    type Error;
    /// What the race gives.
    type Output;
    #[doc(hidden)]
    type Group: Future<Output = Self::Output>;
    #[doc(hidden)]
    fn into_group(self) -> Self::Group;
    #[doc(hidden)]
    fn failure(output: &mut Self::Output) -> Option<&mut Failure<Self::Error>>;
}

pin_project! {
    /// The future of [`race_ok`] and [`race_ok_all`](crate::race_ok_all). What its members are says `M`; the rest follows from
    /// that.
    ///
    /// # Cancel safety
    ///
    /// As [`race_ok`] says: dropping it drops its members and hands the cleanups over.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct RaceOk<M: IntoRaceOk, G = <M as IntoRaceOk>::Group, R = <M as IntoRaceOk>::Output> {
        #[pin]
        work: Supervised<G, R>,
        _of: PhantomData<fn() -> M>,
        // Whether the cleanup errors belong to the outcome.
        outcome: bool,
    }
}

impl<M: IntoRaceOk> RaceOk<M> {
    pub(crate) fn new(group: M::Group, location: &'static Location<'static>) -> Self {
        let work = Supervised::new(driver_here(Kind::Send, "race_ok", location), group);
        work.keep_errors(Keeps::All);
        Self { work, _of: PhantomData, outcome: false }
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

    /// Gives cleanup errors beside the value or the failure. Without it, a failure carries them, and those beside a value are
    /// told to the [hook](crate::set_cleanup_hook).
    ///
    /// # Cancel safety
    ///
    /// As [`race_ok`].
    pub fn outcome(self) -> OutcomeFuture<Self> {
        OutcomeFuture::new(Self { outcome: true, ..self })
    }
}

impl<M: IntoRaceOk> Future for RaceOk<M> {
    type Output = M::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<M::Output> {
        let mut this = self.project();
        match ready!(this.work.as_mut().poll(cx)) {
            End::Value(mut output) => {
                if !*this.outcome {
                    tell(this.work.take_errors(), M::failure(&mut output));
                }
                Poll::Ready(output)
            }
            End::Panic(payload) => resume_unwind(payload),
            // Only its drop cancels a race, and then nobody polls it.
            End::Cancelled => Poll::Pending,
        }
    }
}

impl<M: IntoRaceOk> Collecting for RaceOk<M> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.take_errors()
    }
}

impl<M: IntoRaceOk> fmt::Debug for RaceOk<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RaceOk").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
