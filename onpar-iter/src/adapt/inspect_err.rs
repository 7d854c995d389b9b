//! [`InspectErr`]: every item of a stream of results, after a closure has seen its error.

use super::{Step, Verdict};

/// The rule of [`inspect_err`](crate::AsyncTryIterator::inspect_err).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     let seen = std::sync::Mutex::new(vec![]);
///     let all = [Ok(1), Err("gone")].into_async_iter().inspect_err(async |error| seen.lock().unwrap().push(*error));
///     assert_eq!(all.count().await, 2);
///     assert_eq!(seen.into_inner().unwrap(), ["gone"]);
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct InspectErr;

impl<T, E> Step<Result<T, (E, ())>> for InspectErr {
    type Output = Result<T, E>;

    #[inline]
    fn step(&mut self, item: Result<T, (E, ())>) -> Verdict<Result<T, E>> {
        Verdict::Give(item.map_err(|(error, ())| error))
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
