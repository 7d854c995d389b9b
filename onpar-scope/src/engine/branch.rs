//! [`Branches`]: parts of a supervised future's own work, each with an order of cleanups of its own. The members of a race are
//! branches: what one of them leaves behind waits for nothing of the others.
//!
//! A branch is polled and dropped by the future itself, in the frame of the driver's own part. When its turn is over, what it
//! has dropped is taken out of the frame, as its own. It is given a node for that only then: most branches close what they
//! open, and need none.
//!
//! The node has no job, is never polled, and stands in no order. It is there as the owner of cleanups, and ends like a child
//! that has ended: with the last of them.

use alloc::collections::BTreeMap;

use onpar_core::ExitReason;

use super::driver::Driver;
use super::frame::{Frame, with_nearest};
use super::node::{Flags, Kind, NodePtr};
use super::owned::Owned;

/// The branches of one future that is polled or dropped by its driver, within the driver's frame.
#[derive(Default)]
#[expect(unnameable_types, missing_debug_implementations, reason = "it stands in the signature of a sealed trait")]
#[doc(hidden)]
pub struct Branches {
    /// Whose turn it is, by position.
    turn: Option<usize>,
    /// The nodes of those that have left cleanups behind and go on.
    nodes: BTreeMap<usize, Branch>,
}

/// The node of a branch that goes on.
struct Branch(NodePtr);

// SAFETY: the node is touched through the frame of its driver alone, thus by the thread that polls or drops the future, in
// which the branch is; and its job is nothing.
unsafe impl Send for Branch {}

impl Branches {
    /// The branch at this position has its turn.
    #[inline]
    pub(crate) fn begin(&mut self, position: usize) {
        self.turn = Some(position);
    }

    /// Its turn is over, and so is the branch, if there is a reason.
    #[inline]
    pub(crate) fn end(&mut self, ended: Option<ExitReason>) {
        let Some(position) = self.turn.take() else { return };
        with_nearest(Kind::Send, |frame| {
            let Some(frame) = frame else { return };
            if !frame.dropped().is_empty() || (ended.is_some() && !self.nodes.is_empty()) {
                self.adopt(frame.driver(), position, ended);
            }
        });
    }

    /// The branch that has panicked in its turn, if one has: that is its end.
    pub(crate) fn take_panicked(&mut self) -> Option<usize> {
        let panicked = self.turn;
        self.end(Some(ExitReason::Panicking));
        panicked
    }

    /// Calls `drop`, which drops the branch at this position, as its end, for this reason.
    pub(crate) fn cut(&mut self, position: usize, reason: ExitReason, drop: impl FnOnce()) {
        self.begin(position);
        let set_cancel = |reason| with_nearest(Kind::Send, |frame| frame.and_then(|frame| frame.set_cancel(reason)));
        let cancel = if let ExitReason::Cancelled(reason) = reason { Some(reason) } else { None };
        // A panic leaves the reason there: unwinding has one of its own, and the frame gets another when it is next entered.
        let before = set_cancel(cancel);
        drop();
        set_cancel(before);
        self.end(Some(reason));
    }

    /// Takes what has been dropped in a branch's turn.
    fn adopt(&mut self, driver: &Driver, position: usize, ended: Option<ExitReason>) {
        let me = driver.node();
        let node = match self.nodes.remove(&position) {
            Some(Branch(node)) => node,
            None if driver.frame.dropped().is_empty() => return,
            None => driver.grow_branch(),
        };
        driver.adopt(node, ended.unwrap_or(ExitReason::Dropped));
        if ended.is_some() {
            driver.end_branch(me, node);
        } else {
            self.nodes.insert(position, Branch(node));
        }
    }
}

impl Drop for Branches {
    /// Only a panic leaves some: what waits for their end must not wait for ever.
    fn drop(&mut self) {
        while let Some((_, Branch(node))) = self.nodes.pop_first() {
            with_nearest(Kind::Send, |frame| {
                if let Some(driver) = frame.map(Frame::driver) {
                    driver.end_branch(driver.node(), node);
                }
            });
        }
    }
}

/// For the thread that polls or drops the scope, within its frame. `me` is the driver's own node.
impl Driver {
    /// A node for a branch.
    fn grow_branch(&self) -> NodePtr {
        let node = Owned::new_branch(self.node().label.get()).erase().node();
        self.shared().pending().one_more();
        self.enlist(node);
        node
    }

    /// A branch has ended; its node ends with the last of its cleanups.
    fn end_branch(&self, me: NodePtr, node: NodePtr) {
        node.set(Flags::EMPTY);
        if node.active.get() == 0 {
            self.finish(me, node);
        }
    }
}
