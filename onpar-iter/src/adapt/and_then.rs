//! [`AndThen`]: what a closure, which may fail, makes of each value.

use super::{Step, Verdict};

/// The rule of [`and_then`](crate::AsyncTryIterator::and_then).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// let ports = [Ok("80"), Err("gone".to_string()), Ok("x")].into_async_iter();
/// let ports = ports.and_then(async |text| text.parse::<u16>().map_err(|_| format!("{text} is no port")));
/// let expected = [Ok(80), Err("gone".into()), Err("x is no port".into())];
/// assert_eq!(pollster::block_on(ports.collect::<Vec<_>>()), expected);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AndThen;

impl<T, E> Step<Result<Result<T, E>, E>> for AndThen {
    type Output = Result<T, E>;

    #[inline]
    fn step(&mut self, item: Result<Result<T, E>, E>) -> Verdict<Result<T, E>> {
        Verdict::Give(item.and_then(|result| result))
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
