//! [`Repeat`]: an arm's items are what one future after another gives, each made of the state.
//!
//! ```
//! use onpar_scope::events::{Arm, Each, Events, NoArms, Repeat, events};
//!
//! let mut sum = 0;
//! let summing: Events<'_, u32, Arm<NoArms, Repeat<_, _>, u32, Each<_>, _>> =
//!     events(&mut sum).repeat(|sum| (*sum < 9).then_some(async { 3 }), async |sum, n| *sum += n);
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 9);
//! ```

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::source::Source;

pin_project! {
    /// The source of an arm made by [`Events::repeat`](super::Events::repeat).
    pub struct Repeat<N, Fut> {
        #[pin]
        pub(crate) future: Option<Fut>,
        pub(crate) next: N,
    }
}

impl<S, N, Fut> Source<'_, S> for Repeat<N, Fut>
where
    N: FnMut(&mut S) -> Option<Fut>,
    Fut: Future,
{
    type Item = Fut::Output;

    const RESTS: bool = true;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else { return Poll::Pending };
        let output = ready!(future.poll(cx));
        this.future.set(None);
        Poll::Ready(Some(output))
    }

    #[inline]
    fn begin(self: Pin<&mut Self>, state: &mut S) -> bool {
        let mut this = self.project();
        let next = (this.next)(state);
        let begun = next.is_some();
        this.future.set(next);
        begun
    }

    fn stop(self: Pin<&mut Self>) {
        self.project().future.set(None);
    }
}

impl<N, Fut> fmt::Debug for Repeat<N, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repeat").finish_non_exhaustive()
    }
}
