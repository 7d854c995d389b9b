//! [`JoinError`]: why a spawned task gave no value.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use core::any::Any;
use core::error::Error;
use core::fmt;

#[cfg(feature = "alloc")]
use crate::payload::Payload;

/// Why a spawned task gave no value: it panicked, or its runtime dropped it before it was done.
///
/// It is `Send` and `Sync`, so that `?` passes it on as a `Box<dyn Error + Send + Sync>`, or as the error of a crate like `anyhow`,
/// although a panic's payload need not be `Sync`: [`into_panic`](Self::into_panic) takes the error by value.
///
/// # Examples
///
/// ```
/// let error = onpar_core::JoinError::dropped();
/// assert!(!error.is_panic());
/// assert_eq!(error.to_string(), "the task was dropped before it was done: its runtime has shut down, or aborted it");
/// ```
pub struct JoinError {
    kind: Kind,
}

enum Kind {
    Dropped,
    #[cfg(feature = "alloc")]
    Panicked(Payload),
}

impl JoinError {
    /// The task was dropped before it was done.
    pub const fn dropped() -> Self {
        Self { kind: Kind::Dropped }
    }

    /// The task panicked with this payload.
    #[cfg(feature = "alloc")]
    pub const fn panicked(payload: Box<dyn Any + Send>) -> Self {
        Self { kind: Kind::Panicked(Payload::new(payload)) }
    }

    /// Whether the task panicked.
    pub const fn is_panic(&self) -> bool {
        !matches!(self.kind, Kind::Dropped)
    }

    /// The payload of the panic, to be resumed, or the error itself if the task did not panic.
    ///
    /// # Errors
    ///
    /// The error itself, if the task did not panic.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::JoinError;
    ///
    /// fn pass_on(error: JoinError) {
    ///     match error.into_panic() {
    ///         Ok(payload) => std::panic::resume_unwind(payload),
    ///         Err(error) => eprintln!("{error}"),
    ///     }
    /// }
    /// pass_on(JoinError::dropped());
    /// ```
    #[cfg(feature = "alloc")]
    pub fn into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        match self.kind {
            Kind::Panicked(payload) => Ok(payload.into_inner()),
            Kind::Dropped => Err(self),
        }
    }

    /// What the panic said, if it said it in words.
    fn message(&self) -> Option<&str> {
        match &self.kind {
            #[cfg(feature = "alloc")]
            Kind::Panicked(payload) => payload.words(),
            Kind::Dropped => None,
        }
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_panic() {
            return f.write_str("the task was dropped before it was done: its runtime has shut down, or aborted it");
        }
        match self.message() {
            Some(words) => write!(f, "the task panicked: {words}"),
            None => f.write_str("the task panicked"),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinError").field("panic", &self.is_panic()).field("message", &self.message()).finish()
    }
}

impl Error for JoinError {}
