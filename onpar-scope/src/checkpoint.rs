//! [`checkpoint`]: a place in a long loop where deadlines are looked at.

use core::pin::Pin;
use core::task::{Context, Poll};

use crate::engine::frame::{is_in_scope, poll_step};

/// A place where work that awaits nothing else gives its thread back now and then, so that a [`timeout`](crate::timeout)
/// around it can fire, its siblings run, and other tasks too.
///
/// In a scope it is ready at once 64 times in one poll, other awaits of onpar counted, and then once gives the thread back.
/// Outside of every scope it always does.
///
/// # Cancel safety
///
/// Dropping it loses nothing.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_scope::{Elapsed, checkpoint, timeout};
///
/// async fn sum(clock: &impl Clock, numbers: &[u64]) -> Result<u64, Elapsed> {
///     let work = async {
///         let mut sum = 0;
///         for number in numbers {
///             sum += number;
///             checkpoint().await;
///         }
///         sum
///     };
///     timeout(clock, Duration::from_millis(10), work).await
/// }
/// ```
pub fn checkpoint() -> Checkpoint {
    Checkpoint { yielded: false }
}

/// The future of [`checkpoint`].
///
/// # Cancel safety
///
/// Dropping it loses nothing.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Checkpoint, checkpoint};
///
/// # pollster::block_on(async {
/// let checkpoint: Checkpoint = checkpoint();
/// checkpoint.await;
/// # });
/// ```
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Checkpoint {
    yielded: bool,
}

impl Future for Checkpoint {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if core::mem::replace(&mut self.yielded, true) {
            return Poll::Ready(());
        }
        if is_in_scope() {
            return poll_step(cx);
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
