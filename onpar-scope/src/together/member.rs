//! [`Member`]: one future, then what is kept of its output.

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::ExitReason;
use pin_project_lite::pin_project;

use super::{Judgement, Judges, Turns};
use crate::engine::branch::Branches;

pin_project! {
    /// One future, then what is kept of its output.
    #[project = Step]
    #[project_replace = Taken]
    #[doc(hidden)]
    pub enum Member<F, K> {
        /// The future.
        Running { #[pin] future: F },
        /// What is kept.
        Kept { output: K },
        /// Nothing is kept, or it has been taken.
        Gone,
    }
}

/// What a member is after its turn.
#[derive(Clone, Copy)]
pub(crate) enum Turn {
    Pending,
    /// It has ended in this turn.
    Ended,
    /// It had ended before, and had no turn.
    Idle,
}

impl<F: Future, K> Member<F, K> {
    pub(crate) fn new(future: F) -> Self {
        Self::Running { future }
    }

    /// Polls the future of the member at this position, if it is there.
    #[inline]
    pub(crate) fn poll<R>(
        mut self: Pin<&mut Self>,
        position: usize,
        referee: &mut R,
        turns: &mut impl Turns,
        cx: &mut Context<'_>,
    ) -> Turn
    where
        R: Judges<F::Output, Kept = K>,
    {
        let Step::Running { future } = self.as_mut().project() else { return Turn::Idle };
        turns.begin(position);
        let Poll::Ready(output) = future.poll(cx) else {
            turns.end(None);
            return Turn::Pending;
        };
        let (left, reason) = match referee.judge(output) {
            Judgement::Kept(output) => (Self::Kept { output }, ExitReason::Ended),
            Judgement::Taken => (Self::Gone, ExitReason::Ended),
            Judgement::Failed => (Self::Gone, ExitReason::Failed),
        };
        // Drops the future, where it stands.
        self.set(left);
        turns.end(Some(reason));
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

    /// Drops what there is of the member at this position.
    pub(crate) fn cut(mut self: Pin<&mut Self>, position: usize, branches: &mut Branches, reason: ExitReason) {
        if !matches!(*self, Self::Gone) {
            branches.cut(position, reason, || self.set(Self::Gone));
        }
    }
}

#[cold]
fn polled_again() -> ! {
    panic!("a join was polled after it had given its result: poll it by `.await`, or `fuse()` it")
}
