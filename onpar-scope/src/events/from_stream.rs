//! [`FromStream`]: an arm's items are those of a stream.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::source::Source;

pin_project! {
    /// The source of an arm made by [`Events::on`](super::Events::on).
    pub struct FromStream<St> {
        #[pin]
        pub(crate) stream: Option<St>,
    }
}

impl<S, St: Stream> Source<'_, S> for FromStream<St> {
    type Item = St::Item;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<St::Item>> {
        self.project().stream.as_pin_mut().map_or(Poll::Ready(None), |stream| stream.poll_next(cx))
    }

    fn stop(self: Pin<&mut Self>) {
        self.project().stream.set(None);
    }
}

impl<St> fmt::Debug for FromStream<St> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromStream").finish_non_exhaustive()
    }
}
