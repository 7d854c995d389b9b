//! [`scope_in`]: a scope whose memory comes from its caller.
#![expect(unsafe_code, reason = "the handle in the driver's memory")]

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::mem;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use onpar_core::{CancelReason, ExitReason, LocalAsyncDrop};
use pin_project_lite::pin_project;

use super::Arena;
use super::child::ArenaChild;
use super::child_node::{self, PartOf};
use super::cleaning::Cleaning;
use super::cleanup_node;
use super::driver::{Driver, DriverRef};
use super::guard::ArenaGuard;
use crate::NoRoom;
use crate::cleanup_result::CleanupResult;
use crate::label::Label;
use crate::of_this_thread::OfThisThread;
use crate::panics::{discard, resume};
use crate::progress::{End, Progress};

/// Runs `body` as [`scope`](crate::scope()) does, with guards and children that live in `arena`: without a heap, and without std.
///
/// What is promised is the same: a guard that is dropped is cleaned up at once, beside the work that goes on, and is told why;
/// cleanups wait for those of guards that were made later; children end with their scope; and whatever way the body ends, the
/// scope ends after all of it.
///
/// | the body | the scope |
/// |---|---|
/// | returns, or leaves by `?` | waits for children and cleanups, then gives the value |
/// | panics, or a child does | with std: cancels the rest, runs the cleanups, then passes the panic on; without, see below |
/// | is cancelled inside, by whatever drops a future | runs the cleanups beside the body |
/// | is cancelled as a whole: the scope's future is dropped | a [nested](ArenaScope::scope) one hands its cleanups to the scope around it; the outermost tells the [hook](crate::set_cleanup_hook) of each, and drops it |
///
/// # What is different
///
/// * *The handle is explicit*: guards are made by `s.guard(..)` and `s.defer(..)`. Without std there is no place where a guard
///   could find its scope by itself. It is its own scope that cleans it up, wherever it is dropped.
/// * *Memory may be missing*, and that is an error where the guard or the child is made, and never later: it gives the value back.
///   See [`Arena`].
/// * *It is local*: its future is not `Send`, and nothing in it needs to be.
/// * *The waker is the task's own*: the body, the children and the cleanups are all polled whenever the task is woken. An arena
///   has room for a few; for thousands, take [`scope`](crate::scope()), which polls what was woken.
/// * An error of a cleanup is told to the hook by its [words](crate::ErrorWords); the error itself comes from
///   [`close`](ArenaGuard::close). There is no budget, and no outcome.
/// * Without std a panic cannot be caught. Where it unwinds, it passes out of the scope's future at once, and that future's
///   drop reports the cleanups which are left.
/// * Guards without a handle, [`guard`](crate::guard) and [`defer`](crate::defer), know nothing of this scope.
///
/// # Cancel safety
///
/// As the table says. A scope that is forgotten ([`mem::forget`]) leaks what is in it, and the rest of its
/// [arena](Arena#it-stays-where-it-is) can be used again.
///
/// # Panics
///
/// With std, a panic of the body or of a child passes on after the cleanups, and that of a cleanup is told to the hook.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, NoRoom, scope_in};
///
/// # async fn blink() {}
/// # pollster::block_on(async {
/// let arena = pin!(Arena::<1024>::new());
/// let measured = scope_in(arena, async |s| {
///     let power = s.defer("bus", async |name| println!("powering the {name} down"))?;
///     let blinking = s.spawn(blink()).map_err(NoRoom::without_value);
///     Ok::<_, NoRoom<&str>>(power.len())
/// })
/// .await; // the bus has been powered down, and the child has ended
/// assert_eq!(measured.unwrap(), 3);
/// # });
/// ```
#[track_caller]
pub fn scope_in<'x, 'env, const BYTES: usize, F, Fut, R>(arena: Pin<&'x mut Arena<BYTES>>, body: F) -> ScopeIn<'x, Fut>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    F: for<'scope> AsyncFnOnce(&'scope ArenaScope<'scope, 'env>) -> R, // write `async |s| ..`
    F: FnOnce(&'x ArenaScope<'x, 'env>) -> Fut,                        // write `async |s| ..`
    Fut: Future<Output = R>,                                           // write `async |s| ..`
    'env: 'x,
{
    let driver = arena.begin(Label { name: "scope", location: Location::caller() });
    // SAFETY: the driver is in the arena, which is borrowed for this lifetime.
    let handle = unsafe { ArenaScope::of(driver) };
    let mut scope = ScopeIn::unmade(driver);
    scope.future = Some(body(handle));
    scope
}

/// The handle of a [`scope_in`], which its body gets.
///
/// It lives as long as the scope and cannot leave it.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, ArenaScope, NoRoom, scope_in};
///
/// async fn measure(s: &ArenaScope<'_, '_>) -> Result<u32, NoRoom<()>> {
///     let _power = s.defer((), async |()| println!("off")).map_err(NoRoom::without_value)?;
///     Ok(42)
/// }
/// let arena = pin!(Arena::<512>::new());
/// assert_eq!(pollster::block_on(scope_in(arena, async |s| measure(s).await)), Ok(42));
/// ```
#[repr(transparent)]
pub struct ArenaScope<'scope, 'env: 'scope> {
    driver: Driver,
    /// Invariant in both lifetimes, as `std::thread::Scope` is.
    lifetimes: PhantomData<Cell<(&'scope (), &'env ())>>,
}

impl<'scope> ArenaScope<'scope, '_> {
    /// The handle of a driver's scope.
    ///
    /// # Safety
    ///
    /// The driver outlives `'scope`, or what has this handle is never used again.
    unsafe fn of(driver: DriverRef) -> &'scope Self {
        // SAFETY: the handle is a driver, transparently; the caller promises that it lives.
        unsafe { driver.as_ptr().cast::<Self>().as_ref() }
    }

    /// Guards a value: its [`LocalAsyncDrop`] is run, and awaited, however the guard ends.
    ///
    /// As [`guard`](crate::guard()), in this scope.
    ///
    /// # Errors
    ///
    /// [`NoRoom`] in the arena: gives the value back.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::convert::Infallible;
    /// use core::pin::pin;
    /// use onpar_core::{ExitReason, LocalAsyncDrop};
    /// use onpar_scope::{Arena, scope_in};
    ///
    /// struct Motor;
    ///
    /// impl LocalAsyncDrop for Motor {
    ///     type Error = Infallible;
    ///
    ///     async fn async_drop(self, reason: ExitReason) -> Result<(), Infallible> {
    ///         println!("braking: {reason}");
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let arena = pin!(Arena::<512>::new());
    /// pollster::block_on(scope_in(arena, async |s| {
    ///     let _motor = s.guard(Motor).expect("there is room for one");
    /// }));
    /// ```
    #[track_caller]
    pub fn guard<T>(&self, value: T) -> Result<ArenaGuard<'scope, T, T::Error>, NoRoom<T>>
    where
        T: LocalAsyncDrop<Error: fmt::Display> + 'static,
    {
        self.guard_by(value, Location::caller(), |value: T, reason| value.async_drop(reason))
    }

    /// Guards a value with a cleanup closure, which is run, and awaited, however the guard ends.
    ///
    /// As [`defer`](crate::defer()), in this scope.
    ///
    /// # Errors
    ///
    /// [`NoRoom`] in the arena: gives the value back.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::pin::pin;
    /// use onpar_scope::{Arena, scope_in};
    ///
    /// let arena = pin!(Arena::<512>::new());
    /// pollster::block_on(scope_in(arena, async |s| {
    ///     let led = s.defer(7_u8, async |pin| println!("pin {pin} off")).expect("there is room for one");
    ///     assert_eq!(*led, 7);
    /// }));
    /// ```
    #[track_caller]
    pub fn defer<T, F, Fut, R>(&self, value: T, cleanup: F) -> Result<ArenaGuard<'scope, T, R::Error>, NoRoom<T>>
    where
        T: 'static,                        // it borrows: guard something that is owned
        F: FnOnce(T) -> Fut + 'static,     // write `async move |value| ..`
        Fut: Future<Output = R> + 'static, // write `async move |value| ..`
        R: CleanupResult<Error: fmt::Display + 'static> + 'static,
    {
        self.guard_by(value, Location::caller(), move |value, _| Cleaning::new(cleanup(value)))
    }

    fn guard_by<T, M, Fut, E>(
        &self,
        value: T,
        location: &'static Location<'static>,
        cleanup: M,
    ) -> Result<ArenaGuard<'scope, T, E>, NoRoom<T>>
    where
        T: 'static,
        M: FnOnce(T, ExitReason) -> Fut + 'static,
        Fut: Future<Output = Result<(), E>> + 'static,
        E: fmt::Display + 'static,
    {
        let driver = &self.driver;
        let label = Label { name: core::any::type_name::<T>(), location };
        match cleanup_node::make(driver.me(), label, driver.shared().tick(), value, cleanup) {
            Ok(cleanup) => Ok(ArenaGuard::new(cleanup)),
            Err((value, layout)) => Err(driver.no_room(value, layout)),
        }
    }

    /// Spawns a child, which runs while the body awaits anything, in the same task.
    ///
    /// As [`Scope::spawn`](crate::Scope::spawn): the child may borrow whatever lives outside of the scope, and the scope ends when
    /// its body and all of its children have ended.
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, its children are dropped where they stand, and what they guard is cleaned up.
    ///
    /// # Errors
    ///
    /// [`NoRoom`] in the arena: gives the future back.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::pin::pin;
    /// use onpar_scope::{Arena, NoRoom, scope_in};
    ///
    /// let samples = [1, 2, 3];
    /// let arena = pin!(Arena::<512>::new());
    /// let sum = scope_in(arena, async |s| {
    ///     let child = s.spawn(async { samples.iter().sum::<u32>() }).map_err(NoRoom::without_value)?;
    ///     Ok::<_, NoRoom<()>>(child.await)
    /// });
    /// assert_eq!(pollster::block_on(sum), Ok(6));
    /// ```
    #[track_caller]
    pub fn spawn<Fut>(&self, future: Fut) -> Result<ArenaChild<'scope, Fut::Output>, NoRoom<Fut>>
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
    ///
    /// # Errors
    ///
    /// As [`spawn`](Self::spawn).
    ///
    /// # Examples
    ///
    /// ```
    /// use core::pin::pin;
    /// use onpar_scope::{Arena, scope_in};
    ///
    /// let arena = pin!(Arena::<512>::new());
    /// let answer = scope_in(arena, async |s| {
    ///     s.spawn_named("answers", async { 42 }).expect("there is room for one").await
    /// });
    /// assert_eq!(pollster::block_on(answer), 42);
    /// ```
    #[track_caller]
    pub fn spawn_named<Fut>(
        &self,
        name: &'static str,
        future: Fut,
    ) -> Result<ArenaChild<'scope, Fut::Output>, NoRoom<Fut>>
    where
        Fut: Future<Output: 'scope> + 'scope,
    {
        self.spawn_at(future, Label { name, location: Location::caller() })
    }

    fn spawn_at<Fut>(&self, future: Fut, label: Label) -> Result<ArenaChild<'scope, Fut::Output>, NoRoom<Fut>>
    where
        Fut: Future<Output: 'scope> + 'scope,
    {
        let driver = &self.driver;
        // SAFETY: the future that owns the scope drops the children before it ends, and `'scope` does not end before. If it is
        // forgotten, nobody touches them again.
        match unsafe { child_node::make(driver.me(), label, future) } {
            Ok((node, take)) => {
                driver.take_in(node);
                // SAFETY: the node is a new child's, with this output.
                Ok(unsafe { ArenaChild::new(node, take) })
            }
            Err((future, layout)) => Err(driver.no_room(future, layout)),
        }
    }

    /// A scope within this one, in the same arena.
    ///
    /// Its children may borrow from this one's body. When its future is dropped before its end, this scope awaits the cleanups
    /// that it has left, as one. That takes room in the arena too: the handle's bookkeeping, and not the body, which is in the
    /// future.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops its body and its children where they stand; the cleanups are handed over.
    ///
    /// # Errors
    ///
    /// [`NoRoom`] in the arena: gives the body back.
    ///
    /// # Panics
    ///
    /// As [`scope_in`].
    ///
    /// # Examples
    ///
    /// ```
    /// use core::pin::pin;
    /// use onpar_scope::{Arena, NoRoom, scope_in};
    ///
    /// let arena = pin!(Arena::<1024>::new());
    /// let work = scope_in(arena, async |s| {
    ///     let samples = [1, 2, 3]; // in the body
    ///     let inner = s.scope(async |s| {
    ///         let child = s.spawn(async { samples.len() }).map_err(NoRoom::without_value)?;
    ///         Ok::<_, NoRoom<()>>(child.await)
    ///     });
    ///     inner.map_err(NoRoom::without_value)?.await
    /// });
    /// assert_eq!(pollster::block_on(work), Ok(3));
    /// ```
    #[track_caller]
    pub fn scope<'x, 'inner, F, Fut, R>(&'x self, body: F) -> Result<ScopeIn<'x, Fut>, NoRoom<F>>
    where
        F: for<'nested> AsyncFnOnce(&'nested ArenaScope<'nested, 'inner>) -> R, // write `async |s| ..`
        F: FnOnce(&'x ArenaScope<'x, 'inner>) -> Fut,                           // write `async |s| ..`
        Fut: Future<Output = R>,                                                // write `async |s| ..`
        'inner: 'x,
    {
        let Some(driver) = self.driver.nest(Label { name: "scope", location: Location::caller() }) else {
            return Err(self.driver.no_room(body, Driver::LAYOUT));
        };
        // SAFETY: the driver is in the arena until the scope's future has dropped the body and the children, which alone have
        // the handle. If that is forgotten, nobody uses it again.
        let handle = unsafe { ArenaScope::of(driver) };
        let mut scope = ScopeIn::unmade(driver);
        scope.future = Some(body(handle));
        Ok(scope)
    }
}

impl fmt::Debug for ArenaScope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArenaScope").finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of [`scope_in`] and of [`ArenaScope::scope`].
    ///
    /// # Cancel safety
    ///
    /// As they say: dropping it drops the body and the children, and hands the cleanups over or reports them.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::pin::pin;
    /// use onpar_scope::{Arena, scope_in};
    ///
    /// let arena = pin!(Arena::<256>::new());
    /// assert_eq!(pollster::block_on(scope_in(arena, async |_| 42).named("answers")), 42);
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct ScopeIn<'scope, Fut: Future> {
        // First, for the words of the compiler's error.
        _thread: OfThisThread,
        #[pin]
        future: Option<Fut>,
        progress: Progress<Fut::Output>,
        driver: DriverRef,
        scope: PhantomData<&'scope ()>,
    }

    impl<Fut: Future> PinnedDrop for ScopeIn<'_, Fut> {
        fn drop(this: Pin<&mut Self>) {
            this.abandon();
        }
    }
}

impl<Fut: Future> ScopeIn<'_, Fut> {
    /// What makes the body may panic, and have spawned children by then.
    fn unmade(driver: DriverRef) -> Self {
        Self { _thread: OfThisThread::HERE, future: None, progress: Progress::Running, driver, scope: PhantomData }
    }

    /// Names the scope in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.driver.rename(name);
        self
    }

    /// Drops the body and the children, for this reason.
    fn cancel(self: Pin<&mut Self>, end: End<Fut::Output>, reason: CancelReason, waker: Option<&Waker>) {
        let mut this = self.project();
        let driver = *this.driver;
        let before = mem::replace(this.progress, Progress::Closing(end));
        // A panic beyond the first has been told by the panic hook.
        discard(driver.within(PartOf::Body, Some(reason), || drop(before)));
        discard(driver.within(PartOf::Body, Some(reason), || this.future.set(None)));
        driver.settle(PartOf::Body, ExitReason::Cancelled(reason));
        driver.cancel_children(reason, waker);
    }

    /// Polls the body, if it is still there, and takes what that has left behind.
    fn poll_body(mut self: Pin<&mut Self>, cx: &mut Context<'_>) {
        let mut this = self.as_mut().project();
        let driver = *this.driver;
        let polled = driver.within(PartOf::Body, None, || {
            if let Some(body) = this.future.as_mut().as_pin_mut()
                && let Poll::Ready(value) = body.poll(cx)
            {
                *this.progress = Progress::Closing(End::Value(value));
                this.future.set(None);
            }
        });
        match (polled, &*this.progress) {
            (Ok(()), Progress::Running) => driver.settle(PartOf::Body, ExitReason::Dropped),
            (Ok(()), _) => driver.settle(PartOf::Body, ExitReason::Ended),
            (Err(payload), _) => {
                let before = mem::replace(this.progress, Progress::Closing(End::Panic(payload)));
                discard(driver.within(PartOf::Body, None, || drop(before)));
                discard(driver.within(PartOf::Body, None, || this.future.set(None)));
                driver.settle(PartOf::Body, ExitReason::Panicking);
                driver.cancel_children(CancelReason::SiblingPanicked, Some(cx.waker()));
            }
        }
    }

    /// Nobody waits any more, if anybody did so far.
    fn abandon(mut self: Pin<&mut Self>) {
        if matches!(self.progress, Progress::Over) {
            return;
        }
        let driver = self.driver;
        let reason = driver.cancelled_outside().unwrap_or(CancelReason::Dropped);
        self.as_mut().cancel(End::Cancelled, reason, None);
        discard(driver.take_panic().map_or(Ok(()), Err));
        *self.project().progress = Progress::Over;
        driver.abandon();
    }
}

impl<Fut: Future> Future for ScopeIn<'_, Fut> {
    type Output = Fut::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Fut::Output> {
        let driver = self.driver;
        assert!(
            !matches!(self.progress, Progress::Over),
            "a scope's future was polled after it had given its result: poll it by `.await`, or `fuse()` it"
        );
        driver.begin_poll();
        loop {
            if matches!(self.progress, Progress::Running) {
                self.as_mut().poll_body(cx);
            }
            let mut polled = driver.drive(cx);
            while let Some(payload) = driver.take_panic() {
                let end = match mem::replace(self.as_mut().project().progress, Progress::Running) {
                    Progress::Closing(End::Panic(first)) => {
                        discard::<()>(Err(payload));
                        End::Panic(first)
                    }
                    before => {
                        *self.as_mut().project().progress = before;
                        End::Panic(payload)
                    }
                };
                self.as_mut().cancel(end, CancelReason::SiblingPanicked, Some(cx.waker()));
                polled = driver.drive(cx);
            }
            if let Progress::Running = self.progress {
                if driver.take_heard() {
                    continue;
                }
                return Poll::Pending;
            }
            if polled.is_pending() {
                return Poll::Pending;
            }
            let progress = mem::replace(self.project().progress, Progress::Over);
            driver.end();
            return match progress {
                Progress::Closing(End::Value(value)) => Poll::Ready(value),
                Progress::Closing(End::Panic(payload)) => resume(payload),
                Progress::Closing(End::Cancelled) | Progress::Running | Progress::Over => {
                    unreachable!("a scope that goes on being polled has not been cancelled")
                }
            };
        }
    }
}

impl<Fut: Future> fmt::Debug for ScopeIn<'_, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running = matches!(self.progress, Progress::Running);
        f.debug_struct("ScopeIn").field("running", &running).finish_non_exhaustive()
    }
}
