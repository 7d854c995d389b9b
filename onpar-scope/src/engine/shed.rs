//! What a supervised future drops of itself while it is being polled or dropped: the losers of a race, the siblings of a
//! branch that failed.
//!
//! What is dropped in a poll is told its reason when that poll returns, and is cleaned one after another. Here a part of it
//! is told another reason, and each part's cleanups begin beside those of the others.

use onpar_core::{CancelReason, ExitReason};

use super::frame::with_nearest;
use super::node::Kind;

/// Calls `part`, which drops a part of what the future has that is polled or dropped here: as cancelled for this reason.
pub(crate) fn shed(reason: CancelReason, part: impl FnOnce()) {
    with_nearest(Kind::Send, |frame| {
        let Some(frame) = frame else { return part() };
        // A panic leaves the reason there: unwinding has one of its own, and the frame gets another when it is next entered.
        let before = frame.set_cancel(Some(reason));
        part();
        frame.set_cancel(before);
        let driver = frame.driver();
        driver.adopt(driver.node(), ExitReason::Cancelled(reason));
    });
}

/// What the future that is polled or dropped here has dropped so far is told this, if it knows no reason.
pub(crate) fn settle_dropped(reason: ExitReason) {
    with_nearest(Kind::Send, |frame| {
        if let Some(frame) = frame {
            let driver = frame.driver();
            driver.adopt(driver.node(), reason);
        }
    });
}
