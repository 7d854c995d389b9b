//! [`CollectArray`]: all items in an array, if they are as many.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`collect_array`](crate::AsyncItertools::collect_array).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let parts = "a=1".split('=').into_async_iter().collect_array();
/// let Some([key, value]) = pollster::block_on(parts) else { panic!("not a pair") };
/// assert_eq!((key, value), ("a", "1"));
/// ```
#[derive(Clone, Debug)]
pub struct CollectArray<T, const N: usize> {
    items: [Option<T>; N],
    count: usize,
}

impl<T, const N: usize> CollectArray<T, N> {
    pub(crate) const fn new() -> Self {
        Self { items: [const { None }; N], count: 0 }
    }
}

impl<T, const N: usize> Consumer<T> for CollectArray<T, N> {
    type Output = Option<[T; N]>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        let place = self.items.get_mut(self.count);
        self.count += 1;
        let Some(place) = place else { return ControlFlow::Break(()) };
        *place = Some(item);
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<[T; N]> {
        (self.count == N).then(|| {
            self.items.map(|item| match item {
                Some(item) => item,
                None => unreachable!("there are as many items as places"),
            })
        })
    }
}
