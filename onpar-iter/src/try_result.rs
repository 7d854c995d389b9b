//! [`Try`]: results that say whether to go on; and [`TryWith`], of another value.

use core::ops::ControlFlow;

/// A result that says whether to go on with a value, or to end: `Result`, `Option` and `ControlFlow`.
///
/// It is what [`try_fold`](crate::AsyncIterator::try_fold) and [`try_for_each`](crate::AsyncIterator::try_for_each) ask of
/// their closures, since std's own trait of that name is not stable.
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
/// use onpar_iter::Try;
///
/// assert_eq!(Some(1).branch(), ControlFlow::Continue(1));
/// assert_eq!(Err::<u8, _>("no").branch(), ControlFlow::Break(Err("no")));
/// assert_eq!(Option::from_output(1), Some(1));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether to go on",
    note = "give a `Result`, an `Option` or a `ControlFlow`"
)]
pub trait Try: Sized {
    /// The value to go on with.
    type Output;

    /// The result that goes on with this value.
    fn from_output(output: Self::Output) -> Self;

    /// The value to go on with, or the result to end with.
    fn branch(self) -> ControlFlow<Self, Self::Output>;
}

impl<T> Try for Option<T> {
    type Output = T;

    #[inline]
    fn from_output(output: T) -> Self {
        Some(output)
    }

    #[inline]
    fn branch(self) -> ControlFlow<Self, T> {
        match self {
            Some(output) => ControlFlow::Continue(output),
            None => ControlFlow::Break(None),
        }
    }
}

impl<T, E> Try for Result<T, E> {
    type Output = T;

    #[inline]
    fn from_output(output: T) -> Self {
        Ok(output)
    }

    #[inline]
    fn branch(self) -> ControlFlow<Self, T> {
        match self {
            Ok(output) => ControlFlow::Continue(output),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

impl<B, C> Try for ControlFlow<B, C> {
    type Output = C;

    #[inline]
    fn from_output(output: C) -> Self {
        Self::Continue(output)
    }

    #[inline]
    fn branch(self) -> ControlFlow<Self, C> {
        match self {
            Self::Continue(output) => ControlFlow::Continue(output),
            Self::Break(end) => ControlFlow::Break(Self::Break(end)),
        }
    }
}

/// A result whose value can be of another type, `C`: `Result<T, E>`, and `Result<C, E>`.
///
/// It is what [`try_find`](crate::AsyncItertools::try_find) and [`try_reduce`](crate::AsyncItertools::try_reduce) ask of their
/// closures.
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
/// use onpar_iter::TryWith;
///
/// let changed: ControlFlow<Result<String, &str>, u8> = Err::<u8, _>("no").branch_with();
/// assert_eq!(changed, ControlFlow::Break(Err("no")));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether to go on",
    note = "give a `Result`, an `Option` or a `ControlFlow`"
)]
pub trait TryWith<C>: Try {
    /// The same result, of another value.
    type Changed: Try<Output = C>;

    /// The value to go on with, or the result to end with, as one of another value.
    fn branch_with(self) -> ControlFlow<Self::Changed, Self::Output>;
}

impl<T, C> TryWith<C> for Option<T> {
    type Changed = Option<C>;

    #[inline]
    fn branch_with(self) -> ControlFlow<Option<C>, T> {
        match self {
            Some(output) => ControlFlow::Continue(output),
            None => ControlFlow::Break(None),
        }
    }
}

impl<T, C, E> TryWith<C> for Result<T, E> {
    type Changed = Result<C, E>;

    #[inline]
    fn branch_with(self) -> ControlFlow<Result<C, E>, T> {
        match self {
            Ok(output) => ControlFlow::Continue(output),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

impl<B, T, C> TryWith<C> for ControlFlow<B, T> {
    type Changed = ControlFlow<B, C>;

    #[inline]
    fn branch_with(self) -> ControlFlow<ControlFlow<B, C>, T> {
        match self {
            Self::Continue(output) => ControlFlow::Continue(output),
            Self::Break(end) => ControlFlow::Break(ControlFlow::Break(end)),
        }
    }
}
