//! [`Cleanup`] and [`LocalCleanup`]: how a guard cleans its value up.

use onpar_core::{AsyncDrop, BoxError, ExitReason, LocalAsyncDrop};

use crate::cleanup_result::CleanupResult;

/// How a [`Guard`](crate::Guard) cleans its value up: by the value's own [`AsyncDrop`], or by a closure.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Cleanup, Guard};
///
/// // Generic over both kinds of guards:
/// fn rename<T: Send + 'static, C: Cleanup<T>>(guard: Guard<T, C>) -> Guard<T, C> {
///     guard.named("renamed")
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be cleaned up in a scope that may move between threads",
    label = "a guard needs a cleanup that is `Send` and `'static`, with an error that turns into `Box<dyn Error + Send + Sync>`",
    note = "for `guard(value)`: implement `AsyncDrop` for the value; for `defer(value, async |value| ..)`: use `async move`, and \
            move what it needs into `value`",
    note = "a cleanup that cannot be `Send` belongs to `local_guard` or `local_defer` in a `local_scope`"
)]
pub trait Cleanup<T>: sealed::Sealed + Send + Sized + 'static {
    /// What can go wrong.
    type Error: Into<BoxError> + Send + 'static;

    /// Cleans the value up.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops the cleanup where it stands.
    fn run(self, value: T, reason: ExitReason) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static;
}

/// How a [`LocalGuard`](crate::LocalGuard) cleans its value up: by the value's own [`LocalAsyncDrop`], or by a closure.
///
/// # Examples
///
/// ```
/// use onpar_scope::{LocalCleanup, LocalGuard};
///
/// fn rename<T: 'static, C: LocalCleanup<T>>(guard: LocalGuard<T, C>) -> LocalGuard<T, C> {
///     guard.named("renamed")
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be cleaned up in a local scope",
    label = "a local guard needs a cleanup that is `'static`, with an error that turns into `Box<dyn Error + Send + Sync>`",
    note = "for `local_guard(value)`: implement `LocalAsyncDrop` for the value; for `local_defer(value, async |value| ..)`: use \
            `async move`, and move what it needs into `value`"
)]
pub trait LocalCleanup<T>: sealed::Sealed + Sized + 'static {
    /// What can go wrong.
    type Error: Into<BoxError> + 'static;

    /// Cleans the value up.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops the cleanup where it stands.
    fn run(self, value: T, reason: ExitReason) -> impl Future<Output = Result<(), Self::Error>> + 'static;
}

/// Cleanup by the value's own `AsyncDrop` or `LocalAsyncDrop`.
///
/// # Examples
///
/// ```
/// use onpar_scope::{ByAsyncDrop, Guard};
/// # struct Connection;
/// # impl onpar_core::AsyncDrop for Connection {
/// #     type Error = std::convert::Infallible;
/// #     async fn async_drop(self, _: onpar_core::ExitReason) -> Result<(), Self::Error> { Ok(()) }
/// # }
///
/// struct Session {
///     connection: Guard<Connection, ByAsyncDrop>, // the default: `Guard<Connection>` is the same
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ByAsyncDrop;

/// Cleanup by a closure that takes the value.
///
/// # Examples
///
/// ```
/// use onpar_scope::{ByClosure, Cleanup, Guard, defer};
///
/// fn temporary(name: String) -> Guard<String, ByClosure<impl FnOnce(String) -> std::future::Ready<()>>> {
///     defer(name, |name| std::future::ready(println!("removing {name}")))
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ByClosure<F>(pub(crate) F);

impl<T> Cleanup<T> for ByAsyncDrop
where
    T: AsyncDrop<Error: Into<BoxError> + 'static> + 'static,
{
    type Error = T::Error;

    fn run(self, value: T, reason: ExitReason) -> impl Future<Output = Result<(), T::Error>> + Send + 'static {
        value.async_drop(reason)
    }
}

impl<T> LocalCleanup<T> for ByAsyncDrop
where
    T: LocalAsyncDrop<Error: Into<BoxError> + 'static> + 'static,
{
    type Error = T::Error;

    fn run(self, value: T, reason: ExitReason) -> impl Future<Output = Result<(), T::Error>> + 'static {
        value.async_drop(reason)
    }
}

impl<T, F, Fut, R> Cleanup<T> for ByClosure<F>
where
    F: FnOnce(T) -> Fut + Send + 'static,
    Fut: Future<Output = R> + Send + 'static,
    R: CleanupResult<Error: Into<BoxError> + Send + 'static> + 'static,
    T: Send + 'static,
{
    type Error = R::Error;

    async fn run(self, value: T, _reason: ExitReason) -> Result<(), R::Error> {
        (self.0)(value).await.into_result()
    }
}

impl<T, F, Fut, R> LocalCleanup<T> for ByClosure<F>
where
    F: FnOnce(T) -> Fut + 'static,
    Fut: Future<Output = R> + 'static,
    R: CleanupResult<Error: Into<BoxError> + 'static> + 'static,
    T: 'static,
{
    type Error = R::Error;

    async fn run(self, value: T, _reason: ExitReason) -> Result<(), R::Error> {
        (self.0)(value).await.into_result()
    }
}

mod sealed {
    /// Only the types of this file.
    #[expect(unnameable_types, reason = "that is what seals")]
    pub trait Sealed {}

    impl Sealed for super::ByAsyncDrop {}
    impl<F> Sealed for super::ByClosure<F> {}
}
