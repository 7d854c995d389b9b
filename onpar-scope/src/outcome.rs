//! [`Outcome`]: what a scope's body gave, and what went wrong with its cleanups.

use core::error::Error;
use core::fmt;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::CleanupError;

/// What a scope's body gave, and beside it what went wrong with the cleanups.
///
/// # Examples
///
/// ```
/// use onpar_scope::{defer, scope};
///
/// # pollster::block_on(async {
/// let outcome = scope(async |_| {
///     let _connection = defer("db", async |_| Err("goodbye was refused"));
///     Err::<(), _>("constraint violated")
/// })
/// .outcome()
/// .await;
/// assert_eq!(outcome.value, Err("constraint violated")); // the body's error is never replaced,
/// assert_eq!(outcome.cleanup.len(), 1); // and the cleanup's is not lost
/// # });
/// ```
#[derive(Debug)]
#[must_use = "an outcome may hold cleanup errors that nobody else is told of"]
pub struct Outcome<T> {
    /// What the body gave.
    pub value: T,
    /// What went wrong with the cleanups, in the order in which it happened.
    pub cleanup: CleanupErrors,
}

impl<T, E> Outcome<Result<T, E>> {
    /// As a `Result`, each side with the cleanup errors that stand beside it.
    ///
    /// # Errors
    ///
    /// The body's error. It is an [`Error`] if that is one, so `?` passes it on.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{Outcome, scope};
    ///
    /// # pollster::block_on(async {
    /// let parsed: Result<Outcome<u32>, Outcome<_>> = scope(async |_| "7".parse()).outcome().await.into_result();
    /// let Outcome { value, cleanup, .. } = parsed?;
    /// assert_eq!((value, cleanup.len()), (7, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(()) }).unwrap();
    /// ```
    pub fn into_result(self) -> Result<Outcome<T>, Outcome<E>> {
        let Self { value, cleanup } = self;
        match value {
            Ok(value) => Ok(Outcome { value, cleanup }),
            Err(value) => Err(Outcome { value, cleanup }),
        }
    }
}

impl<E: fmt::Display> fmt::Display for Outcome<E> {
    /// The value, and the cleanup errors if there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)?;
        if self.cleanup.is_empty() { Ok(()) } else { write!(f, "; {}", self.cleanup) }
    }
}

impl<E: Error> Error for Outcome<E> {
    /// That of the value, of which this is another form.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.value.source()
    }
}

/// Errors of several cleanups, in the order in which they happened. Derefs to a slice.
///
/// # Examples
///
/// ```
/// use onpar_scope::CleanupErrors;
///
/// fn fail_on_any(errors: CleanupErrors) -> Result<(), CleanupErrors> {
///     for error in &errors {
///         eprintln!("{error}");
///     }
///     if errors.is_empty() { Ok(()) } else { Err(errors) }
/// }
/// ```
#[derive(Debug)]
pub struct CleanupErrors(Vec<CleanupError>);

impl CleanupErrors {
    pub(crate) fn new(errors: Vec<CleanupError>) -> Self {
        Self(errors)
    }
}

impl Deref for CleanupErrors {
    type Target = [CleanupError];

    fn deref(&self) -> &[CleanupError] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a CleanupErrors {
    type Item = &'a CleanupError;
    type IntoIter = core::slice::Iter<'a, CleanupError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for CleanupErrors {
    type Item = CleanupError;
    type IntoIter = alloc::vec::IntoIter<CleanupError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for CleanupErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cleanup{} went wrong", self.len(), if self.len() == 1 { "" } else { "s" })?;
        self.iter().try_for_each(|error| write!(f, "; {error}"))
    }
}

impl Error for CleanupErrors {
    /// The first of them.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.first().map(|error| error as _)
    }
}

/// A future that collects cleanup errors beside its value.
pub(crate) trait Collecting: Future {
    /// What has been collected when the future has ended.
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError>;
}

pin_project! {
    /// The future of [`ScopeFuture::outcome`](crate::ScopeFuture::outcome) and its likes.
    ///
    /// # Cancel safety
    ///
    /// As the scope itself. Errors collected so far are told to the [hook](crate::set_cleanup_hook).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{Outcome, scope};
    ///
    /// # pollster::block_on(async {
    /// let Outcome { value, cleanup, .. } = scope(async |_| 7).outcome().await;
    /// assert_eq!((value, cleanup.len()), (7, 0));
    /// # });
    /// ```
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct OutcomeFuture<S> {
        #[pin]
        scope: S,
    }
}

impl<S> OutcomeFuture<S> {
    pub(crate) fn new(scope: S) -> Self {
        Self { scope }
    }
}

impl<S: Collecting> Future for OutcomeFuture<S> {
    type Output = Outcome<S::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut scope = self.project().scope;
        let value = ready!(scope.as_mut().poll(cx));
        Poll::Ready(Outcome { value, cleanup: CleanupErrors::new(scope.take_errors()) })
    }
}
