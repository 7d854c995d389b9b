//! [`FromStream`]: what a stream can be collected into.

use core::ops::ControlFlow;

/// A collection that can be made of items of type `T`, one at a time. The twin of std's `FromIterator`.
///
/// It is implemented for the collections of std, for `String`, `PathBuf` and their kin, for tuples of up to twelve collections,
/// and for `Option`, `Result` and `ControlFlow` of all of them, which end at the first `None`, `Err` or `Break`. Any other
/// collection is filled by [`extend_into`](crate::AsyncIterator::extend_into).
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
/// use onpar_iter::{AsyncIterator, FromStream, IntoAsyncIterator};
///
/// /// The mean of numbers.
/// struct Mean(f64);
///
/// impl FromStream<f64> for Mean {
///     type SoFar = (f64, u32);
///
///     fn start(_: (usize, Option<usize>)) -> Self::SoFar {
///         (0.0, 0)
///     }
///
///     fn add((sum, count): &mut Self::SoFar, item: f64) -> ControlFlow<()> {
///         *sum += item;
///         *count += 1;
///         ControlFlow::Continue(())
///     }
///
///     fn finish((sum, count): Self::SoFar) -> Self {
///         Self(sum / f64::from(count))
///     }
/// }
///
/// let mean: Mean = pollster::block_on([1.0, 4.0].into_async_iter().collect());
/// assert_eq!(mean.0, 2.5);
/// ```
#[diagnostic::on_unimplemented(
    message = "a `{Self}` cannot be collected from a stream of `{T}`",
    note = "if it implements `Extend<{T}>`, write `stream.extend_into(&mut collection).await`"
)]
pub trait FromStream<T>: Sized {
    /// What there is before all items have come.
    type SoFar;

    /// Begins a collection, given how many items are to come.
    fn start(size_hint: (usize, Option<usize>)) -> Self::SoFar;

    /// Adds an item; breaks if no further one can change anything.
    fn add(so_far: &mut Self::SoFar, item: T) -> ControlFlow<()>;

    /// The collection of the items added.
    fn finish(so_far: Self::SoFar) -> Self;
}
