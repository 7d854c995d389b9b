//! [`try_join`]: waits for all of several futures, or until one fails.

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
use crate::together::group::Group;
use crate::together::until_one_fails::UntilOneFails;
use crate::together::{Container, Members};
use crate::{CleanupError, Failure};

/// Polls several futures together, in one task, and gives their values when all have succeeded: a tuple for a tuple of one
/// to twelve, an array for an array, a `Vec` for a `Vec`. The first error cancels the others: they are dropped, their guards
/// are cleaned up, and *then* the error is returned. [`try_join_all`](crate::try_join_all) takes any iterator.
///
/// The first error is the first in time; of those of one poll, that of the first position. The others of that poll stand
/// beside it in the [`Failure`]. How members are polled, and what allocates, [`join`](crate::join()) says; this takes one
/// allocation more, and one for each member that leaves cleanups behind, or none where the thread has memory to use again.
///
/// It waits for the cleanups of its own members alone. They are told
/// [`SiblingFailed`](onpar_core::CancelReason::SiblingFailed), and those of one member begin beside those of another. Local
/// guards are not its affair: they go to the local scope around it.
///
/// # Cancel safety
///
/// Dropping it drops its members where they stand, and the values of those that have ended; the cleanups are handed over as
/// those of a [`scope`](crate::scope()).
///
/// # Errors
///
/// [`Failure`], if a member fails; what went wrong with the cleanups stands in it.
///
/// # Panics
///
/// A panic of a member cancels the others, and passes on after all cleanups.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Failure, try_join};
///
/// async fn parse(words: &str) -> Result<u32, std::num::ParseIntError> { words.parse() }
///
/// # pollster::block_on(async {
/// assert_eq!(try_join((parse("7"), async { Ok("seven") })).await.unwrap(), (7, "seven"));
///
/// let failure = try_join([parse("7"), parse("eight"), parse("")]).await.unwrap_err();
/// assert_eq!(failure.to_string(), "invalid digit found in string; 1 more error: cannot parse integer from empty string");
/// # });
/// ```
#[track_caller]
pub fn try_join<M, K>(members: M) -> TryJoin<M>
where
    M: IntoTryJoin + ByValue<K>, // a lent future would lie unpolled: give it away; an event loop becomes one by `.run()`
{
    TryJoin::new(members.into_members(), Location::caller())
}

/// What can be [joined until one fails](try_join()): a tuple, an array or a `Vec` of futures that give a `Result` with the
/// same error.
///
/// # Examples
///
/// ```
/// use onpar_scope::{ByValue, Failure, IntoTryJoin, try_join};
///
/// async fn first_error<M: IntoTryJoin + ByValue<K>, K>(members: M) -> Result<M::Output, M::Error> {
///     try_join(members).await.map_err(Failure::into_primary)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be joined until one fails",
    label = "this is no tuple, array or `Vec` of futures that give a `Result`",
    note = "write `try_join((a, b))` for two futures, and `try_join_all(iterator)` for those of an iterator"
)]
pub trait IntoTryJoin: Container + Sized {
    /// The values.
    type Output;
    /// The error of each member.
    type Error;
    #[doc(hidden)]
    type Members: Members<UntilOneFails<Self::Error>, Kept = Self::Output>;
    #[doc(hidden)]
    fn into_members(self) -> Self::Members;
}

pin_project! {
    /// The future of [`try_join`] and [`try_join_all`](crate::try_join_all). What its members are says `M`; the rest follows
    /// from that.
    ///
    /// # Cancel safety
    ///
    /// As [`try_join`] says: dropping it drops its members and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::try_join;
    ///
    /// # pollster::block_on(async {
    /// let both = try_join((async { Ok::<_, ()>(1) }, async { Ok(2) })).named("both");
    /// assert_eq!(both.await.unwrap(), (1, 2));
    /// # });
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct TryJoin<
        M: IntoTryJoin,
        G = <M as IntoTryJoin>::Members,
        T = <M as IntoTryJoin>::Output,
        E = <M as IntoTryJoin>::Error,
    > {
        #[pin]
        work: Supervised<Group<G, UntilOneFails<E>>, Result<T, Failure<E>>>,
        _of: PhantomData<fn() -> M>,
        // Whether the cleanup errors belong to the outcome.
        outcome: bool,
    }
}

impl<M: IntoTryJoin> TryJoin<M> {
    pub(crate) fn new(members: M::Members, location: &'static Location<'static>) -> Self {
        let driver = driver_here(Kind::Send, "try_join", location);
        let work = Supervised::new(driver, Group::new(members, UntilOneFails::new()));
        work.keep_errors(Keeps::All);
        Self { work, _of: PhantomData, outcome: false }
    }

    /// Names it in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.work.rename(name);
        self
    }

    /// Bounds the cleanups by one total, counted from the end of the members.
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
    /// As [`try_join`].
    pub fn outcome(self) -> OutcomeFuture<Self> {
        OutcomeFuture::new(Self { outcome: true, ..self })
    }
}

impl<M: IntoTryJoin> Future for TryJoin<M> {
    type Output = Result<M::Output, Failure<M::Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        match ready!(this.work.as_mut().poll(cx)) {
            End::Value(mut result) => {
                if !*this.outcome {
                    tell(this.work.take_errors(), result.as_mut().err());
                }
                Poll::Ready(result)
            }
            End::Panic(payload) => resume_unwind(payload),
            // Only its drop cancels it, and then nobody polls it.
            End::Cancelled => Poll::Pending,
        }
    }
}

impl<M: IntoTryJoin> Collecting for TryJoin<M> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.take_errors()
    }
}

impl<M: IntoTryJoin> fmt::Debug for TryJoin<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TryJoin").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
