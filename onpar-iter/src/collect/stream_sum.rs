//! [`StreamSum`]: what the items of a stream can be added up to.

use core::num::{Saturating, Wrapping};
use core::ops::ControlFlow;
use core::time::Duration;
/// A number that items of type `T` can be added up to, one at a time. The twin of std's `Sum`.
///
/// It is implemented for the numbers of std, by value and by reference, for `Duration`, and for `Option` and `Result` of them,
/// which end at the first `None` or `Err`.
///
/// # Panics
///
/// An overflow panics where that of `+` does.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     let numbers = [1.5, 2.0];
///     assert_eq!(numbers.iter().into_async_iter().sum::<f64>().await, 3.5);
///     let some: Option<f64> = [Some(1.0), None].into_async_iter().sum().await;
///     assert_eq!(some, None);
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "items of type `{T}` cannot be added up to a `{Self}`",
    note = "texts are collected, by `collect::<String>()`; for a number of one's own, write `fold`, or implement `StreamSum`"
)]
pub trait StreamSum<T = Self>: Sized {
    /// The sum of no items.
    fn zero() -> Self;

    /// Adds an item; breaks if no further one can change anything.
    fn add(&mut self, item: T) -> ControlFlow<()>;
}

/// What `+=` is enough for.
macro_rules! numbers {
    ($($Number:ty = $zero:expr;)+) => {$(
        impl StreamSum for $Number {
            fn zero() -> Self {
                $zero
            }

            #[inline]
            fn add(&mut self, item: Self) -> ControlFlow<()> {
                *self += item;
                ControlFlow::Continue(())
            }
        }

        impl StreamSum<&Self> for $Number {
            fn zero() -> Self {
                $zero
            }

            #[inline]
            fn add(&mut self, item: &Self) -> ControlFlow<()> {
                *self += *item;
                ControlFlow::Continue(())
            }
        }
    )+};
}

macro_rules! integers {
    ($($Integer:ty),+) => {
        numbers! {$(
            $Integer = 0;
            Wrapping<$Integer> = Self(0);
            Saturating<$Integer> = Self(0);
        )+}
    };
}

integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);
numbers! {
    // As std has it: the one number that changes no other, -0.0 among them.
    f32 = -0.0;
    f64 = -0.0;
}

impl StreamSum<Duration> for Duration {
    fn zero() -> Self {
        Self::ZERO
    }

    #[inline]
    fn add(&mut self, item: Self) -> ControlFlow<()> {
        *self += item;
        ControlFlow::Continue(())
    }
}

impl StreamSum<&Duration> for Duration {
    fn zero() -> Self {
        Self::ZERO
    }

    #[inline]
    fn add(&mut self, item: &Self) -> ControlFlow<()> {
        *self += *item;
        ControlFlow::Continue(())
    }
}
