//! [`StreamProduct`]: what the items of a stream can be multiplied to.

use core::num::{Saturating, Wrapping};
use core::ops::ControlFlow;

/// A number that items of type `T` can be multiplied to, one at a time. The twin of std's `Product`.
///
/// It is implemented for the numbers of std, by value and by reference, and for `Option` and `Result` of them, which end at
/// the first `None` or `Err`.
///
/// # Panics
///
/// An overflow panics where that of `*` does.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     let numbers = [1.5, 2.0];
///     assert_eq!(numbers.iter().into_async_iter().product::<f64>().await, 3.0);
///     let some: Option<f64> = [Some(1.0), None].into_async_iter().product().await;
///     assert_eq!(some, None);
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "items of type `{T}` cannot be multiplied to a `{Self}`",
    note = "for a number of one's own, write `fold`, or implement `StreamProduct`"
)]
pub trait StreamProduct<T = Self>: Sized {
    /// The product of no items.
    fn one() -> Self;

    /// Multiplies by an item; breaks if no further one can change anything.
    fn multiply(&mut self, item: T) -> ControlFlow<()>;
}

/// What `*=` is enough for.
macro_rules! numbers {
    ($($Number:ty = $one:expr;)+) => {$(
        impl StreamProduct for $Number {
            fn one() -> Self {
                $one
            }

            #[inline]
            fn multiply(&mut self, item: Self) -> ControlFlow<()> {
                *self *= item;
                ControlFlow::Continue(())
            }
        }

        impl StreamProduct<&Self> for $Number {
            fn one() -> Self {
                $one
            }

            #[inline]
            fn multiply(&mut self, item: &Self) -> ControlFlow<()> {
                *self *= *item;
                ControlFlow::Continue(())
            }
        }
    )+};
}

macro_rules! integers {
    ($($Integer:ty),+) => {
        numbers! {$(
            $Integer = 1;
            Wrapping<$Integer> = Self(1);
            Saturating<$Integer> = Self(1);
        )+}
    };
}

integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);
numbers! {
    f32 = 1.0;
    f64 = 1.0;
}
