//! [`First`]: the referee of `race`.

use onpar_core::CancelReason;

use super::group::Settles;
use super::{Judgement, Judges, Referee};

/// Keeps the first output.
#[doc(hidden)]
pub struct First<T> {
    winner: Option<T>,
}

impl<T> First<T> {
    pub(crate) fn new() -> Self {
        Self { winner: None }
    }
}

impl<T> Referee for First<T> {
    #[inline]
    fn is_settled(&self) -> bool {
        self.winner.is_some()
    }
}

impl<T> Judges<T> for First<T> {
    type Kept = ();

    #[inline]
    fn judge(&mut self, output: T) -> Judgement<()> {
        self.winner = Some(output);
        Judgement::Taken
    }
}

impl<K, T> Settles<K> for First<T> {
    type Output = T;

    const OTHERS: CancelReason = CancelReason::LostRace;

    fn settle(&mut self, _: Option<impl FnOnce() -> K>) -> Option<T> {
        self.winner.take()
    }
}
