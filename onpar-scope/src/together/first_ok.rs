//! [`FirstOk`]: the referee of `race_ok`.

use onpar_core::CancelReason;

use super::group::Settles;
use super::{Judgement, Judges, Referee};
use crate::Failure;

/// Keeps the first value, and the errors until then.
#[doc(hidden)]
pub struct FirstOk<T, E> {
    winner: Option<T>,
    failure: Option<Failure<E>>,
}

impl<T, E> FirstOk<T, E> {
    pub(crate) fn new() -> Self {
        Self { winner: None, failure: None }
    }
}

impl<T, E> Referee for FirstOk<T, E> {
    #[inline]
    fn is_settled(&self) -> bool {
        self.winner.is_some()
    }
}

impl<T, E> Judges<Result<T, E>> for FirstOk<T, E> {
    type Kept = ();

    #[inline]
    fn judge(&mut self, output: Result<T, E>) -> Judgement<()> {
        match output {
            Ok(value) => self.winner = Some(value),
            Err(error) => Failure::add(&mut self.failure, error),
        }
        Judgement::Taken
    }
}

impl<K, T, E> Settles<K> for FirstOk<T, E> {
    type Output = Result<T, Failure<E>>;

    const OTHERS: CancelReason = CancelReason::LostRace;

    fn settle(&mut self, kept: Option<impl FnOnce() -> K>) -> Option<Self::Output> {
        let all_failed = || kept.and_then(|_| self.failure.take());
        self.winner.take().map(Ok).or_else(|| all_failed().map(Err))
    }
}
