//! [`try_scope`]: a scope that fails as a whole as soon as its body or a child does.
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

use onpar_core::callback::SendAsyncFnOnce1;
use onpar_core::{CancelReason, Clock};
use pin_project_lite::pin_project;

use crate::child::Child;
use crate::engine::budget::{Budget, ClockBudget};
use crate::engine::child_node::ChildPtr;
use crate::engine::driver::Keeps;
use crate::engine::driver_ref::{DriverRef, HandleOf};
use crate::engine::errors::{Errors, Failing, Policy};
use crate::engine::fallible_job::{Body, RunsOrFails};
use crate::engine::family::spawn;
use crate::engine::node::Kind;
use crate::engine::supervised::{Supervised, driver_with_state_here};
use crate::label::Label;
use crate::outcome::{CleanupErrors, Collecting, OutcomeFuture};
use crate::progress::End;
use crate::{Cancelled, CleanupError, Failure, Scope, hook};

/// A [`scope`](crate::scope()) whose body and children give a `Result`: the first error cancels all the others, and is
/// returned when they have been cleaned up.
///
/// The first error in time is the [primary](Failure::primary) one; among those of one poll, that of whoever was polled first:
/// the body, then the children in the order in which they were woken, which for new ones is the order in which they were
/// spawned. The errors of others that were woken in the same poll stand beside it, and so do the errors of the cleanups.
///
/// With [`collect_all`](TryScopeFuture::collect_all) an error cancels nobody but those who await the output of the child that
/// has failed.
///
/// Everything else is as in a [`scope`](crate::scope()), to whose handle this one's derefs.
///
/// # Cancel safety
///
/// As [`scope`](crate::scope()). Errors that have been collected so far are dropped.
///
/// # Errors
///
/// A [`Failure`], with all errors, if the body or a child has failed or the scope was [cancelled](TryScope::cancel).
///
/// # Panics
///
/// A panic of the body or of a child passes on, after the cleanups.
///
/// # Examples
///
/// ```
/// use onpar_scope::try_scope;
///
/// async fn fetch(host: &str) -> Result<usize, String> {
///     if host.is_empty() { Err("no host".to_owned()) } else { Ok(host.len()) }
/// }
/// # pollster::block_on(async {
/// let hosts = ["a.example", ""];
/// let total = try_scope(async |s| {
///     let [first, second] = hosts.map(|host| s.spawn(fetch(host)));
///     Ok(first.await + second.await)
/// });
/// assert_eq!(total.await.unwrap_err().primary, "no host");
/// # });
/// ```
#[track_caller]
pub fn try_scope<'x, 'env, F, Fut, R, E>(body: F) -> TryScopeFuture<'x, Fut, E>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    F: for<'scope> AsyncFnOnce(&'scope TryScope<'scope, 'env, E>) -> Result<R, E>, // write `async |s| ..`
    F: FnOnce(&'x TryScope<'x, 'env, E>) -> Fut,                                   // write `async |s| ..`
    Fut: Future<Output = Result<R, E>>,                                            // write `async |s| ..`
    'env: 'x,
    E: 'env,
{
    let driver =
        driver_with_state_here(Kind::Send, "try scope", Location::caller(), Errors::<E>::new(Policy::FailFast));
    // SAFETY: as in `scope`: the node outlives the body, which cannot keep the handle.
    let handle = unsafe { TryScope::of(&driver) };
    TryScopeFuture::new(driver, handle, || body(handle))
}

/// The handle of a [`try_scope`], which its body gets. It derefs to [`Scope`].
///
/// # Examples
///
/// ```
/// use onpar_scope::{TryScope, try_scope};
///
/// async fn accept(s: &TryScope<'_, '_, String>) -> Result<(), String> {
///     s.settled().await;
///     Err("no more".to_owned())
/// }
/// # pollster::block_on(async {
/// assert!(try_scope(async |s| accept(s).await).await.is_err());
/// # });
/// ```
// `E: 'env` stands here, and not at the functions alone, for the compiler's sake: a closure that takes the handle has to know
// that what a child borrows need not outlive the lifetimes in `E` (of which `'static` is one), but only `'env`.
#[repr(transparent)]
pub struct TryScope<'scope, 'env: 'scope, E: 'env> {
    driver: HandleOf<Errors<E>>,
    /// Invariant in both lifetimes, as `std::thread::Scope` is. A function, since that is `Sync` whatever it takes.
    lifetimes: PhantomData<fn(Cell<(&'scope (), &'env ())>)>,
}

impl<'scope, E> TryScope<'scope, '_, E> {
    /// A driver for a scope that is made here.
    pub(crate) fn driver_here(kind: Kind, name: &'static str, location: &'static Location<'static>) -> DriverRef {
        driver_with_state_here(kind, name, location, Errors::<E>::new(Policy::FailFast))
    }

    /// The handle of a driver's scope.
    ///
    /// # Safety
    ///
    /// The driver was made with `Errors<E>`, and outlives `'scope`.
    pub(crate) unsafe fn of<'x>(driver: &DriverRef) -> &'x Self {
        // SAFETY: as the caller promises.
        let driver = unsafe { driver.with_state::<Errors<E>>() };
        // SAFETY: the handle is such a driver, transparently; the caller promises that it lives.
        unsafe { &*driver.cast::<Self>() }
    }

    fn failing(&self) -> Failing<'_, E> {
        Failing::new(self.driver.shared(), self.driver.state())
    }

    /// Spawns a child. If it fails, so does the scope. As [`Scope::spawn`] otherwise: awaiting it gives what stands in its `Ok`.
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, its children are dropped where they stand, and what they guard is cleaned up.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::try_scope;
    ///
    /// # pollster::block_on(async {
    /// let sum = try_scope(async |s| {
    ///     let one = s.spawn(async { "1".parse::<u32>() });
    ///     let two = s.spawn(async { "two".parse::<u32>() });
    ///     Ok(one.await + two.await)
    /// });
    /// assert_eq!(sum.await.unwrap_err().to_string(), "invalid digit found in string");
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn<Fut, T>(&'scope self, future: Fut) -> Child<'scope, T>
    where
        Fut: Future<Output = Result<T, E>> + Send + 'scope, // not `Send`? `local_try_scope`; borrows from the body? a scope in it
        T: Send + 'scope,
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
    pub fn spawn_named<Fut, T>(&'scope self, name: &'static str, future: Fut) -> Child<'scope, T>
    where
        Fut: Future<Output = Result<T, E>> + Send + 'scope,
        T: Send + 'scope,
        E: Send,
    {
        self.spawn_at(future, Label { name, location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), of a closure that gets a value of its own. As [`Scope::spawn_with`].
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::try_scope;
    ///
    /// # pollster::block_on(async {
    /// let words = ["1", "2", "three"];
    /// let parsed = try_scope(async |s| {
    ///     for word in words {
    ///         drop(s.spawn_with(word, async |word| word.parse::<u32>()));
    ///     }
    ///     Ok(())
    /// });
    /// assert!(parsed.await.is_err());
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn_with<V, F, T>(&'scope self, value: V, work: F) -> Child<'scope, T>
    where
        F: SendAsyncFnOnce1<V, Result<T, E>, Future: 'scope>,
        T: Send + 'scope,
        E: Send,
    {
        self.spawn(work(value))
    }

    #[inline]
    fn spawn_at<Fut, T>(&'scope self, future: Fut, label: Label) -> Child<'scope, T>
    where
        Fut: Future<Output = Result<T, E>> + Send + 'scope,
        T: Send + 'scope,
        E: Send,
    {
        // SAFETY: the child, its output and its error are `Send`.
        let node = unsafe { self.spawn_node(future, label) };
        // SAFETY: the node is a new child's, with this output.
        unsafe { Child::new(node) }
    }

    /// # Safety
    ///
    /// The scope stays on this thread, or the child, its output and its error are `Send`.
    pub(crate) unsafe fn spawn_node<Fut, T>(&'scope self, future: Fut, label: Label) -> ChildPtr
    where
        Fut: Future<Output = Result<T, E>> + 'scope,
        T: 'scope,
    {
        let job = RunsOrFails::new(future, self.failing());
        // SAFETY: the future that owns the scope drops the children before it ends, and `'scope` does not end before. The
        // rest is as the caller promises.
        unsafe { spawn(self.driver.shared(), job, label) }
    }

    /// Fails the scope, from wherever this handle is: the body and all children are cancelled, and cleaned up.
    ///
    /// The cancelling begins when the scope's current poll is over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::try_scope;
    ///
    /// # pollster::block_on(async {
    /// let work = try_scope::<_, _, (), _>(async |s| {
    ///     s.fail("no use going on");
    ///     std::future::pending().await
    /// });
    /// assert_eq!(work.await.unwrap_err().primary, "no use going on");
    /// # });
    /// ```
    pub fn fail(&self, error: E) {
        // What calls this has not ended by it.
        let _verdict = self.failing().fail(error);
    }

    /// Cancels the scope: the body and all children are dropped, and what they guard is cleaned up and told the reason. The
    /// scope then fails with a [`Cancelled`].
    ///
    /// The cancelling begins when the scope's current poll is over. A scope that is being cancelled already is left alone.
    /// A [`scope`](crate::scope()) has no error to give, and so nothing that cancels it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::CancelReason;
    /// use onpar_scope::{Cancelled, try_scope};
    ///
    /// # pollster::block_on(async {
    /// let server = try_scope::<_, _, (), Cancelled>(async |s| {
    ///     drop(s.spawn(async { Ok(s.cancel("shutting down")) })); // say, when a signal comes
    ///     std::future::pending().await
    /// });
    /// assert_eq!(server.await.unwrap_err().primary, Cancelled(CancelReason::Requested("shutting down")));
    /// # });
    /// ```
    pub fn cancel(&self, reason: impl Into<CancelReason>)
    where
        E: From<Cancelled>,
    {
        let reason = reason.into();
        self.failing().cancel(reason, || Cancelled(reason).into());
    }
}

impl<'scope, 'env, E> Deref for TryScope<'scope, 'env, E> {
    type Target = Scope<'scope, 'env>;

    fn deref(&self) -> &Scope<'scope, 'env> {
        Scope::of_driver(self.driver.driver())
    }
}

impl<E> fmt::Debug for TryScope<'_, '_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TryScope").finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of [`try_scope`].
    ///
    /// # Cancel safety
    ///
    /// As [`try_scope`] says: dropping it drops the body and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::try_scope;
    ///
    /// # pollster::block_on(async {
    /// let future = try_scope(async |_| Ok::<_, String>(42)).named("answers");
    /// assert_eq!(future.await.unwrap(), 42);
    /// # });
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct TryScopeFuture<'scope, Fut: Future, E> {
        #[pin]
        work: Supervised<Body<'scope, Fut, E>>,
        scope: Failing<'scope, E>,
        // Whether all cleanup errors are collected, for an outcome.
        collected: bool,
    }

    impl<Fut: Future, E> PinnedDrop for TryScopeFuture<'_, Fut, E> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            // The body and the children first: they may leave errors.
            this.work.end();
            drop(this.scope.errors().take());
        }
    }
}

impl<'scope, Fut, R, E> TryScopeFuture<'scope, Fut, E>
where
    Fut: Future<Output = Result<R, E>>,
{
    /// A body with its driver, of which `handle` is the handle.
    pub(crate) fn new(driver: DriverRef, handle: &'scope TryScope<'scope, '_, E>, body: impl FnOnce() -> Fut) -> Self {
        let mut this = Self { work: Supervised::unmade(driver), scope: handle.failing(), collected: false };
        this.work.keep_errors(Keeps::OnceCancelled);
        this.work.make(Body::new(body(), handle.failing()));
        this
    }
}

impl<Fut: Future, E> TryScopeFuture<'_, Fut, E> {
    /// Bounds the cleanups. The scope must be one that may hold this budget's clock.
    pub(crate) fn set_budget(&self, budget: Pin<Box<dyn Budget>>) {
        self.work.set_budget(budget);
    }

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
        self.set_budget(Box::pin(ClockBudget::new(clock, total)));
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

    /// Lets the others go on when one fails. The scope fails when all have ended, with all the errors.
    ///
    /// Whoever awaits the output of a child that has failed can't go on, and is cancelled at once: a sibling, or the body.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::try_scope;
    ///
    /// # pollster::block_on(async {
    /// let words = ["1", "two", "three"];
    /// let checked = try_scope(async |s| {
    ///     for word in words {
    ///         drop(s.spawn(async move { word.parse::<u32>().map_err(|_| word) }));
    ///     }
    ///     Ok(())
    /// })
    /// .collect_all();
    /// assert_eq!(checked.await.unwrap_err().iter().collect::<Vec<_>>(), [&"two", &"three"]);
    /// # });
    /// ```
    pub fn collect_all(self) -> Self {
        self.scope.errors().set_policy(Policy::CollectAll);
        self.work.keep_errors(Keeps::All);
        self
    }

    /// Gives all cleanup errors beside the value, also where the scope has not failed.
    ///
    /// # Cancel safety
    ///
    /// As the scope itself.
    ///
    /// # Panics
    ///
    /// A panic of the body or of a child passes on; the cleanup errors are then told to the hook.
    pub fn outcome(mut self) -> OutcomeFuture<Self> {
        self.collect_for_outcome();
        OutcomeFuture::new(self)
    }

    pub(crate) fn collect_for_outcome(&mut self) {
        self.collected = true;
        self.work.keep_errors(Keeps::All);
    }
}

impl<Fut, R, E> Future for TryScopeFuture<'_, Fut, E>
where
    Fut: Future<Output = Result<R, E>>,
{
    type Output = Result<R, Failure<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<R, Failure<E>>> {
        let mut this = self.project();
        let value = match ready!(this.work.as_mut().poll(cx)) {
            End::Value(value) => value,
            End::Cancelled => None,
            End::Panic(payload) => resume_unwind(payload),
        };
        // What an outcome collects stays for it.
        let cleanup = if *this.collected { Vec::new() } else { this.work.take_errors() };
        let mut errors = this.scope.errors().take().into_iter();
        if let Some(primary) = errors.next() {
            return Poll::Ready(Err(Failure {
                primary,
                others: errors.collect(),
                cleanup: CleanupErrors::new(cleanup),
            }));
        }
        cleanup.iter().for_each(hook::report);
        // Whoever takes the value away leaves an error.
        value.map_or(Poll::Pending, Poll::Ready).map(|value| value.map_err(Failure::of))
    }
}

impl<Fut, R, E> Collecting for TryScopeFuture<'_, Fut, E>
where
    Fut: Future<Output = Result<R, E>>,
{
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.take_errors()
    }
}

impl<Fut: Future, E> fmt::Debug for TryScopeFuture<'_, Fut, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TryScopeFuture").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
