//! [`scope()`]: work whose cleanups are awaited before it ends.
#![expect(unsafe_code, reason = "the handle in the driver's node")]

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::panic::resume_unwind;

use onpar_core::Clock;
use onpar_core::callback::SendAsyncFnOnce1;
use pin_project_lite::pin_project;

use crate::CleanupError;
use crate::cancelled::Cancellation;
use crate::child::Child;
use crate::children::Children;
use crate::engine::budget::ClockBudget;
use crate::engine::child_job::Runs;
use crate::engine::driver::{Driver, Keeps};
use crate::engine::driver_ref::DriverRef;
use crate::engine::family::spawn;
use crate::engine::node::Kind;
use crate::engine::shared::Shared;
use crate::engine::supervised::{Supervised, driver_here};
use crate::label::Label;
use crate::outcome::{Collecting, OutcomeFuture};
use crate::progress::End;
use crate::settled::Settled;
use crate::then::Then;

/// Runs `body`, and waits for the cleanup of every guard that was dropped in it before it returns.
///
/// Whatever way the body ends, its guards are cleaned up, and awaited, here:
///
/// | the body | the scope |
/// |---|---|
/// | returns, or leaves by `?` | runs the cleanups, then gives the value |
/// | panics | runs the cleanups, then passes the panic on |
/// | is cancelled inside, by whatever drops a future | runs the cleanups beside the body |
/// | is cancelled as a whole: the scope's future is dropped | hands the cleanups to the scope around it, else to the [`Reaper`](crate::Reaper), else tells the [hook](crate::set_cleanup_hook) |
///
/// It works through functions that know nothing of scopes: a guard finds its scope by itself. The scope is one future in
/// one task, on any executor, and is `Send` if the body is. It allocates once, or not at all where the thread has memory to
/// use again.
///
/// A scope whose future is forgotten ([`mem::forget`](core::mem::forget)) leaks its body, and whatever is handed to it later:
/// nobody polls it, and nobody can know.
///
/// # The body is an async closure
///
/// Write `async |s| ..`, or `async move |s| ..` where it has to own what it captures. A plain closure that returns a future,
/// `|s| async move { .. }`, is refused, since its future could take the handle out of the scope:
///
/// ```text
/// error: implementation of `AsyncFnOnce` is not general enough
///   = note: `{closure@..}` must implement `AsyncFnOnce<(&'1 onpar::Scope<'1, '_>,)>`, for any lifetime `'1`...
///   = note: ...but it actually implements `AsyncFnOnce<(&'2 onpar::Scope<'_, '_>,)>`, for some specific lifetime `'2`
/// ```
///
/// The error cannot say so itself: whether a closure fits *some* lifetime is settled before lifetimes are told apart, and a
/// trait of our own is asked for its words then and not later. "Borrowed data escapes" and "lifetime may not live long enough",
/// with a `Scope` in it, mean that the body keeps the handle, returns it, or gives it to a task: use it in the body.
///
/// The same "not general enough", said of `Send` and of a caller of yours that takes an `impl AsyncFn` and calls it in here,
/// is rust#110338: have the caller take an `impl AsyncFnOnce`, or `impl Fn(A) -> Fut`, or pass a closure that is `async move`.
///
/// # Cancel safety
///
/// Dropping the future drops the body where it stands; the cleanups are handed over as the table says, with the scope's
/// budget, and are told `Cancelled`. The body's value, if it has ended already, is dropped.
///
/// # Panics
///
/// A panic of the body passes on, after the cleanups. A panic in a cleanup is an error of that cleanup.
///
/// # Examples
///
/// ```
/// use onpar_scope::{defer, scope};
///
/// # pollster::block_on(async {
/// let mut log = vec![];
/// let answer = scope(async |_| {
///     let _connection = defer("connection", async |name| println!("closing {name}"));
///     log.push("asked");
///     42
/// })
/// .await; // the connection has been closed
/// assert_eq!((answer, log), (42, vec!["asked"]));
/// # });
/// ```
#[track_caller]
pub fn scope<'x, 'env, F, Fut, R>(body: F) -> ScopeFuture<'x, Fut>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    F: for<'scope> AsyncFnOnce(&'scope Scope<'scope, 'env>) -> R, // write `async |s| ..`
    F: FnOnce(&'x Scope<'x, 'env>) -> Fut,                        // write `async |s| ..`
    Fut: Future<Output = R>,                                      // write `async |s| ..`
    'env: 'x,
{
    let driver = driver_here(Kind::Send, "scope", Location::caller());
    // SAFETY: the handle lives in the driver's node, which outlives the body: the future that owns both drops the body
    // first, and a forgotten future leaks both. The body was checked for every lifetime, so it cannot keep the handle
    // beyond its own end.
    let handle = unsafe { Scope::of(&driver) };
    let mut work = Supervised::unmade(driver);
    work.make(body(handle));
    ScopeFuture::new(work, Children::of(handle))
}

/// The handle of a [`scope()`], which its body gets.
///
/// It lives as long as the scope and cannot leave it.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Scope, defer, scope};
///
/// async fn accept(s: &Scope<'_, '_>) {
///     drop(defer(1, async |_| println!("closed")));
///     s.settled().await;
/// }
/// # pollster::block_on(async {
/// scope(async |s| accept(s).await).await;
/// # });
/// ```
#[repr(transparent)]
pub struct Scope<'scope, 'env: 'scope> {
    driver: Driver,
    /// Invariant in both lifetimes, as `std::thread::Scope` is.
    lifetimes: PhantomData<Cell<(&'scope (), &'env ())>>,
}

// SAFETY: the handle uses the methods of a driver that are for every thread, and no others.
unsafe impl Sync for Scope<'_, '_> {}

impl<'scope> Scope<'scope, '_> {
    /// The handle of a driver's scope.
    ///
    /// # Safety
    ///
    /// The driver outlives `'scope`.
    unsafe fn of<'x>(driver: &DriverRef) -> &'x Self {
        // SAFETY: only what is for every thread is used through the handle.
        let driver: *const Driver = unsafe { driver.owned() };
        // SAFETY: the handle is a driver, transparently; the caller promises that it lives.
        unsafe { &*driver.cast::<Self>() }
    }

    /// The handle of a driver's scope, for as long as the driver is borrowed.
    pub(crate) fn of_driver(driver: &Driver) -> &Self {
        // SAFETY: the handle is a driver, transparently. Borrowed, the driver outlives it.
        unsafe { &*core::ptr::from_ref(driver).cast::<Self>() }
    }

    /// What any thread may use of the driver.
    pub(crate) fn shared(&self) -> &Shared {
        self.driver.shared()
    }

    /// Spawns a child, which runs while the body awaits anything, in the same task.
    ///
    /// The child may borrow whatever lives outside of the scope. One that borrows from the body needs a scope in the body. The
    /// scope ends when its body and all of its children have ended. A child that panics cancels the body and its siblings; when
    /// they have been cleaned up, the panic passes on, and the [hook](crate::set_cleanup_hook) is told which child it was.
    ///
    /// Allocates once, or not at all where the thread has memory to use again.
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, its children are dropped where they stand, and what they guard is cleaned up.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::scope;
    ///
    /// # pollster::block_on(async {
    /// let words = vec!["borrowed", "not", "cloned"];
    /// let lengths = scope(async |s| {
    ///     let first = s.spawn(async { words[0].len() });
    ///     let nested = s.spawn(async { s.spawn(async { words[1].len() }).await });
    ///     (first.await, nested.await)
    /// })
    /// .await;
    /// assert_eq!(lengths, (8, 3));
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn<Fut>(&'scope self, future: Fut) -> Child<'scope, Fut::Output>
    where
        Fut: Future<Output: Send> + Send, // not `Send`? `local_scope`; of the local executor, `rt.clock()` is
        Fut: Future<Output: 'scope> + 'scope, // borrows from the body? a nested scope in it, whose children may
    {
        self.spawn_at(future, Label { name: "child", location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), with a name for reports.
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::scope;
    ///
    /// # pollster::block_on(async {
    /// let answer = scope(async |s| s.spawn_named("answers", async { 42 }).await).await;
    /// assert_eq!(answer, 42);
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn_named<Fut>(&'scope self, name: &'static str, future: Fut) -> Child<'scope, Fut::Output>
    where
        Fut: Future<Output: Send + 'scope> + Send + 'scope,
    {
        self.spawn_at(future, Label { name, location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), of a closure that gets a value of its own: a loop's variable, say. The closure borrows what
    /// else it uses, so that it needs no `move`.
    ///
    /// It may be an async closure, or one that returns a future.
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::scope;
    ///
    /// # pollster::block_on(async {
    /// let names = vec![String::from("a"), String::from("b")];
    /// scope(async |s| {
    ///     for entry in names.iter().enumerate() {
    ///         drop(s.spawn_with(entry, async |(number, name)| println!("{number} of {}: {name}", names.len())));
    ///     }
    /// })
    /// .await;
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn_with<V, F, R>(&'scope self, value: V, work: F) -> Child<'scope, R>
    where
        F: SendAsyncFnOnce1<V, R, Future: 'scope>,
        R: Send + 'scope,
    {
        self.spawn(work(value))
    }

    /// As [`spawn`](Self::spawn), with a hook that runs in the child when the future has ended: a plain closure, which gets
    /// the output and gives that of the child.
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn). The hook of a child that is cancelled does not run.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::scope;
    ///
    /// # async fn delay(millis: u64) {}
    /// # pollster::block_on(async {
    /// scope(async |s| {
    ///     drop(s.spawn_then(delay(300), |()| println!("300 ms later")));
    ///     assert_eq!(s.spawn_then(async { "seven" }, str::len).await, 5);
    /// })
    /// .await;
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn_then<Fut, F, R>(&'scope self, future: Fut, hook: F) -> Child<'scope, R>
    where
        Fut: Future + Send + 'scope,
        F: FnOnce(Fut::Output) -> R + Send + 'scope,
        R: Send + 'scope,
    {
        self.spawn(Then::new(future, hook))
    }

    #[inline]
    fn spawn_at<Fut>(&'scope self, future: Fut, label: Label) -> Child<'scope, Fut::Output>
    where
        Fut: Future<Output: Send + 'scope> + Send + 'scope,
    {
        // SAFETY: the future that owns the scope drops the children before it ends, and `'scope` does not end before. Both
        // the child and its output are `Send`.
        let node = unsafe { spawn(self.driver.shared(), Runs::new(future), label) };
        // SAFETY: the node is a new child's, with this output.
        unsafe { Child::new(node) }
    }

    /// Waits for the scope to be cancelled, and says why: by [`TryScope::cancel`](crate::TryScope::cancel), an error or a panic
    /// in it, or whatever drops its future.
    ///
    /// The body and the children of a scope that is cancelled are dropped at once. So this is for what goes on beside them:
    /// work that is [shielded](crate::shield), tasks on other runtimes, cleanups that can be cut short.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::CancelReason;
    /// use onpar_scope::{Failure, scope, try_scope};
    ///
    /// # pollster::block_on(async {
    /// scope(async |outer| {
    ///     let failed = try_scope::<_, _, (), _>(async |s| {
    ///         let cancelled = s.cancelled();
    ///         drop(outer.spawn_then(cancelled, |reason| assert_eq!(reason, CancelReason::SiblingFailed)));
    ///         Err("no")
    ///     });
    ///     assert_eq!(failed.await.map_err(Failure::into_primary), Err("no"));
    /// })
    /// .await;
    /// # });
    /// ```
    pub fn cancelled(&self) -> Cancellation {
        // SAFETY: the scope is open, so its driver is alive.
        Cancellation::new(unsafe { DriverRef::retain(self.driver.shared().node()) })
    }

    /// Waits until every cleanup that is pending in this scope, and what those leave behind, has ended.
    ///
    /// A body that goes on for ever, such as an accept loop, waits here for the connections it has dropped. Guards that are
    /// still held are not waited for.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing: the cleanups go on.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{defer, scope};
    ///
    /// # pollster::block_on(async {
    /// scope(async |s| {
    ///     drop(defer(1, async |_| println!("closed")));
    ///     s.settled().await; // closed by now
    /// })
    /// .await;
    /// # });
    /// ```
    pub fn settled(&self) -> Settled<'_> {
        Settled::new(self.driver.shared())
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of [`scope()`].
    ///
    /// # Cancel safety
    ///
    /// As [`scope()`] says: dropping it drops the body and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::scope;
    ///
    /// # pollster::block_on(async {
    /// let future = scope(async |_| 42).named("answers");
    /// assert_eq!(future.await, 42);
    /// # });
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct ScopeFuture<'scope, Fut: Future> {
        #[pin]
        work: Supervised<Fut>,
        children: Children<'scope>,
    }
}

impl<'scope, Fut: Future> ScopeFuture<'scope, Fut> {
    /// A body that spawns its children by a handle of this lifetime.
    pub(crate) fn new(work: Supervised<Fut>, children: Children<'scope>) -> Self {
        Self { work, children }
    }

    /// Names the scope in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.work.rename(name);
        self
    }

    /// Bounds the cleanups by one total, counted on `clock` from the end of the body. Allocates once.
    ///
    /// What has not ended when the budget is spent is dropped and reported as
    /// [`TimedOut`](crate::CleanupErrorKind::TimedOut), with the name of its guard; a cleanup that had to wait until then is
    /// still polled once. Lest one cleanup that never ends use up the time of all, the order gives way as the budget runs
    /// down: when half of it is left, a quarter, an eighth and so on, a cleanup that has been running since the step before
    /// no longer holds back those that wait for it. The order
    /// is kept as long as no cleanup takes more than half of the budget that was left when it began.
    ///
    /// Without a budget the scope waits for as long as it takes. A budget of zero polls each cleanup once.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_scope::scope;
    ///
    /// async fn bounded<C: Clock<Sleep: Send> + Send + 'static>(clock: C) {
    ///     scope(async |_| {}).cleanup_budget(clock, Duration::from_secs(5)).await;
    /// }
    /// ```
    pub fn cleanup_budget<C>(self, clock: C, total: Duration) -> Self
    where
        C: Clock<Sleep: Send> + Send + 'static, // of the local executor, `rt.clock()` is `Send`
    {
        self.work.set_budget(Box::pin(ClockBudget::new(clock, total)));
        self
    }

    /// Writes down what is alive in the scope, for [`tree`](Scope::tree) to show, with the time by `clock`.
    ///
    /// What runs in the scope is written down too: its children, the scopes and timeouts in them, and the cleanups. That costs
    /// a lock and two looks at the clock for each, and memory for each that is alive. A scope that is not observed pays nothing.
    ///
    /// In an observed scope there is no need for it: what runs there is in that one's tree, and its own `tree` shows that from
    /// itself down. Where it is called there, it changes nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::Clock;
    /// use onpar_scope::scope;
    ///
    /// async fn serve(clock: impl Clock + Send + Sync + 'static) {
    ///     let work = scope(async |s| {
    ///         let child = s.spawn(async { eprintln!("{}", s.tree()) });
    ///         child.await
    ///     });
    ///     work.named("server").observed(clock).await
    /// }
    /// ```
    pub fn observed<C>(self, clock: C) -> Self
    where
        C: Clock + Send + Sync + 'static, // of the local executor, `rt.clock()` is `Send`
    {
        self.work.observe(Box::new(move || clock.now()));
        self
    }

    /// Gives cleanup errors beside the value, instead of telling the [hook](crate::set_cleanup_hook).
    ///
    /// # Cancel safety
    ///
    /// As the scope itself.
    ///
    /// # Panics
    ///
    /// A panic of the body passes on; the cleanup errors are then told to the hook.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{defer, scope};
    ///
    /// # pollster::block_on(async {
    /// let outcome = scope(async |_| drop(defer((), async |()| Err("refused")))).outcome().await;
    /// assert_eq!(outcome.cleanup.len(), 1);
    /// # });
    /// ```
    pub fn outcome(self) -> OutcomeFuture<Self> {
        self.work.keep_errors(Keeps::All);
        OutcomeFuture::new(self)
    }
}

impl<Fut: Future> Future for ScopeFuture<'_, Fut> {
    type Output = Fut::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Fut::Output> {
        match ready!(self.project().work.poll(cx)) {
            End::Value(value) => Poll::Ready(value),
            End::Panic(payload) => resume_unwind(payload),
            // Only its drop cancels a scope, and then nobody polls it.
            End::Cancelled => Poll::Pending,
        }
    }
}

impl<Fut: Future> Collecting for ScopeFuture<'_, Fut> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.take_errors()
    }
}

impl<Fut: Future> fmt::Debug for ScopeFuture<'_, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopeFuture").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
