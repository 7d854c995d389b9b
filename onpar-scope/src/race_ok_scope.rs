//! [`race_ok_scope`]: a scope whose first success counts.
#![expect(unsafe_code, reason = "the handle in the driver's node")]

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::panic::resume_unwind;

use onpar_core::Clock;
use onpar_core::callback::SendAsyncFnOnce1;
use pin_project_lite::pin_project;

use crate::child::Child;
use crate::engine::budget::ClockBudget;
use crate::engine::driver::Keeps;
use crate::engine::driver_ref::{DriverRef, HandleOf};
use crate::engine::errors::{Emptied, Errors, Failing, Policy};
use crate::engine::fallible_job::{Body, RunsOrFails};
use crate::engine::family::spawn;
use crate::engine::node::Kind;
use crate::engine::supervised::{Supervised, driver_with_state_here};
use crate::label::Label;
use crate::outcome::{CleanupErrors, Collecting, OutcomeFuture};
use crate::progress::End;
use crate::{CleanupError, Failure, Scope, hook};

/// A [`scope`](crate::scope()) whose body and children race for a success: the first `Ok` cancels all the others, and is
/// returned when they have been cleaned up. If nobody succeeds, it fails with all the errors.
///
/// [`race_ok`](crate::race_ok) is the same for a fixed set of futures; here children are spawned as it goes, say, a second
/// request when the first one takes too long.
///
/// The body is one of those who race. One that only spawns ends with the error for the case that nobody succeeds.
///
/// # Cancel safety
///
/// As [`scope`](crate::scope()). Errors that have been collected so far are dropped.
///
/// # Errors
///
/// A [`Failure`] with all errors, the first one in time as the primary one, if nobody has succeeded.
///
/// # Panics
///
/// A panic of the body or of a child passes on, after the cleanups.
///
/// # Examples
///
/// ```
/// use onpar_scope::race_ok_scope;
///
/// async fn ask(mirror: &str) -> Result<usize, &'static str> {
///     if mirror.is_empty() { Err("no name") } else { Ok(mirror.len()) }
/// }
/// # pollster::block_on(async {
/// let mirrors = ["", "b.example", "c.example"];
/// let answer = race_ok_scope(async |s| {
///     for mirror in mirrors {
///         drop(s.spawn(ask(mirror)));
///     }
///     Err("no mirror has answered")
/// });
/// assert_eq!(answer.await.unwrap(), 9);
/// # });
/// ```
#[track_caller]
pub fn race_ok_scope<'x, 'env, F, Fut, T, E>(body: F) -> RaceOkScopeFuture<'x, Fut, T, E>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    F: for<'scope> AsyncFnOnce(&'scope RaceOkScope<'scope, 'env, T, E>) -> Result<T, E>, // write `async |s| ..`
    F: FnOnce(&'x RaceOkScope<'x, 'env, T, E>) -> Fut,                                   // write `async |s| ..`
    Fut: Future<Output = Result<T, E>>,                                                  // write `async |s| ..`
    'env: 'x,
    T: 'env,
    E: 'env,
{
    let race = Race::<T, E> { winners: Errors::new(Policy::FirstWins), losers: Errors::new(Policy::CollectAll) };
    let driver = driver_with_state_here(Kind::Send, "race scope", Location::caller(), race);
    // SAFETY: as in `scope`: the node outlives the body, which cannot keep the handle.
    let handle = unsafe { RaceOkScope::of(&driver) };
    let (winners, losers) = (handle.winners(), handle.losers());
    let mut race = RaceOkScopeFuture { work: Supervised::unmade(driver), winners, losers, collected: false };
    race.work.keep_errors(Keeps::OnceCancelled);
    race.work.make(Body::new(Racer::new(body(handle), losers), winners));
    race
}

/// What a race of successes has come to so far.
struct Race<T, E> {
    winners: Errors<T>,
    losers: Errors<E>,
}

/// The handle of a [`race_ok_scope`], which its body gets. It derefs to [`Scope`].
///
/// # Examples
///
/// ```
/// use onpar_scope::{RaceOkScope, race_ok_scope};
///
/// fn ask_all<'scope>(s: &'scope RaceOkScope<'scope, '_, u32, String>) {
///     for answer in [7, 8] {
///         drop(s.spawn(async move { Ok(answer) }));
///     }
/// }
/// # pollster::block_on(async {
/// let answer = race_ok_scope(async |s| {
///     ask_all(s);
///     Err("nobody".to_owned())
/// });
/// assert_eq!(answer.await.unwrap(), 7);
/// # });
/// ```
// The bounds stand here for the compiler's sake: see `TryScope`.
#[repr(transparent)]
pub struct RaceOkScope<'scope, 'env: 'scope, T: 'env, E: 'env> {
    driver: HandleOf<Race<T, E>>,
    /// Invariant in both lifetimes, as `std::thread::Scope` is. A function, since that is `Sync` whatever it takes.
    lifetimes: PhantomData<fn(Cell<(&'scope (), &'env ())>)>,
}

impl<'scope, T, E> RaceOkScope<'scope, '_, T, E> {
    /// The handle of a driver's scope.
    ///
    /// # Safety
    ///
    /// The driver was made with a `Race<T, E>`, and outlives `'scope`.
    unsafe fn of<'x>(driver: &DriverRef) -> &'x Self {
        // SAFETY: as the caller promises.
        let driver = unsafe { driver.with_state::<Race<T, E>>() };
        // SAFETY: the handle is such a driver, transparently; the caller promises that it lives.
        unsafe { &*driver.cast::<Self>() }
    }

    fn winners(&self) -> Failing<'_, T> {
        Failing::new(self.driver.shared(), &self.driver.state().winners)
    }

    fn losers(&self) -> &Errors<E> {
        &self.driver.state().losers
    }

    /// Spawns a child that races. Its handle says when it has lost; a winner cancels whoever awaits that.
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, its children are dropped where they stand, and what they guard is cleaned up.
    #[track_caller]
    pub fn spawn<Fut>(&'scope self, future: Fut) -> Child<'scope, ()>
    where
        Fut: Future<Output = Result<T, E>> + Send + 'scope, // borrows from the body? a scope in it
        T: Send,
        E: Send,
    {
        self.spawn_at(future, Label { name: "child", location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), with a name for reports.
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    #[track_caller]
    pub fn spawn_named<Fut>(&'scope self, name: &'static str, future: Fut) -> Child<'scope, ()>
    where
        Fut: Future<Output = Result<T, E>> + Send + 'scope,
        T: Send,
        E: Send,
    {
        self.spawn_at(future, Label { name, location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), of a closure that gets a value of its own. As [`Scope::spawn_with`].
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    #[track_caller]
    pub fn spawn_with<V, F>(&'scope self, value: V, work: F) -> Child<'scope, ()>
    where
        F: SendAsyncFnOnce1<V, Result<T, E>, Future: 'scope>,
        T: Send,
        E: Send,
    {
        self.spawn(work(value))
    }

    fn spawn_at<Fut>(&'scope self, future: Fut, label: Label) -> Child<'scope, ()>
    where
        Fut: Future<Output = Result<T, E>> + 'scope,
    {
        let job = RunsOrFails::new(Racer::new(future, self.losers()), self.winners());
        // SAFETY: the future that owns the scope drops the children before it ends, and `'scope` does not end before. The
        // public callers ask for the child, its value and its error to be `Send`.
        let node = unsafe { spawn(self.driver.shared(), job, label) };
        // SAFETY: the node is a new child's, with this output.
        unsafe { Child::new(node) }
    }
}

impl<'scope, 'env, T, E> Deref for RaceOkScope<'scope, 'env, T, E> {
    type Target = Scope<'scope, 'env>;

    fn deref(&self) -> &Scope<'scope, 'env> {
        Scope::of_driver(self.driver.driver())
    }
}

impl<T, E> fmt::Debug for RaceOkScope<'_, '_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RaceOkScope").finish_non_exhaustive()
    }
}

pin_project! {
    /// One of those who race: a value ends the scope, as an error does elsewhere, and an error is put aside.
    struct Racer<'scope, Fut: Future, T, E> {
        #[pin]
        future: Fut,
        losers: &'scope Errors<E>,
        // A function, so that this is a future whatever the output is: the struct that holds it need not know.
        flip: fn(&Errors<E>, Fut::Output) -> Result<(), T>,
    }
}

impl<'scope, Fut, T, E> Racer<'scope, Fut, T, E>
where
    Fut: Future<Output = Result<T, E>>,
{
    fn new(future: Fut, losers: &'scope Errors<E>) -> Self {
        let flip = |losers: &Errors<E>, result| match result {
            Ok(value) => Err(value),
            Err(error) => {
                losers.add(error);
                Ok(())
            }
        };
        Self { future, losers, flip }
    }
}

impl<Fut: Future, T, E> Future for Racer<'_, Fut, T, E> {
    type Output = Result<(), T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        let this = self.project();
        this.future.poll(cx).map(|result| (this.flip)(this.losers, result))
    }
}

pin_project! {
    /// The future of [`race_ok_scope`].
    ///
    /// # Cancel safety
    ///
    /// As [`race_ok_scope`] says: dropping it drops the body and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::race_ok_scope;
    ///
    /// # pollster::block_on(async {
    /// let future = race_ok_scope(async |_| Ok::<_, String>(42)).named("answers");
    /// assert_eq!(future.await.unwrap(), 42);
    /// # });
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct RaceOkScopeFuture<'scope, Fut: Future, T, E> {
        #[pin]
        work: Supervised<Body<'scope, Racer<'scope, Fut, T, E>, T>>,
        winners: Failing<'scope, T>,
        losers: &'scope Errors<E>,
        // Whether all cleanup errors are collected, for an outcome.
        collected: bool,
    }

    impl<Fut: Future, T, E> PinnedDrop for RaceOkScopeFuture<'_, Fut, T, E> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            // The body and the children first: they may leave values and errors.
            this.work.end();
            // Both, also where a value panics as it is dropped.
            let _losers = Emptied(this.losers);
            let _winners = Emptied(this.winners.errors());
        }
    }
}

impl<Fut: Future, T, E> RaceOkScopeFuture<'_, Fut, T, E> {
    /// Names the scope in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.work.rename(name);
        self
    }

    /// Bounds the cleanups by one total. As [`ScopeFuture::cleanup_budget`](crate::ScopeFuture::cleanup_budget).
    pub fn cleanup_budget<C>(self, clock: C, total: Duration) -> Self
    where
        C: Clock<Sleep: Send> + Send + 'static, // of the local executor, `rt.clock()` is `Send`
    {
        self.work.set_budget(Box::pin(ClockBudget::new(clock, total)));
        self
    }

    /// Writes down what is alive in the scope, for [`tree`](crate::Scope::tree) to show. As
    /// [`ScopeFuture::observed`](crate::ScopeFuture::observed).
    pub fn observed<C>(self, clock: C) -> Self
    where
        C: Clock + Send + Sync + 'static, // of the local executor, `rt.clock()` is `Send`
    {
        self.work.observe(Box::new(move || clock.now()));
        self
    }

    /// Gives all cleanup errors beside the value.
    ///
    /// # Cancel safety
    ///
    /// As the scope itself.
    ///
    /// # Panics
    ///
    /// A panic of the body or of a child passes on; the cleanup errors are then told to the hook.
    pub fn outcome(mut self) -> OutcomeFuture<Self> {
        self.collected = true;
        self.work.keep_errors(Keeps::All);
        OutcomeFuture::new(self)
    }
}

impl<Fut, T, E> Future for RaceOkScopeFuture<'_, Fut, T, E>
where
    Fut: Future<Output = Result<T, E>>,
{
    type Output = Result<T, Failure<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T, Failure<E>>> {
        let mut this = self.project();
        if let End::Panic(payload) = ready!(this.work.as_mut().poll(cx)) {
            resume_unwind(payload);
        }
        // What an outcome collects stays for it.
        let cleanup = if *this.collected { Vec::new() } else { this.work.take_errors() };
        if let Some(value) = this.winners.errors().take().into_iter().next() {
            cleanup.iter().for_each(hook::report);
            return Poll::Ready(Ok(value));
        }
        let mut errors = this.losers.take().into_iter();
        // Whoever has not won has left an error: the body at least.
        let Some(primary) = errors.next() else { return Poll::Pending };
        Poll::Ready(Err(Failure { primary, others: errors.collect(), cleanup: CleanupErrors::new(cleanup) }))
    }
}

impl<Fut, T, E> Collecting for RaceOkScopeFuture<'_, Fut, T, E>
where
    Fut: Future<Output = Result<T, E>>,
{
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.take_errors()
    }
}

impl<Fut: Future, T, E> fmt::Debug for RaceOkScopeFuture<'_, Fut, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RaceOkScopeFuture").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
