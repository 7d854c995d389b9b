//! [`InjectedPanic`]: the payload of the panics that this crate injects.

use core::any::Any;
use std::panic::resume_unwind;

/// The payload of a panic that a test has injected, so that it is not taken for a real one.
///
/// # Examples
///
/// ```
/// use onpar_test::InjectedPanic;
///
/// let payload = std::panic::catch_unwind(|| InjectedPanic::throw()).unwrap_err();
/// assert!(InjectedPanic::is(&*payload));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InjectedPanic;

impl InjectedPanic {
    /// Whether `payload` is that of an injected panic.
    pub fn is(payload: &(dyn Any + Send)) -> bool {
        payload.is::<Self>()
    }

    /// Panics, without calling the panic hook: thousands of injected panics print nothing.
    ///
    /// # Panics
    ///
    /// Always.
    pub fn throw() -> ! {
        resume_unwind(Box::new(Self))
    }
}
