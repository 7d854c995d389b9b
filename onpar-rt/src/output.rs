//! `Output`: what a task has given, until its handle takes it.
//!
//! Runtimes drop what no handle takes wherever they are just then, and some of them end the process when that panics. So it sees
//! to its own end.

use onpar_core::JoinError;

use crate::unwanted::drop_unwanted;

/// What a task has given, until its handle takes it.
pub(crate) struct Output<T> {
    /// None when it has been taken.
    result: Option<Result<T, JoinError>>,
}

impl<T> Output<T> {
    pub(crate) const fn new(result: Result<T, JoinError>) -> Self {
        Self { result: Some(result) }
    }

    pub(crate) fn take(mut self) -> Result<T, JoinError> {
        self.result.take().unwrap_or_else(|| Err(JoinError::dropped()))
    }
}

impl<T> Drop for Output<T> {
    fn drop(&mut self) {
        match self.result.take() {
            None => {}
            Some(Ok(value)) => drop_unwanted(value),
            Some(Err(error)) => drop_unwanted(error),
        }
    }
}
