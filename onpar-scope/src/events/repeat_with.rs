//! [`RepeatWith`]: an arm's items are what one future after another gives, each of which borrows a resource of the arm's.
//!
//! The resource stands beside the future that borrows it, in a [`Slot`]. Never to be broken: the resource is not touched
//! while that future is there, and the future is dropped first; it is declared first.
//!
//! ```
//! use onpar_scope::events::{Arm, Each, Events, NoArms, RepeatWith, events};
//!
//! let (mut numbers, mut sum) = (vec![1, 2], 0);
//! let summing: Events<'_, u32, Arm<NoArms, RepeatWith<&mut Vec<u32>, _, _, _>, Option<u32>, Each<_>, _>> = events(&mut sum)
//!     .repeat_with(
//!         &mut numbers,
//!         |sum| (*sum < 3).then_some(()),
//!         async |numbers, ()| numbers.pop(),
//!         async |sum, n| *sum += n.unwrap_or(0),
//!     );
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 3);
//! ```
#![expect(unsafe_code, reason = "the loan of the resource")]

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::source::Source;
use crate::slot::Slot;

pin_project! {
    /// The source of an arm made by [`Events::repeat_with`](super::Events::repeat_with).
    pub struct RepeatWith<T, N, W, Fut> {
        #[pin]
        future: Option<Fut>,
        #[pin]
        resource: Slot<T>,
        next: N,
        work: W,
    }
}

impl<T, N, W, Fut> RepeatWith<T, N, W, Fut> {
    /// `work` must be one that takes a loan of any lifetime.
    pub(crate) fn new(resource: T, next: N, work: W) -> Self {
        Self { future: None, resource: Slot::holding(resource), next, work }
    }
}

impl<'x, S, T, N, I, W, Fut> Source<'x, S> for RepeatWith<T, N, W, Fut>
where
    T: 'x,
    N: FnMut(&mut S) -> Option<I>,
    W: FnMut(&'x mut T, I) -> Fut,
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
        let Some(input) = (this.next)(state) else { return false };
        this.future.set(None);
        // SAFETY: the future that had the last loan has just been dropped, if it was not before. This loan ends with the
        // new future, which is dropped before the slot: it is declared first. The work was checked for every lifetime, so
        // nothing else keeps it.
        let lent: Option<&'x mut T> = unsafe { this.resource.lend() };
        this.future.set(lent.map(|resource| (this.work)(resource, input)));
        true
    }

    fn stop(self: Pin<&mut Self>) {
        self.project().future.set(None);
    }
}

impl<T, N, W, Fut> fmt::Debug for RepeatWith<T, N, W, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RepeatWith").finish_non_exhaustive()
    }
}
