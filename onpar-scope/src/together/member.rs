//! [`Member`]: one future, then what is kept of its output.

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::CancelReason;
use pin_project_lite::pin_project;

use super::Judges;
use crate::engine::shed::shed;

pin_project! {
    /// One future, then what is kept of its output.
    #[project = Step]
    #[project_replace = Taken]
    pub enum Member<F, K> {
        /// The future.
        Running { #[pin] future: F },
        /// What is kept.
        Kept { output: K },
        /// Nothing is kept, or it has been taken.
        Gone,
    }
}

/// What a member did in its turn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Pending,
    Ended,
    /// It had ended before.
    Idle,
}

impl<F: Future, K> Member<F, K> {
    pub(crate) fn new(future: F) -> Self {
        Self::Running { future }
    }

    /// Polls the future, if it is there.
    #[inline]
    pub(crate) fn poll<R>(mut self: Pin<&mut Self>, referee: &mut R, cx: &mut Context<'_>) -> Turn
    where
        R: Judges<F::Output, Kept = K>,
    {
        let Step::Running { future } = self.as_mut().project() else { return Turn::Idle };
        let Poll::Ready(output) = future.poll(cx) else { return Turn::Pending };
        let kept = referee.judge(output);
        // Drops the future, where it stands.
        self.set(kept.map_or(Self::Gone, |output| Self::Kept { output }));
        Turn::Ended
    }

    /// Takes what is kept.
    #[inline]
    pub(crate) fn take(self: Pin<&mut Self>) -> K {
        match self.project_replace(Self::Gone) {
            Taken::Kept { output } => output,
            Taken::Running { .. } | Taken::Gone => polled_again(),
        }
    }

    /// Drops what there is, as cancelled for this reason.
    pub(crate) fn shed(mut self: Pin<&mut Self>, reason: CancelReason) {
        if !matches!(*self, Self::Gone) {
            shed(reason, || self.set(Self::Gone));
        }
    }
}

#[cold]
fn polled_again() -> ! {
    panic!("a join was polled after it had given its result: poll it by `.await`, or `fuse()` it")
}
