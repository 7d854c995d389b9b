//! [`local_try_scope`]: a fallible scope for work and cleanups that stay on their thread.
#![expect(unsafe_code, reason = "the handle in the driver's node")]

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::Clock;
use pin_project_lite::pin_project;

use crate::child::LocalChild;
use crate::engine::budget::ClockBudget;
use crate::engine::driver_ref::DriverRef;
use crate::engine::node::Kind;
use crate::label::Label;
use crate::of_this_thread::{Local, MovesBetweenThreads, OfThisThread};
use crate::outcome::{Collecting, OutcomeFuture};
use crate::{CleanupError, Failure, TryScope, TryScopeFuture};

/// [`try_scope`](crate::try_scope) for children and guards that are not `Send`.
///
/// # Cancel safety
///
/// As [`local_scope`](crate::local_scope). Errors that have been collected so far are dropped.
///
/// # Errors
///
/// As [`try_scope`](crate::try_scope).
///
/// # Panics
///
/// As [`try_scope`](crate::try_scope).
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_scope::local_try_scope;
///
/// # pollster::block_on(async {
/// let words = Rc::new(["1", "two"]);
/// let sum = local_try_scope(async |s| {
///     let [one, two] = [0, 1].map(|at| s.spawn_with(Rc::clone(&words), async move |words| words[at].parse::<u32>()));
///     Ok(one.await + two.await)
/// });
/// assert!(sum.await.is_err());
/// # });
/// ```
#[track_caller]
pub fn local_try_scope<'x, 'env, F, Fut, R, E>(body: F) -> LocalTryScopeFuture<'x, Fut, E>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    F: for<'scope> AsyncFnOnce(&'scope LocalTryScope<'scope, 'env, E>) -> Result<R, E>, // write `async |s| ..`
    F: FnOnce(&'x LocalTryScope<'x, 'env, E>) -> Fut,                                   // write `async |s| ..`
    Fut: Future<Output = Result<R, E>>,                                                 // write `async |s| ..`
    'env: 'x,
    E: 'env,
{
    let driver = TryScope::<E>::driver_here(Kind::Local, "local try scope", Location::caller());
    // SAFETY: as in `scope`: the node outlives the body, which cannot keep the handle.
    let handle = unsafe { LocalTryScope::of(&driver) };
    LocalTryScopeFuture {
        inner: TryScopeFuture::new(driver, &handle.scope, || body(handle)),
        _thread: OfThisThread::HERE,
    }
}

/// The handle of a [`local_try_scope`], which its body gets. It derefs to [`TryScope`].
///
/// # Examples
///
/// ```
/// use onpar_scope::{LocalTryScope, local_try_scope};
///
/// async fn accept(s: &LocalTryScope<'_, '_, String>) -> Result<(), String> {
///     s.settled().await;
///     Err("no more".to_owned())
/// }
/// # pollster::block_on(async {
/// assert!(local_try_scope(async |s| accept(s).await).await.is_err());
/// # });
/// ```
#[repr(transparent)]
pub struct LocalTryScope<'scope, 'env, E> {
    scope: TryScope<'scope, 'env, E>,
    /// Bound to the thread.
    thread: PhantomData<*const ()>,
}

// SAFETY: the condition never holds: this is for the words of the compiler's error.
unsafe impl<'scope, 'env, E: 'env> Send for LocalTryScope<'scope, 'env, E> where Local<'scope>: MovesBetweenThreads {}
// SAFETY: as above.
unsafe impl<'scope, 'env, E: 'env> Sync for LocalTryScope<'scope, 'env, E> where Local<'scope>: MovesBetweenThreads {}

impl<'scope, E> LocalTryScope<'scope, '_, E> {
    /// The handle of a driver's scope.
    ///
    /// # Safety
    ///
    /// The driver was made by `TryScope::<E>::driver_here`, and outlives `'scope`.
    unsafe fn of<'x>(driver: &DriverRef) -> &'x Self {
        // SAFETY: as the caller promises.
        let scope: *const TryScope<'_, '_, E> = unsafe { TryScope::of(driver) };
        // SAFETY: the handle is a fallible scope's, transparently; the caller promises that it lives.
        unsafe { &*scope.cast::<Self>() }
    }

    /// Spawns a child that stays on this thread. As [`TryScope::spawn`].
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, its children are dropped where they stand, and what they guard is cleaned up.
    #[track_caller]
    pub fn spawn<Fut, T>(&'scope self, future: Fut) -> LocalChild<'scope, T>
    where
        Fut: Future<Output = Result<T, E>> + 'scope, // borrows from the body? a scope in it
        T: 'scope,
    {
        self.spawn_at(future, Label { name: "child", location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), with a name for reports.
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    #[track_caller]
    pub fn spawn_named<Fut, T>(&'scope self, name: &'static str, future: Fut) -> LocalChild<'scope, T>
    where
        Fut: Future<Output = Result<T, E>> + 'scope,
        T: 'scope,
    {
        self.spawn_at(future, Label { name, location: Location::caller() })
    }

    /// As [`spawn`](Self::spawn), of a closure that gets a value of its own. As [`Scope::spawn_with`](crate::Scope::spawn_with).
    ///
    /// # Cancel safety
    ///
    /// As [`spawn`](Self::spawn).
    #[track_caller]
    pub fn spawn_with<V, F, Fut, T>(&'scope self, value: V, work: F) -> LocalChild<'scope, T>
    where
        F: FnOnce(V) -> Fut,
        Fut: Future<Output = Result<T, E>> + 'scope,
        T: 'scope,
    {
        self.spawn(work(value))
    }

    fn spawn_at<Fut, T>(&'scope self, future: Fut, label: Label) -> LocalChild<'scope, T>
    where
        Fut: Future<Output = Result<T, E>> + 'scope,
        T: 'scope,
    {
        // SAFETY: the scope stays on this thread.
        let node = unsafe { self.scope.spawn_node(future, label) };
        // SAFETY: the node is a new child's, with this output, on this thread.
        unsafe { LocalChild::new(node) }
    }
}

impl<'scope, 'env, E> Deref for LocalTryScope<'scope, 'env, E> {
    type Target = TryScope<'scope, 'env, E>;

    fn deref(&self) -> &TryScope<'scope, 'env, E> {
        &self.scope
    }
}

impl<E> fmt::Debug for LocalTryScope<'_, '_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalTryScope").finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of [`local_try_scope`].
    ///
    /// # Cancel safety
    ///
    /// As [`local_try_scope`] says: dropping it drops the body and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::local_try_scope;
    ///
    /// # pollster::block_on(async {
    /// let future = local_try_scope(async |_| Ok::<_, String>(42)).named("answers");
    /// assert_eq!(future.await.unwrap(), 42);
    /// # });
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct LocalTryScopeFuture<'scope, Fut: Future, E> {
        #[pin]
        inner: TryScopeFuture<'scope, Fut, E>,
        _thread: OfThisThread,
    }
}

impl<Fut: Future, E> LocalTryScopeFuture<'_, Fut, E> {
    /// Names the scope in reports.
    pub fn named(self, name: &'static str) -> Self {
        Self { inner: self.inner.named(name), ..self }
    }

    /// Bounds the cleanups by one total. As [`ScopeFuture::cleanup_budget`](crate::ScopeFuture::cleanup_budget).
    pub fn cleanup_budget<C>(self, clock: C, total: Duration) -> Self
    where
        C: Clock + 'static,
    {
        self.inner.set_budget(Box::pin(ClockBudget::new(clock, total)));
        self
    }

    /// Writes down what is alive in the scope, for [`tree`](crate::Scope::tree) to show. As
    /// [`ScopeFuture::observed`](crate::ScopeFuture::observed).
    pub fn observed<C>(self, clock: C) -> Self
    where
        C: Clock + Send + Sync + 'static, // of the local executor, `rt.clock()` is `Send`
    {
        Self { inner: self.inner.observed(clock), ..self }
    }

    /// Lets the others go on when one fails. As [`TryScopeFuture::collect_all`].
    pub fn collect_all(self) -> Self {
        Self { inner: self.inner.collect_all(), ..self }
    }

    /// Gives all cleanup errors beside the value. As [`TryScopeFuture::outcome`].
    ///
    /// # Cancel safety
    ///
    /// As the scope itself.
    ///
    /// # Panics
    ///
    /// A panic of the body or of a child passes on; the cleanup errors are then told to the hook.
    pub fn outcome(mut self) -> OutcomeFuture<Self> {
        self.inner.collect_for_outcome();
        OutcomeFuture::new(self)
    }
}

impl<Fut, R, E> Future for LocalTryScopeFuture<'_, Fut, E>
where
    Fut: Future<Output = Result<R, E>>,
{
    type Output = Result<R, Failure<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<R, Failure<E>>> {
        self.project().inner.poll(cx)
    }
}

impl<Fut, R, E> Collecting for LocalTryScopeFuture<'_, Fut, E>
where
    Fut: Future<Output = Result<R, E>>,
{
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().inner.take_errors()
    }
}

impl<Fut: Future, E> fmt::Debug for LocalTryScopeFuture<'_, Fut, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalTryScopeFuture").field("inner", &self.inner).finish_non_exhaustive()
    }
}
