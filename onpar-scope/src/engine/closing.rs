//! The end of a [`Driver`]: what is left is driven until nothing is, within the budget if there is one.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::budget::{Budget, Mark};
use super::driver::Driver;
use super::node::{Flags, NodePtr};

/// For the thread that polls or drops the scope. `me` is the driver's own node.
impl Driver {
    pub(crate) fn set_budget(&self, budget: Pin<Box<dyn Budget>>) {
        self.budget.set(Some(budget));
        self.bounded.set(true);
    }

    /// There is nothing left to be bounded.
    #[inline]
    pub(super) fn drop_budget(&self) {
        if self.bounded.take() {
            self.budget.set(None);
        }
    }

    /// The body has ended: the budget begins to count, once the children have ended too.
    #[inline]
    pub(crate) fn arm(&self) {
        if self.bounded.get() && self.shared.pending().is_childless() {
            self.arm_budget();
        }
    }

    #[cold]
    fn arm_budget(&self) {
        if let Some(mut budget) = self.budget.take() {
            let armed = budget.as_mut().arm();
            self.budget.set(Some(budget));
            if armed {
                self.mark();
            }
        }
    }

    /// Drives children and cleanups, once the body has ended, to their end and within the budget.
    pub(crate) fn drive_to_end(&self, cx: &mut Context<'_>) -> Poll<()> {
        let me = self.node();
        if self.close_if_settled(me) {
            return Poll::Ready(());
        }
        if self.is_bounded() || me.is(Flags::WATCHED) {
            return self.drive_within_budget(me, cx);
        }
        self.begin_poll();
        self.drive(me, true, cx)
    }

    #[inline(never)]
    fn drive_within_budget(&self, me: NodePtr, cx: &mut Context<'_>) -> Poll<()> {
        if me.is(Flags::WATCHED) {
            self.watch_close(&me);
        }
        self.begin_poll();
        while self.drive(me, true, cx).is_pending() {
            if self.is_doomed() {
                return Poll::Pending;
            }
            self.arm();
            match ready!(self.poll_budget(cx)) {
                Mark::GiveWay => self.mark(),
                Mark::Spent => self.expire(me),
            }
            self.begin_poll();
        }
        Poll::Ready(())
    }

    fn poll_budget(&self, cx: &mut Context<'_>) -> Poll<Mark> {
        let Some(mut budget) = self.budget.take() else { return Poll::Pending };
        let mark = budget.as_mut().poll_mark(cx);
        self.budget.set(Some(budget));
        mark
    }

    /// Closes the scope if nothing is left to do, not even a late wake-up to be put away.
    #[inline]
    pub(crate) fn close_if_settled(&self, me: NodePtr) -> bool {
        if !self.shared.pending().is_none() || !self.run.is_empty() {
            return false;
        }
        // With no reference but ours, nobody is left to push, and nothing need be closed.
        let alone = me.state.is_held(1 + self.purse.get()) && self.shared.ready().is_empty();
        let closed = alone || self.shared.ready().close() || self.shared.ready().close_asleep();
        if closed {
            self.forget(me);
        }
        closed
    }

    /// The scope has been closed: lets go what it needed to go on.
    #[inline]
    pub(super) fn forget(&self, me: NodePtr) {
        me.trace.end();
        if me.is(Flags::WATCHED) {
            self.unwatch(&me);
        }
        if self.slept.get() {
            self.shared.ready().forget_waker();
        }
        self.drop_budget();
        drop(self.origin.take());
        me.state.give_back(self.purse.take());
    }
}
