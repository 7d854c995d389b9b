//! [`using`]: acquire, use, release, without a scope, a heap or std.
//!
//! A state machine with one slot for each step, in place. The body's future borrows the value, which stands in the same
//! pinned struct, in a [`Slot`]: that loan is this file's one `unsafe` block. Never to be broken: the slot is not touched
//! while the body's future is there, and that future is dropped first.
#![expect(unsafe_code, reason = "the loan to the body")]

use core::error::Error;
use core::fmt;
use core::marker::PhantomData;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use onpar_core::ExitReason;
use pin_project_lite::pin_project;

use crate::cleanup_result::CleanupResult;
#[cfg(feature = "std")]
use crate::engine::{handover, handover::Origin, job::CleanupJob, node::Kind, owned::Owned};
use crate::slot::Slot;
use crate::{CleanupError, CleanupErrorKind, hook};

/// Acquires a value, lends it to `body`, and releases it, whatever comes of the body.
///
/// Gives what the body gave, and beside it what the release gave. Nothing is allocated, and no scope is needed; so it is
/// the way to clean up on a bare microcontroller, and in the hottest loops.
///
/// The release is told `Ended` after the body, and the reason of the drop if the body was cut short.
///
/// # Cancel safety
///
/// Dropped while it acquires, the future drops that, and nothing has been acquired. Dropped while the body runs (by a panic
/// too), it hands the release over as a [`Guard`](crate::Guard) does, with at most one allocation; without `std` it tells the
/// [hook](crate::set_cleanup_hook) of a leak and drops the value. Dropped while it releases, it drops the release where it stands
/// and tells the hook that it was interrupted: use a guard where the release must run to its end.
///
/// # Errors
///
/// That of `acquire`. Nothing has then been used or released.
///
/// # Panics
///
/// A panic of any of the three passes on.
///
/// # Examples
///
/// ```
/// use onpar_scope::using;
/// # use std::io::Error;
/// # struct Connection(u32);
/// # impl Connection {
/// #     async fn open() -> Result<Self, Error> { Ok(Self(0)) }
/// #     async fn query(&mut self) -> u32 { self.0 += 1; self.0 }
/// #     async fn close(self) -> Result<(), Error> { Ok(()) }
/// # }
///
/// # pollster::block_on(async {
/// let (rows, closed) = using(
///     Connection::open(),
///     async |connection| connection.query().await + connection.query().await,
///     async |connection, _reason| connection.close().await,
/// )
/// .await?;
/// closed?;
/// assert_eq!(rows, 3);
/// # Ok::<(), Error>(()) }).unwrap();
/// ```
#[track_caller]
pub fn using<'x, Acquire, T, E, Body, Fut, R, Release, RelFut, X>(
    acquire: Acquire,
    body: Body,
    release: Release,
) -> Using<'x, Acquire, T, Body, Fut, R, Release, RelFut, X>
where
    Acquire: Future<Output = Result<T, E>>,
    Body: AsyncFnOnce(&mut T) -> R,
    Body: FnOnce(&'x mut T) -> Fut,
    Fut: Future<Output = R>,
    Release: FnOnce(T, ExitReason) -> RelFut + Send + 'static,
    RelFut: Future<Output = X> + Send + 'static,
    X: CleanupResult<Error: Error + Send + Sync + 'static>,
    T: Send + 'static,
{
    Using {
        acquire: Some(acquire),
        value: Slot::new(),
        body: Some(body),
        used: None,
        result: None,
        release: Some(release),
        released: None,
        place: Place::here::<T>(Location::caller()),
        lent: PhantomData,
    }
}

pin_project! {
    /// The future of [`using`].
    ///
    /// # Cancel safety
    ///
    /// As [`using`] says.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::{convert::Infallible, future::ready};
    /// use onpar_scope::using;
    ///
    /// let future = using(ready(Ok::<_, Infallible>(7)), async |n| *n, async |_, _| ());
    /// assert_eq!(pollster::block_on(future), Ok((7, ())));
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Using<'x, Acquire, T, Body, Fut, R, Release, RelFut, X>
    where
        Release: FnOnce(T, ExitReason) -> RelFut,
        Release: Send,
        Release: 'static,
        RelFut: Future<Output = X>,
        RelFut: Send,
        RelFut: 'static,
        X: CleanupResult<Error: Error + Send + Sync + 'static>,
        T: Send,
        T: 'static,
    {
        #[pin]
        acquire: Option<Acquire>,
        #[pin]
        value: Slot<T>,
        body: Option<Body>,
        #[pin]
        used: Option<Fut>,
        result: Option<R>,
        release: Option<Release>,
        #[pin]
        released: Option<RelFut>,
        place: Place,
        lent: PhantomData<&'x ()>,
    }

    impl<Acquire, T, Body, Fut, R, Release, RelFut, X> PinnedDrop
        for Using<'_, Acquire, T, Body, Fut, R, Release, RelFut, X>
    where
        Release: FnOnce(T, ExitReason) -> RelFut,
        Release: Send,
        Release: 'static,
        RelFut: Future<Output = X>,
        RelFut: Send,
        RelFut: 'static,
        X: CleanupResult<Error: Error + Send + Sync + 'static>,
        T: Send,
        T: 'static,
    {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let (mut value, release, mut released, place) = (this.value, this.release, this.released, this.place);
            // Also when the body's future panics as it is dropped.
            let _then = Then(|| {
                let interrupted = released.as_mut().as_pin_mut().is_some();
                let _report = Then(|| {
                    if interrupted {
                        place.report(CleanupErrorKind::Interrupted);
                    }
                });
                released.set(None);
                if let (Some(value), Some(release)) = (value.as_mut().take(), release.take()) {
                    place.hand_over(value, release);
                }
            });
            this.used.set(None);
        }
    }
}

impl<'x, Acquire, T, E, Body, Fut, R, Release, RelFut, X> Future
    for Using<'x, Acquire, T, Body, Fut, R, Release, RelFut, X>
where
    Acquire: Future<Output = Result<T, E>>,
    Body: FnOnce(&'x mut T) -> Fut,
    Fut: Future<Output = R>,
    Release: FnOnce(T, ExitReason) -> RelFut + Send + 'static,
    RelFut: Future<Output = X> + Send + 'static,
    X: CleanupResult<Error: Error + Send + Sync + 'static>,
    T: Send + 'static,
{
    type Output = Result<(R, X), E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Some(acquire) = this.acquire.as_mut().as_pin_mut() {
            let acquired = ready!(acquire.poll(cx));
            this.acquire.set(None);
            let value = match acquired {
                Ok(value) => value,
                Err(error) => return Poll::Ready(Err(error)),
            };
            // SAFETY: the value stays in its slot until the body's future has been dropped: here when it is ready, else by
            // the struct's drop, both of which do that first. `using` checked the body for every lifetime, so nothing else
            // keeps the loan.
            let lent: &'x mut T = unsafe { this.value.as_mut().put(value) };
            if let Some(body) = this.body.take() {
                this.used.set(Some(body(lent)));
            }
        }
        if let Some(used) = this.used.as_mut().as_pin_mut() {
            *this.result = Some(ready!(used.poll(cx)));
            this.used.set(None);
            if let (Some(value), Some(release)) = (this.value.take(), this.release.take()) {
                this.released.set(Some(release(value, ExitReason::Ended)));
            }
        }
        let Some(released) = this.released.as_mut().as_pin_mut() else {
            panic!("`using` was polled after it had given its result: poll it by `.await`, or `fuse()` it")
        };
        let released = ready!(released.poll(cx));
        this.released.set(None);
        match this.result.take() {
            Some(result) => Poll::Ready(Ok((result, released))),
            None => unreachable!("the release begins after the body has given its result"),
        }
    }
}

impl<Acquire, T, Body, Fut, R, Release, RelFut, X> fmt::Debug
    for Using<'_, Acquire, T, Body, Fut, R, Release, RelFut, X>
where
    Release: FnOnce(T, ExitReason) -> RelFut + Send + 'static,
    RelFut: Future<Output = X> + Send + 'static,
    X: CleanupResult<Error: Error + Send + Sync + 'static>,
    T: Send + 'static,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Using").field("used", &self.result.is_some()).finish_non_exhaustive()
    }
}

/// Calls its closure when it goes out of scope, by a panic too.
struct Then<F: FnMut()>(F);

impl<F: FnMut()> Drop for Then<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// Where the bracket was made, and the way out for what is dropped mid-way.
struct Place {
    #[cfg(feature = "std")]
    origin: Origin,
    #[cfg(not(feature = "std"))]
    label: (&'static str, &'static Location<'static>),
}

#[cfg(feature = "std")]
impl Place {
    fn here<T>(location: &'static Location<'static>) -> Self {
        Self { origin: Origin::here(Kind::Send, core::any::type_name::<T>(), location) }
    }

    fn report(&self, kind: CleanupErrorKind) {
        hook::report(&CleanupError::new(self.origin.label.name, self.origin.label.location, kind));
    }

    fn hand_over<T, Release, RelFut, X>(&self, value: T, release: Release)
    where
        Release: FnOnce(T, ExitReason) -> RelFut + Send + 'static,
        RelFut: Future<Output = X> + Send + 'static,
        X: CleanupResult<Error: Error + Send + Sync + 'static>,
        T: Send + 'static,
    {
        let job = CleanupJob::new((value, release), |(value, release): (T, Release), reason| {
            let released = release(value, reason);
            async { released.await.into_result() }
        });
        let node = Owned::new(job, self.origin.label, self.origin.key);
        handover::hand_over(node, self.origin.driver.as_ref());
    }
}

#[cfg(not(feature = "std"))]
impl Place {
    fn here<T>(location: &'static Location<'static>) -> Self {
        Self { label: (core::any::type_name::<T>(), location) }
    }

    fn report(&self, kind: CleanupErrorKind) {
        hook::report(&CleanupError::new(self.label.0, self.label.1, kind));
    }

    fn hand_over<T, Release>(&self, value: T, release: Release) {
        self.report(CleanupErrorKind::Leaked);
        drop((value, release));
    }
}
