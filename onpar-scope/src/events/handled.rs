//! [`Handled`]: what a handler gives, and what the loop gives in the end.

use core::ops::ControlFlow;

/// What a handler of [`events`](crate::events()) gives: whether the loop goes on.
///
/// | a handler gives | the loop goes on with | and ends with | the loop then gives |
/// |---|---|---|---|
/// | `()` | `()` | | `()` |
/// | `ControlFlow<B>` | `Continue(())` | `Break(value)` | `ControlFlow<B>` |
/// | `Result<(), E>` | `Ok(())` | `Err(error)` | `Result<(), E>` |
/// | `Result<ControlFlow<B>, E>` | `Ok(Continue(()))` | `Ok(Break(value))`, `Err(error)` | `Result<ControlFlow<B>, E>` |
///
/// Handlers of one loop may differ: with `ControlFlow<B>` in one and `Result<(), E>` in another, the loop gives
/// `Result<ControlFlow<B>, E>`. A loop that ends since no arm is left gives the value of the second column.
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
/// use onpar_scope::events;
/// # use futures::stream::iter;
///
/// # pollster::block_on(async {
/// let mut sum = 0;
/// let ended: Result<ControlFlow<&str>, std::num::ParseIntError> = events(&mut sum)
///     .on(iter(["1", "2", "three"]), async |sum, word| {
///         *sum += word.parse::<u32>()?;
///         Ok(())
///     })
///     .on(iter([7, 0]), async |_, n| if n == 0 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) })
///     .await;
/// assert_eq!((ended, sum), (Ok(ControlFlow::Break("enough")), 3));
/// # });
/// ```
#[diagnostic::on_unimplemented(
    message = "a handler of an event loop cannot give `{Self}` here",
    label = "this handler gives `{Self}`",
    note = "a handler gives nothing, `ControlFlow<B>`, `Result<(), E>` or `Result<ControlFlow<B>, E>`; end it with a `;` where its \
            last value means nothing",
    note = "all handlers of one loop that break or fail do so with the same type"
)]
pub trait Handled<Loop>: sealed::Sealed {
    /// What a loop that would have given `Loop` gives with this handler in it.
    type Loop;
}

/// How what a handler gave ends its loop, if it does.
pub(crate) trait Stop<Loop> {
    fn stop(self) -> Option<Loop>;
}

/// What a loop gives when no arm is left.
pub(crate) trait Ended {
    const ENDED: Self;
}

type Fallible<B, E> = Result<ControlFlow<B>, E>;

/// `!`, what a handler gives that never returns, such as one that only panics; by a detour, since it cannot be named yet.
type Never = <fn() -> ! as sealed::Function>::Output;

impl<Loop> Handled<Loop> for () {
    type Loop = Loop;
}

impl<Loop> Handled<Loop> for Never {
    type Loop = Loop;
}

macro_rules! joins {
    ($([$($Generic:ident)*] $Handler:ty, $Before:ty => $After:ty;)*) => {$(
        impl<$($Generic),*> Handled<$Before> for $Handler {
            type Loop = $After;
        }
    )*};
}

joins! {
    [B]   ControlFlow<B>, ()             => ControlFlow<B>;
    [B]   ControlFlow<B>, ControlFlow<B> => ControlFlow<B>;
    [B E] ControlFlow<B>, Result<(), E>  => Fallible<B, E>;
    [B E] ControlFlow<B>, Fallible<B, E> => Fallible<B, E>;
    [E]   Result<(), E>,  ()             => Result<(), E>;
    [E]   Result<(), E>,  Result<(), E>  => Result<(), E>;
    [B E] Result<(), E>,  ControlFlow<B> => Fallible<B, E>;
    [B E] Result<(), E>,  Fallible<B, E> => Fallible<B, E>;
    [B E] Fallible<B, E>, ()             => Fallible<B, E>;
    [B E] Fallible<B, E>, ControlFlow<B> => Fallible<B, E>;
    [B E] Fallible<B, E>, Result<(), E>  => Fallible<B, E>;
    [B E] Fallible<B, E>, Fallible<B, E> => Fallible<B, E>;
}

impl<Loop> Stop<Loop> for () {
    fn stop(self) -> Option<Loop> {
        None
    }
}

impl<Loop> Stop<Loop> for Never {
    fn stop(self) -> Option<Loop> {
        self
    }
}

impl<B> Stop<Self> for ControlFlow<B> {
    fn stop(self) -> Option<Self> {
        self.is_break().then_some(self)
    }
}

impl<B, E> Stop<Fallible<B, E>> for ControlFlow<B> {
    fn stop(self) -> Option<Fallible<B, E>> {
        self.is_break().then_some(Ok(self))
    }
}

impl<E> Stop<Self> for Result<(), E> {
    fn stop(self) -> Option<Self> {
        self.is_err().then_some(self)
    }
}

impl<B, E> Stop<Fallible<B, E>> for Result<(), E> {
    fn stop(self) -> Option<Fallible<B, E>> {
        self.err().map(Err)
    }
}

impl<B, E> Stop<Self> for Fallible<B, E> {
    fn stop(self) -> Option<Self> {
        match self {
            Ok(ControlFlow::Continue(())) => None,
            ends => Some(ends),
        }
    }
}

impl Ended for () {
    const ENDED: Self = ();
}

impl<B> Ended for ControlFlow<B> {
    const ENDED: Self = Self::Continue(());
}

impl<E> Ended for Result<(), E> {
    const ENDED: Self = Ok(());
}

impl<B, E> Ended for Fallible<B, E> {
    const ENDED: Self = Ok(ControlFlow::Continue(()));
}

mod sealed {
    use super::ControlFlow;

    /// Only the types of this file.
    #[expect(unnameable_types, reason = "that is what seals")]
    pub trait Sealed {}

    impl Sealed for () {}
    impl Sealed for super::Never {}
    impl<B> Sealed for ControlFlow<B> {}
    impl<E> Sealed for Result<(), E> {}
    impl<B, E> Sealed for Result<ControlFlow<B>, E> {}

    /// What a function gives.
    #[expect(unnameable_types, reason = "of no use to others")]
    pub trait Function {
        type Output;
    }

    impl<T> Function for fn() -> T {
        type Output = T;
    }
}
