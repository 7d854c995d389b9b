//! [`CleanupResult`]: what a cleanup closure may return.

/// What a cleanup closure may return: nothing, or a `Result`.
///
/// # Examples
///
/// ```
/// use onpar_scope::CleanupResult;
///
/// assert!(().into_result().is_ok());
/// assert!(Err::<(), _>("refused").into_result().is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "a cleanup returns nothing or a `Result<(), E>`, and not `{Self}`",
    label = "this returns `{Self}`",
    note = "end it with a `;`, or with `.map(drop)` where it is a `Result`"
)]
pub trait CleanupResult: sealed::Sealed {
    /// What can go wrong.
    type Error;

    /// As a `Result`.
    ///
    /// # Errors
    ///
    /// What went wrong.
    fn into_result(self) -> Result<(), Self::Error>;
}

impl CleanupResult for () {
    type Error = core::convert::Infallible;

    fn into_result(self) -> Result<(), Self::Error> {
        Ok(())
    }
}

impl<E> CleanupResult for Result<(), E> {
    type Error = E;

    fn into_result(self) -> Self {
        self
    }
}

mod sealed {
    /// Only the types of this file.
    #[expect(unnameable_types, reason = "that is what seals")]
    pub trait Sealed {}

    impl Sealed for () {}
    impl<E> Sealed for Result<(), E> {}
}
