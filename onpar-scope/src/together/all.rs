//! [`All`]: the referee of `join`.

use super::{Judges, Referee};

/// Keeps every output.
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
    fn judge(&mut self, output: O) -> Option<O> {
        Some(output)
    }
}
