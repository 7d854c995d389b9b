//! [`UntilOneFails`]: the referee of `try_join`.

use onpar_core::CancelReason;

use super::group::Settles;
use super::{Judgement, Judges, Referee};
use crate::Failure;

/// Keeps every value, and the errors of the poll in which there are any.
#[doc(hidden)]
pub struct UntilOneFails<E> {
    failure: Option<Failure<E>>,
}

impl<E> UntilOneFails<E> {
    pub(crate) fn new() -> Self {
        Self { failure: None }
    }
}

impl<E> Referee for UntilOneFails<E> {
    #[inline]
    fn is_settled(&self) -> bool {
        // The others get their turn in this poll, so that no error is lost that is there already.
        false
    }
}

impl<T, E> Judges<Result<T, E>> for UntilOneFails<E> {
    type Kept = T;

    #[inline]
    fn judge(&mut self, output: Result<T, E>) -> Judgement<T> {
        match output {
            Ok(value) => Judgement::Kept(value),
            Err(error) => {
                Failure::add(&mut self.failure, error);
                Judgement::Failed
            }
        }
    }
}

impl<K, E> Settles<K> for UntilOneFails<E> {
    type Output = Result<K, Failure<E>>;

    const OTHERS: CancelReason = CancelReason::SiblingFailed;

    fn settle(&mut self, kept: Option<impl FnOnce() -> K>) -> Option<Self::Output> {
        match self.failure.take() {
            Some(failure) => Some(Err(failure)),
            None => kept.map(|kept| Ok(kept())),
        }
    }
}
