//! [`FromStream`]: an arm's items are those of a stream.
//!
//! ```
//! use onpar_scope::events::{Arm, Each, Events, FromStream, NoArms, events};
//!
//! let mut sum = 0;
//! let summing: Events<'_, u32, Arm<NoArms, FromStream<_>, u32, Each<_>, _>> =
//!     events(&mut sum).on(futures::stream::iter([1, 2]), async |sum, n| *sum += n);
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 3);
//! ```

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
