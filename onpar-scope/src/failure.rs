//! [`Failure`]: the first of several errors, and the others beside it.

use core::error::Error;
use core::fmt;
use core::iter;

use crate::outcome::CleanupErrors;
use crate::{CleanupError, hook};

/// Why work that was done together failed: the error that came first, those that came after it before everything had
/// ended, and what went wrong with the cleanups.
///
/// # Examples
///
/// ```
/// use onpar_scope::Failure;
///
/// let failure = Failure { others: vec!["closed"], ..Failure::of("500 from host") };
/// assert_eq!(failure.to_string(), "500 from host; 1 more error: closed");
/// assert_eq!(failure.iter().collect::<Vec<_>>(), [&"500 from host", &"closed"]);
/// assert_eq!(failure.into_primary(), "500 from host");
/// ```
#[derive(Debug)]
pub struct Failure<E> {
    /// The first error in time; among those of one poll, that of whoever was polled first.
    pub primary: E,
    /// The errors that came later, in the order in which they came.
    pub others: Vec<E>,
    /// What went wrong with the cleanups, in the order in which it happened.
    pub cleanup: CleanupErrors,
}

impl<E> Failure<E> {
    /// One error, with nothing beside it.
    pub fn of(primary: E) -> Self {
        Self { primary, others: Vec::new(), cleanup: CleanupErrors::new(Vec::new()) }
    }

    /// Adds an error behind those that there are.
    pub(crate) fn add(failure: &mut Option<Self>, error: E) {
        match failure {
            Some(failure) => failure.others.push(error),
            None => *failure = Some(Self::of(error)),
        }
    }

    /// The first error alone. The rest is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::Failure;
    ///
    /// fn parse(words: &str) -> Result<u32, std::num::ParseIntError> {
    ///     words.parse().map_err(Failure::of).map_err(Failure::into_primary)
    /// }
    /// assert!(parse("seven").is_err());
    /// ```
    pub fn into_primary(self) -> E {
        self.primary
    }

    /// All errors of the work, the first one first.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        iter::once(&self.primary).chain(&self.others)
    }
}

/// Puts the cleanup errors into the failure, or tells the hook of them where there is none.
pub(crate) fn tell<E>(errors: Vec<CleanupError>, failure: Option<&mut Failure<E>>) {
    match failure {
        Some(failure) => failure.cleanup = CleanupErrors::new(errors),
        None => errors.iter().for_each(hook::report),
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    /// The first error; behind it, if there are any, the others and the cleanup errors.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.primary.fmt(f)?;
        if !self.others.is_empty() {
            write!(f, "; {} more error{}", self.others.len(), if self.others.len() == 1 { "" } else { "s" })?;
            let mut separator = ":";
            for error in &self.others {
                write!(f, "{separator} {error}")?;
                separator = ";";
            }
        }
        if self.cleanup.is_empty() { Ok(()) } else { write!(f, "; {}", self.cleanup) }
    }
}

impl<E: Error> Error for Failure<E> {
    /// That of the first error, of which this is another form.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.primary.source()
    }
}
