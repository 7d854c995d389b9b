//! [`CleanupError`]: what went wrong with one cleanup.

use core::error::Error;
use core::fmt;
use core::panic::Location;

/// What went wrong with one cleanup: whose it was, where its guard was made, and what happened.
///
/// A cleanup error never replaces the outcome of the work. It is told to the [hook](crate::set_cleanup_hook), or comes
/// with the scope's [`Outcome`](crate::Outcome) where that is asked for.
///
/// # Examples
///
/// ```
/// use onpar_scope::{CleanupError, CleanupErrorKind, defer, scope};
///
/// # pollster::block_on(async {
/// let outcome = scope(async |_| drop(defer(7, async |_| Err("refused")).named("connection"))).outcome().await;
/// let error: &CleanupError = &outcome.cleanup[0];
/// assert_eq!((error.name(), error.location().file()), ("connection", file!()));
/// assert_eq!(error.scope().map(|(name, _)| name), Some("scope"));
/// assert!(matches!(error.kind(), CleanupErrorKind::Failed(error) if error.to_string() == "refused"));
/// # });
/// ```
#[derive(Debug)]
pub struct CleanupError {
    name: &'static str,
    location: &'static Location<'static>,
    scope: Option<(&'static str, &'static Location<'static>)>,
    kind: CleanupErrorKind,
}

/// What happened to a cleanup.
///
/// # Examples
///
/// ```
/// use onpar_scope::CleanupErrorKind;
///
/// assert!(CleanupErrorKind::TimedOut.to_string().starts_with("did not end within its scope's cleanup budget"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum CleanupErrorKind {
    /// It ended with this error.
    #[cfg(feature = "std")]
    Failed(onpar_core::BoxError),
    /// It ended with an error that said this. It was in an [`Arena`](crate::Arena), whose scopes have no heap for an error.
    FailedInArena(crate::ErrorWords),
    /// It panicked, with these words.
    #[cfg(feature = "std")]
    Panicked(String),
    /// It is no cleanup but a child, which panicked with these words. The panic itself passes on from the scope; this says
    /// which child it was.
    #[cfg(feature = "std")]
    ChildPanicked(String),
    /// The scope's cleanup budget was used up before it ended.
    TimedOut,
    /// It was dropped without any scope to run it, and no reaper was registered: it has not run, or not to its end.
    Leaked,
    /// Its future was dropped while it ran in place, with nobody to pass it on to.
    Interrupted,
}

impl CleanupError {
    pub(crate) fn new(name: &'static str, location: &'static Location<'static>, kind: CleanupErrorKind) -> Self {
        Self { name, location, scope: None, kind }
    }

    /// The scope that ran the cleanup, or was dropped with it.
    pub(crate) fn in_scope(self, name: &'static str, location: &'static Location<'static>) -> Self {
        Self { scope: Some((name, location)), ..self }
    }

    /// The name of the guard: what it was [named](crate::Guard::named), or the type of its value.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where the guard was made.
    pub fn location(&self) -> &'static Location<'static> {
        self.location
    }

    /// The name of the scope that ran the cleanup, and where that was made; `None` if there was none.
    pub fn scope(&self) -> Option<(&'static str, &'static Location<'static>)> {
        self.scope
    }

    /// What happened.
    pub fn kind(&self) -> &CleanupErrorKind {
        &self.kind
    }

    /// The error that the cleanup ended with, to be owned and downcast; `None` if something else happened to it.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::io::{Error, ErrorKind};
    /// use onpar_scope::{defer, scope};
    ///
    /// # pollster::block_on(async {
    /// let refuse = async |()| Err(Error::from(ErrorKind::ConnectionRefused));
    /// let outcome = scope(async |_| drop(defer((), refuse))).outcome().await;
    /// let errors = outcome.cleanup.into_iter().filter_map(|error| error.into_source());
    /// let errors: Vec<Error> = errors.filter_map(|error| error.downcast().ok()).map(|error| *error).collect();
    /// assert_eq!(errors[0].kind(), ErrorKind::ConnectionRefused);
    /// # });
    /// ```
    #[cfg(feature = "std")]
    pub fn into_source(self) -> Option<onpar_core::BoxError> {
        match self.kind {
            CleanupErrorKind::Failed(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for CleanupErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "std")]
            Self::Failed(error) => write!(f, "failed: {error}"),
            Self::FailedInArena(words) => write!(f, "failed: {words}"),
            #[cfg(feature = "std")]
            Self::Panicked(words) | Self::ChildPanicked(words) => write!(f, "panicked: {words}"),
            Self::TimedOut => f.write_str(
                "did not end within its scope's cleanup budget, and was dropped: find what it waits for, or give the scope a \
                 larger `cleanup_budget`",
            ),
            Self::Leaked => f.write_str(
                "was dropped outside every scope that may run it, and did not run to its end: wrap the work in \
                 `scope(async |s| ..)` or register a `Reaper`; for what is local, `local_scope`, `local_timeout` or \
                 `LocalReaper`; in an `Arena`, cancel a scope within, `s.scope(..)`, and never the outermost",
            ),
            Self::Interrupted => {
                f.write_str("was dropped while it ran in place: use a guard in a scope where it has to run to its end")
            }
        }
    }
}

impl fmt::Display for CleanupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            #[cfg(feature = "std")]
            CleanupErrorKind::ChildPanicked(_) => write!(f, "`{}` (spawned at {})", self.name, self.location)?,
            _ => write!(f, "the cleanup of `{}` (guard made at {})", self.name, self.location)?,
        }
        write!(f, " {}", self.kind)?;
        match self.scope {
            Some((name, location)) => write!(f, "; the scope: `{name}` (made at {location})"),
            None => Ok(()),
        }
    }
}

impl Error for CleanupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.kind {
            #[cfg(feature = "std")]
            CleanupErrorKind::Failed(error) => Some(&**error),
            _ => None,
        }
    }
}
