//! [`InspectOk`]: every item of a stream of results, after a closure has seen its value.

use super::{Step, Verdict};

/// The rule of [`inspect_ok`](crate::AsyncTryIterator::inspect_ok).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     let seen = std::sync::Mutex::new(vec![]);
///     let all = [Ok(1), Err("gone")].into_async_iter().inspect_ok(async |n| seen.lock().unwrap().push(*n));
///     assert_eq!(all.count().await, 2);
///     assert_eq!(seen.into_inner().unwrap(), [1]);
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct InspectOk;

impl<T, E> Step<Result<(T, ()), E>> for InspectOk {
    type Output = Result<T, E>;

    #[inline]
    fn step(&mut self, item: Result<(T, ()), E>) -> Verdict<Result<T, E>> {
        Verdict::Give(item.map(|(value, ())| value))
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
