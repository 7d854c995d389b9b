//! [`local_scope`]: a scope for work and cleanups that stay on their thread.
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
use pin_project_lite::pin_project;

use crate::child::LocalChild;
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
use crate::of_this_thread::{Local, MovesBetweenThreads, OfThisThread};
use crate::outcome::{Collecting, OutcomeFuture};
use crate::progress::End;
use crate::then::Then;
use crate::{CleanupError, Scope};

/// [`scope`](crate::scope()) for guards that are not `Send`: those of [`local_guard`](crate::local_guard) and
/// [`local_defer`](crate::local_defer), and all others too.
///
/// Its future is never `Send`. When it is dropped before its end, it hands over, with everything it has left, to the nearest
/// *local* scope on this thread's stack, else to the local scope in which it was made, else to this thread's
/// [`LocalReaper`](crate::LocalReaper), else the [hook](crate::set_cleanup_hook) is told.
///
/// # Cancel safety
///
/// As [`scope`](crate::scope()).
///
/// # Panics
///
/// As [`scope`](crate::scope()).
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_scope::{local_defer, local_scope};
///
/// # pollster::block_on(async {
/// local_scope(async |_| {
///     let _widget = local_defer(Rc::new("window"), async |name| println!("closing {name}"));
/// })
/// .await;
/// # });
/// ```
#[track_caller]
pub fn local_scope<'x, 'env, F, Fut, R>(body: F) -> LocalScopeFuture<'x, Fut>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    F: for<'scope> AsyncFnOnce(&'scope LocalScope<'scope, 'env>) -> R, // write `async |s| ..`
    F: FnOnce(&'x LocalScope<'x, 'env>) -> Fut,                        // write `async |s| ..`
    Fut: Future<Output = R>,                                           // write `async |s| ..`
    'env: 'x,
{
    let driver = driver_here(Kind::Local, "local scope", Location::caller());
    // SAFETY: as in `scope`: the node outlives the body, which cannot keep the handle.
    let handle = unsafe { LocalScope::of(&driver) };
    let mut work = Supervised::unmade(driver);
    work.make(body(handle));
    LocalScopeFuture { work, children: Children::of(handle), _thread: OfThisThread::HERE }
}

/// The handle of a [`local_scope`], which its body gets. It derefs to [`Scope`].
///
/// # Examples
///
/// ```
/// use onpar_scope::{LocalScope, local_scope};
///
/// async fn accept(s: &LocalScope<'_, '_>) {
///     s.settled().await;
/// }
/// # pollster::block_on(async {
/// local_scope(async |s| accept(s).await).await;
/// # });
/// ```
#[repr(transparent)]
pub struct LocalScope<'scope, 'env: 'scope> {
    driver: Driver,
    /// Invariant in both lifetimes, and bound to the thread.
    lifetimes: PhantomData<(Cell<(&'scope (), &'env ())>, *const ())>,
}

// SAFETY: the condition never holds: this is for the words of the compiler's error.
unsafe impl<'scope> Send for LocalScope<'scope, '_> where Local<'scope>: MovesBetweenThreads {}
// SAFETY: as above.
unsafe impl<'scope> Sync for LocalScope<'scope, '_> where Local<'scope>: MovesBetweenThreads {}

impl<'scope> LocalScope<'scope, '_> {
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

    /// What any thread may use of the scope.
    pub(crate) fn shared(&self) -> &Shared {
        self.driver.shared()
    }

    /// Spawns a child that stays on this thread. As [`Scope::spawn`](crate::Scope::spawn).
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, its children are dropped where they stand, and what they guard is cleaned up.
    #[track_caller]
    pub fn spawn<Fut>(&'scope self, future: Fut) -> LocalChild<'scope, Fut::Output>
    where
        Fut: Future<Output: 'scope> + 'scope, // borrows from the body? a nested scope in it, whose children may
    {
        self.spawn_at(future, Label { name: "child", location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), with a name for reports.
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    #[track_caller]
    pub fn spawn_named<Fut>(&'scope self, name: &'static str, future: Fut) -> LocalChild<'scope, Fut::Output>
    where
        Fut: Future<Output: 'scope> + 'scope,
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
    /// use std::cell::Cell;
    /// use onpar_scope::local_scope;
    ///
    /// # pollster::block_on(async {
    /// let sum = Cell::new(0);
    /// local_scope(async |s| {
    ///     for number in 1..=3 {
    ///         drop(s.spawn_with(number, async |number| sum.set(sum.get() + number)));
    ///     }
    /// })
    /// .await;
    /// assert_eq!(sum.get(), 6);
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn_with<V, F, Fut>(&'scope self, value: V, work: F) -> LocalChild<'scope, Fut::Output>
    where
        F: FnOnce(V) -> Fut,
        Fut: Future<Output: 'scope> + 'scope,
    {
        self.spawn(work(value))
    }

    /// As [`spawn`](Self::spawn), with a hook that runs in the child when the future has ended. As [`Scope::spawn_then`].
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn). The hook of a child that is cancelled does not run.
    #[track_caller]
    pub fn spawn_then<Fut, F, R>(&'scope self, future: Fut, hook: F) -> LocalChild<'scope, R>
    where
        Fut: Future + 'scope,
        F: FnOnce(Fut::Output) -> R + 'scope,
        R: 'scope,
    {
        self.spawn(Then::new(future, hook))
    }

    #[inline]
    fn spawn_at<Fut>(&'scope self, future: Fut, label: Label) -> LocalChild<'scope, Fut::Output>
    where
        Fut: Future<Output: 'scope> + 'scope,
    {
        // SAFETY: the future that owns the scope drops the children before it ends, and `'scope` does not end before. It
        // stays on this thread.
        let node = unsafe { spawn(self.driver.shared(), Runs::new(future), label) };
        // SAFETY: the node is a new child's, with this output, on this thread.
        unsafe { LocalChild::new(node) }
    }
}

impl<'scope, 'env> Deref for LocalScope<'scope, 'env> {
    type Target = Scope<'scope, 'env>;

    /// What a local scope has in common with others.
    fn deref(&self) -> &Scope<'scope, 'env> {
        Scope::of_driver(&self.driver)
    }
}

impl fmt::Debug for LocalScope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalScope").finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of [`local_scope`].
    ///
    /// # Cancel safety
    ///
    /// As [`local_scope`] says: dropping it drops the body and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::local_scope;
    ///
    /// # pollster::block_on(async {
    /// assert_eq!(local_scope(async |_| 42).named("answers").await, 42);
    /// # });
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct LocalScopeFuture<'scope, Fut: Future> {
        #[pin]
        work: Supervised<Fut>,
        children: Children<'scope>,
        _thread: OfThisThread,
    }
}

impl<Fut: Future> LocalScopeFuture<'_, Fut> {
    /// Names the scope in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.work.rename(name);
        self
    }

    /// Bounds the cleanups by one total. As [`ScopeFuture::cleanup_budget`](crate::ScopeFuture::cleanup_budget).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_scope::local_scope;
    ///
    /// async fn bounded(clock: impl Clock + 'static) {
    ///     local_scope(async |_| {}).cleanup_budget(clock, Duration::from_secs(5)).await;
    /// }
    /// ```
    pub fn cleanup_budget<C>(self, clock: C, total: Duration) -> Self
    where
        C: Clock + 'static,
    {
        self.work.set_budget(Box::pin(ClockBudget::new(clock, total)));
        self
    }

    /// Writes down what is alive in the scope, for [`tree`](LocalScope::tree) to show. As
    /// [`ScopeFuture::observed`](crate::ScopeFuture::observed).
    pub fn observed<C>(self, clock: C) -> Self
    where
        C: Clock + Send + Sync + 'static, // of the local executor, `rt.clock()` is `Send`
    {
        self.work.observe(Box::new(move || clock.now()));
        self
    }

    /// Gives cleanup errors beside the value. As [`ScopeFuture::outcome`](crate::ScopeFuture::outcome).
    ///
    /// # Cancel safety
    ///
    /// As the scope itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::rc::Rc;
    /// use onpar_scope::{local_defer, local_scope};
    ///
    /// # pollster::block_on(async {
    /// let work = local_scope(async |_| drop(local_defer(Rc::new(7), async |_| Err("refused"))));
    /// assert_eq!(work.outcome().await.cleanup.len(), 1);
    /// # });
    /// ```
    pub fn outcome(self) -> OutcomeFuture<Self> {
        self.work.keep_errors(Keeps::All);
        OutcomeFuture::new(self)
    }
}

impl<Fut: Future> Future for LocalScopeFuture<'_, Fut> {
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

impl<Fut: Future> Collecting for LocalScopeFuture<'_, Fut> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.take_errors()
    }
}

impl<Fut: Future> fmt::Debug for LocalScopeFuture<'_, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalScopeFuture").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
