//! [`Stage`]: a part of a pipeline.

use core::pin::Pin;
use core::task::{Context, Poll};

/// A part of a pipeline: its source, or a stage that works on the items of the one before, and owns that.
///
/// It is implemented by the types of this module, and is what their methods ask for.
///
/// # Examples
///
/// ```
/// use onpar_iter::concurrent::{Concurrent, Stage};
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
///
/// /// The end of any pipeline.
/// async fn sum<P: Stage<Item = u32>>(pipeline: Concurrent<P>) -> u32 {
///     pipeline.collect::<Vec<_>>().await.into_iter().sum()
/// }
///
/// let pipeline = [1, 2].into_async_iter().concurrent(limit!(2)).map(async |n| n * 2);
/// assert_eq!(pollster::block_on(sum(pipeline)), 6);
/// ```
#[expect(private_bounds, reason = "what is lent relies on how items and tickets pass")]
pub trait Stage: Sealed {
    /// What it gives.
    type Item;
    /// What goes with each item from the source to the end.
    type Ticket;

    /// A poll of the pipeline begins: polls everything that has been woken, here and before. `cx` is woken for what will be.
    fn drive(self: Pin<&mut Self>, cx: &mut Context<'_>);

    /// Begins what there is room for, and gives an item, if there is one and `room` for it.
    ///
    /// `None` is the end, and nothing is under way then.
    fn pull(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(Self::Ticket, Self::Item)>>;

    /// The item of this ticket has been worked on to its end.
    fn finish(self: Pin<&mut Self>, ticket: Self::Ticket);

    /// The items whose calls in this stage have given an answer, which nobody has taken, have been worked on to their end.
    fn finish_rest(self: Pin<&mut Self>) {}
}

/// Only this module implements [`Stage`].
pub(super) trait Sealed {}
