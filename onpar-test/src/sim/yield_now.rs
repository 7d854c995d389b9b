//! [`YieldNow`]: lets other tasks go first, once.

use core::pin::Pin;
use core::task::{Context, Poll};

/// Goes to the end of the queue, once. Made by [`Rt::yield_now`](super::Rt::yield_now).
///
/// # Cancel safety
///
/// Dropping it loses nothing.
#[derive(Debug, Default)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct YieldNow {
    pub(super) yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if core::mem::replace(&mut self.yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
