//! [`Group`]: members that end together. As soon as it is settled how the whole ends, the others are dropped.
//!
//! It is the future under a driver ([`Supervised`](crate::engine::supervised::Supervised)): what the members leave behind is
//! cleaned up and awaited there, and each dropped member is told why.

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::{CancelReason, ExitReason};
use pin_project_lite::pin_project;

use super::{Members, NOBODY, Referee};
use crate::engine::shed::settle_dropped;

/// A referee who says how the whole ends.
pub trait Settles<K>: Referee {
    /// What the whole gives.
    type Output;

    /// What the members are told that are dropped because the whole has ended.
    const OTHERS: CancelReason;

    /// How the whole ends, if that is settled. `kept` is what is kept of all members, if none is left to run.
    fn settle(&mut self, kept: Option<impl FnOnce() -> K>) -> Option<Self::Output>;

    /// What the members are told that have ended in the poll that settled it.
    fn reason(output: &Self::Output) -> ExitReason;
}

pin_project! {
    /// Members that end together.
    pub struct Group<M: Members<R>, R> {
        #[pin]
        members: M,
        referee: R,
        // Who is being polled.
        turn: usize,
    }

    impl<M: Members<R>, R> PinnedDrop for Group<M, R> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            // A member has panicked in its poll. It is dropped with the group, and told of the panic.
            if *this.turn != NOBODY {
                settle_dropped(ExitReason::Panicking);
                this.members.shed(CancelReason::SiblingPanicked, *this.turn);
            }
        }
    }
}

impl<M: Members<R>, R> Group<M, R> {
    pub(crate) fn new(members: M, referee: R) -> Self {
        Self { members, referee, turn: NOBODY }
    }
}

impl<M, R> Future for Group<M, R>
where
    M: Members<R>,
    R: Settles<M::Kept>,
{
    type Output = R::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R::Output> {
        let mut this = self.project();
        let over = this.members.as_mut().poll(this.referee, this.turn, cx).is_ready();
        *this.turn = NOBODY;
        let Some(output) = this.referee.settle(over.then_some(|| this.members.as_mut().take())) else {
            return Poll::Pending;
        };
        settle_dropped(R::reason(&output));
        this.members.shed(R::OTHERS, NOBODY);
        Poll::Ready(output)
    }
}
