//! [`Once`]: an arm's only item is what a future gives.
//!
//! ```
//! use onpar_scope::events::{Arm, Events, NoArms, Once, Only, events};
//!
//! let mut sum = 0;
//! let summing: Events<'_, u32, Arm<NoArms, Once<_>, u32, Only<_>, _>> =
//!     events(&mut sum).once(async { 7 }, async |sum, n| *sum += n);
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 7);
//! ```

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::source::Source;

pin_project! {
    /// The source of an arm made by [`Events::once`](super::Events::once).
    pub struct Once<Fut> {
        #[pin]
        pub(crate) future: Option<Fut>,
    }
}

impl<S, Fut: Future> Source<'_, S> for Once<Fut> {
    type Item = Fut::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        let output = ready!(future.poll(cx));
        this.future.set(None);
        Poll::Ready(Some(output))
    }

    fn stop(self: Pin<&mut Self>) {
        self.project().future.set(None);
    }
}

impl<Fut> fmt::Debug for Once<Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
