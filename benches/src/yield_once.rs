//! [`YieldOnce`]: pending at its first poll, and woken at once. The same on every side, whatever the runtime.

use core::pin::Pin;
use core::task::{Context, Poll};

/// Pending at its first poll, ready at its second.
#[derive(Debug, Default)]
pub(crate) struct YieldOnce {
    polled: bool,
}

impl Future for YieldOnce {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polled {
            return Poll::Ready(());
        }
        self.polled = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
