//! [`All`]: the referee of `join`.

use onpar_core::ExitReason;

use super::{Judgement, Judges, Referee, Turns};

/// Keeps every output.
#[doc(hidden)]
pub struct All;

impl Referee for All {
    #[inline]
    fn is_settled(&self) -> bool {
        false
    }
}

impl<O> Judges<O> for All {
    type Kept = O;

    #[inline]
    fn judge(&mut self, output: O) -> Judgement<O> {
        Judgement::Kept(output)
    }
}

/// A join is no scope: what its members leave behind is the affair of the scope around it, whoever's turn it is.
pub(crate) struct Untold;

impl Turns for Untold {
    #[inline]
    fn begin(&mut self, _: usize) {}

    #[inline]
    fn end(&mut self, _: Option<ExitReason>) {}
}
