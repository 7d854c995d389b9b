//! [`Group`]: members that end together. As soon as it is settled how the whole ends, the others are dropped.
//!
//! It is the future under a driver ([`Supervised`](crate::engine::supervised::Supervised)): what the members leave behind is
//! cleaned up and awaited there. Each member is a [branch](crate::engine::branch), and is told its own reason.

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::{CancelReason, ExitReason};
use pin_project_lite::pin_project;

use super::{Members, Referee, Turns};
use crate::engine::branch::Branches;
use crate::engine::frame::cancelled_here;

/// A referee who says how the whole ends.
#[doc(hidden)]
pub trait Settles<K>: Referee {
    /// What the whole gives.
    type Output;

    /// What the members are told that are dropped because the whole has ended.
    const OTHERS: CancelReason;

    /// How the whole ends, if that is settled. `kept` is what is kept of all members, if none is left to run.
    fn settle(&mut self, kept: Option<impl FnOnce() -> K>) -> Option<Self::Output>;
}

pin_project! {
    /// Members that end together.
    ///
    /// Nothing is asked of its parameters here, lest the compiler ask it of whoever names the futures that are made of it.
    #[doc(hidden)]
    pub struct Group<M, R> {
        #[pin]
        members: M,
        referee: R,
        branches: Branches,
        cut: Cut<M>,
    }

    impl<M, R> PinnedDrop for Group<M, R> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            let panicked = this.branches.take_panicked();
            let others = match panicked {
                Some(_) => CancelReason::SiblingPanicked,
                None => cancelled_here().unwrap_or(CancelReason::Dropped),
            };
            (this.cut)(this.members, this.branches, panicked, others);
        }
    }
}

/// Drops all members for this reason, and the one at the position, which has panicked, for that.
type Cut<M> = fn(Pin<&mut M>, &mut Branches, Option<usize>, CancelReason);

fn cut<M: Members<R>, R>(members: Pin<&mut M>, branches: &mut Branches, panicked: Option<usize>, others: CancelReason) {
    members.cut(branches, |position| match panicked {
        Some(panicked) if panicked == position => ExitReason::Panicking,
        _ => ExitReason::Cancelled(others),
    });
}

impl<M: Members<R>, R> Group<M, R> {
    pub(crate) fn new(members: M, referee: R) -> Self {
        Self { members, referee, branches: Branches::default(), cut: cut::<M, R> }
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
        let over = this.members.as_mut().poll(this.referee, this.branches, cx).is_ready();
        let Some(output) = this.referee.settle(over.then_some(|| this.members.as_mut().take())) else {
            return Poll::Pending;
        };
        this.members.cut(this.branches, |_| ExitReason::Cancelled(R::OTHERS));
        Poll::Ready(output)
    }
}

impl Turns for Branches {
    #[inline]
    fn begin(&mut self, position: usize) {
        Self::begin(self, position);
    }

    #[inline]
    fn end(&mut self, ended: Option<ExitReason>) {
        Self::end(self, ended);
    }
}
