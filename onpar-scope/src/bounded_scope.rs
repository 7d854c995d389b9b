//! [`bounded_scope`]: a scope with room for so many children at once.
//!
//! Only the body waits for room, and the compiler sees to that: the handle that waits is the body's own, behind a `&mut` that
//! does not live as long as a child may, so no child can have it. A child that waited for room would hold the very room that
//! it waits for.
#![expect(unsafe_code, reason = "the handles in the driver's node")]

use core::cell::UnsafeCell;
use core::error::Error;
use core::fmt;
use core::marker::PhantomData;
use core::num::NonZero;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use crate::cancelled::Cancellation;
use crate::child::Child;
use crate::children::Children;
use crate::engine::child_job::Runs;
use crate::engine::driver_ref::DriverWith;
use crate::engine::family::spawn_counted;
use crate::engine::node::Kind;
use crate::engine::shared::Shared;
use crate::engine::supervised::{Supervised, driver_with_state_here};
use crate::label::Label;
use crate::settled::Settled;
use crate::{Scope, ScopeFuture, Tree};

/// A [`scope`](crate::scope()) that has room for `capacity` children at once: the body waits for room, and children do without
/// waiting.
///
/// A child takes its room until it and its cleanups have ended. The body spawns by
/// [`spawn_when_free`](Bounded::spawn_when_free), so a source that is faster than its children is held back, and nothing
/// grows without end. Children spawn by [`BoundedScope::try_spawn`], which gives the future back when the scope is full: a
/// child that waited for room while it takes some would deadlock.
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
/// use onpar_core::limit;
/// use onpar_scope::bounded_scope;
///
/// # pollster::block_on(async {
/// let hosts = ["a.example", "b.example", "c.example"];
/// bounded_scope(limit!(2), async |s| {
///     for host in &hosts {
///         drop(s.spawn_when_free(async move { println!("asking {host}") }).await);
///     }
/// })
/// .await; // never more than two at once
/// # });
/// ```
///
/// Where children may fail, a [`try_scope`](crate::try_scope) around it ends all of them with the first error:
///
/// ```
/// use onpar_core::limit;
/// use onpar_scope::{bounded_scope, try_scope};
///
/// async fn ask(host: &str) -> Result<(), String> {
///     if host.is_empty() { Err("no host".to_owned()) } else { Ok(()) }
/// }
/// # pollster::block_on(async {
/// let hosts = ["a.example", "", "c.example"];
/// let asked = try_scope(async |all| {
///     bounded_scope(limit!(2), async |s| {
///         for host in hosts {
///             let work = async |host| ask(host).await.unwrap_or_else(|error| all.fail(error));
///             drop(s.spawn_with_when_free(host, work).await);
///         }
///     })
///     .await;
///     Ok(())
/// });
/// assert_eq!(asked.await.unwrap_err().primary, "no host");
/// # });
/// ```
#[track_caller]
pub fn bounded_scope<'x, 'env, F, Fut, R>(capacity: NonZero<usize>, body: F) -> ScopeFuture<'x, Fut>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    F: for<'body, 'scope> AsyncFnOnce(&'body mut Bounded<'scope, 'env>) -> R, // write `async |s| ..`
    F: FnOnce(&'x mut Bounded<'x, 'env>) -> Fut,                              // write `async |s| ..`
    Fut: Future<Output = R>,                                                  // write `async |s| ..`
    'env: 'x,
{
    let driver = driver_with_state_here(Kind::Send, "bounded scope", Location::caller(), BodysOwn::default());
    driver.pending().set_room(capacity);
    // SAFETY: the driver was made with this state.
    let with = unsafe { driver.with_state::<BodysOwn>() };
    // SAFETY: as in `scope`: the node outlives the body, which cannot keep the handles.
    let with: &'x DriverWith<BodysOwn> = unsafe { &*with };
    let scope: &'x BoundedScope<'x, 'env> = BoundedScope::of_scope(Scope::of_driver(&with.driver));
    let handle = Bounded { scope };
    let own = with.state.0.get().cast::<Bounded<'x, 'env>>();
    // SAFETY: the place is made for this, and nobody else knows of it.
    unsafe { own.write(handle) };
    // SAFETY: it was just written, and nobody but the body will ever use it. It needs no drop.
    let own = unsafe { &mut *own };
    let mut work = Supervised::unmade(driver);
    work.make(body(own));
    ScopeFuture::new(work, Children::of(scope))
}

/// The place of the body's own handle, beside the driver.
#[derive(Default)]
struct BodysOwn(UnsafeCell<Option<&'static Shared>>);

// The handle is a reference, and so it fits.
const _: () = assert!(size_of::<Bounded<'_, '_>>() == size_of::<BodysOwn>());
const _: () = assert!(align_of::<Bounded<'_, '_>>() == align_of::<BodysOwn>());

/// The handle of a [`bounded_scope`] that is its body's own.
///
/// It cannot be lent to children, which get the [`BoundedScope`].
///
/// # Examples
///
/// ```
/// use onpar_core::limit;
/// use onpar_scope::{Bounded, bounded_scope};
///
/// async fn accept(s: &mut Bounded<'_, '_>) {
///     for number in 0..3 {
///         drop(s.spawn_when_free(async move { number }).await);
///     }
/// }
/// # pollster::block_on(async {
/// bounded_scope(limit!(1), async |s| accept(s).await).await;
/// # });
/// ```
pub struct Bounded<'scope, 'env> {
    scope: &'scope BoundedScope<'scope, 'env>,
}

/// The handle of a [`bounded_scope`] for its children, and for all who do not wait for room.
///
/// # Examples
///
/// ```
/// use onpar_core::limit;
/// use onpar_scope::{BoundedScope, bounded_scope};
///
/// fn prefetch<'scope>(s: &'scope BoundedScope<'scope, '_>) -> bool {
///     s.try_spawn(async { println!("where there is room") }).map(drop).is_ok()
/// }
/// # pollster::block_on(async {
/// let fetched = bounded_scope(limit!(1), async |s| (prefetch(s.for_children()), prefetch(s.for_children()))).await;
/// assert_eq!(fetched, (true, false));
/// # });
/// ```
#[repr(transparent)]
pub struct BoundedScope<'scope, 'env> {
    scope: Scope<'scope, 'env>,
}

impl<'scope, 'env> Bounded<'scope, 'env> {
    /// Waits until there is room for one more child, and spawns it.
    ///
    /// # Cancel safety
    ///
    /// Dropping it half-way drops the child before its first poll.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::limit;
    /// use onpar_scope::bounded_scope;
    ///
    /// # pollster::block_on(async {
    /// let answer = bounded_scope(limit!(1), async |s| {
    ///     let child = s.spawn_when_free(async { 42 }).await;
    ///     child.await
    /// });
    /// assert_eq!(answer.await, 42);
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn_when_free<Fut>(&mut self, future: Fut) -> SpawnWhenFree<'_, 'scope, Fut>
    where
        Fut: Future<Output: Send + 'scope> + Send + 'scope, // borrows from the body? a scope in it
    {
        let label = Label { name: "child", location: Location::caller() };
        let scope = self.scope.scope.shared();
        SpawnWhenFree { scope, future: Some(future), label, ticket: None, waiter: PhantomData }
    }

    /// As [`spawn_when_free`](Self::spawn_when_free), of a closure that gets a value of its own. As [`Scope::spawn_with`].
    ///
    /// # Cancel safety
    ///
    /// As [`spawn_when_free`](Self::spawn_when_free).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::limit;
    /// use onpar_scope::bounded_scope;
    ///
    /// # pollster::block_on(async {
    /// let prefix = String::from("item");
    /// bounded_scope(limit!(2), async |s| {
    ///     for number in 0..5 {
    ///         drop(s.spawn_with_when_free(number, async |number| println!("{prefix} {number}")).await);
    ///     }
    /// })
    /// .await;
    /// # });
    /// ```
    #[track_caller]
    pub fn spawn_with_when_free<V, F, Fut>(&mut self, value: V, work: F) -> SpawnWhenFree<'_, 'scope, Fut>
    where
        F: FnOnce(V) -> Fut,
        Fut: Future<Output: Send + 'scope> + Send + 'scope,
    {
        self.spawn_when_free(work(value))
    }

    /// The handle for children, which they may borrow for as long as they live.
    pub fn for_children(&self) -> &'scope BoundedScope<'scope, 'env> {
        self.scope
    }
}

impl<'scope, 'env> BoundedScope<'scope, 'env> {
    fn of_scope<'x>(scope: &'x Scope<'scope, 'env>) -> &'x Self {
        // SAFETY: the handle is a scope's, transparently.
        unsafe { &*core::ptr::from_ref(scope).cast::<Self>() }
    }

    /// Spawns a child, if there is room for it.
    ///
    /// # Cancel safety
    ///
    /// As [`Scope::spawn`].
    ///
    /// # Errors
    ///
    /// [`Full`], with the future, if there is no room.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::limit;
    /// use onpar_scope::{Full, bounded_scope};
    ///
    /// # pollster::block_on(async {
    /// bounded_scope(limit!(1), async |s| {
    ///     let s = s.for_children();
    ///     let only = s.try_spawn(async { 1 }).unwrap();
    ///     let Err(Full(future)) = s.try_spawn(async { 2 }) else { panic!("there is no room") };
    ///     assert_eq!(only.await + future.await, 3);
    /// })
    /// .await;
    /// # });
    /// ```
    #[track_caller]
    pub fn try_spawn<Fut>(&'scope self, future: Fut) -> Result<Child<'scope, Fut::Output>, Full<Fut>>
    where
        Fut: Future<Output: Send + 'scope> + Send + 'scope,
    {
        if !self.scope.shared().pending().one_more_child_if_free() {
            return Err(Full(future));
        }
        Ok(spawn_counted_here(self.scope.shared(), future, Label { name: "child", location: Location::caller() }))
    }

    /// Waits until no cleanup is pending. As [`Scope::settled`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing: the cleanups go on.
    pub fn settled(&self) -> Settled<'_> {
        self.scope.settled()
    }

    /// Waits for the scope to be cancelled. As [`Scope::cancelled`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing.
    pub fn cancelled(&self) -> Cancellation {
        self.scope.cancelled()
    }

    /// What is alive in the scope right now. As [`Scope::tree`].
    pub fn tree(&self) -> Tree {
        self.scope.tree()
    }
}

/// Spawns a child that has its room already.
fn spawn_counted_here<'scope, Fut>(scope: &'scope Shared, future: Fut, label: Label) -> Child<'scope, Fut::Output>
where
    Fut: Future<Output: Send + 'scope> + Send + 'scope,
{
    // SAFETY: the future that owns the scope drops the children before it ends, and `'scope` does not end before. Both the
    // child and its output are `Send`.
    let node = unsafe { spawn_counted(scope, Runs::new(future), label) };
    // SAFETY: the node is a new child's, with this output.
    unsafe { Child::new(node) }
}

/// There is no room for a further child. Holds the future that was to be one.
///
/// # Examples
///
/// ```
/// assert_eq!(onpar_scope::Full(()).to_string(), "the scope is full");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Full<Fut>(pub Fut);

impl<Fut> fmt::Debug for Full<Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Full").finish_non_exhaustive()
    }
}

impl<Fut> fmt::Display for Full<Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the scope is full")
    }
}

impl<Fut> Error for Full<Fut> {}

/// The future of [`Bounded::spawn_when_free`]: gives the child's handle.
///
/// # Cancel safety
///
/// Dropping it drops the child before its first poll.
///
/// # Examples
///
/// ```
/// use onpar_core::limit;
/// use onpar_scope::{SpawnWhenFree, bounded_scope};
///
/// # pollster::block_on(async {
/// bounded_scope(limit!(1), async |s| {
///     let spawning: SpawnWhenFree<'_, '_, _> = s.spawn_when_free(async { 42 });
///     assert_eq!(spawning.await.await, 42);
/// })
/// .await;
/// # });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct SpawnWhenFree<'body, 'scope, Fut> {
    scope: &'scope Shared,
    /// There until it has been spawned.
    future: Option<Fut>,
    label: Label,
    /// This future's place among those who wait.
    ticket: Option<u64>,
    /// One waits at a time.
    waiter: PhantomData<&'body mut ()>,
}

impl<Fut> SpawnWhenFree<'_, '_, Fut> {
    /// Names the child in reports.
    pub fn named(mut self, name: &'static str) -> Self {
        self.label.name = name;
        self
    }
}

// The future is not polled here.
impl<Fut> Unpin for SpawnWhenFree<'_, '_, Fut> {}

impl<'scope, Fut> Future for SpawnWhenFree<'_, 'scope, Fut>
where
    Fut: Future<Output: Send + 'scope> + Send + 'scope,
{
    type Output = Child<'scope, Fut::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Child<'scope, Fut::Output>> {
        let this = &mut *self;
        assert!(
            this.future.is_some(),
            "`spawn_when_free()` was polled after it had given its result: poll it by `.await`, or `fuse()` it",
        );
        ready!(this.scope.pending().poll_free(&mut this.ticket, cx));
        match this.future.take() {
            Some(future) => Poll::Ready(spawn_counted_here(this.scope, future, this.label)),
            None => unreachable!("it was there"),
        }
    }
}

impl<Fut> Drop for SpawnWhenFree<'_, '_, Fut> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.scope.pending().leave_full(ticket);
        }
    }
}

impl fmt::Debug for Bounded<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bounded").finish_non_exhaustive()
    }
}

impl fmt::Debug for BoundedScope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoundedScope").finish_non_exhaustive()
    }
}

impl<Fut> fmt::Debug for SpawnWhenFree<'_, '_, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpawnWhenFree").field("waiting", &self.future.is_some()).finish()
    }
}
