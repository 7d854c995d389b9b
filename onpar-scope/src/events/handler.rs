//! [`Each`] and [`Only`]: what is called with an arm's items.
//!
//! ```
//! use onpar_scope::events::{Arm, Each, Events, NoArms, Once, Only, Repeat, events};
//!
//! let mut sum = 0;
//! let summing: Events<'_, u32, Arm<Arm<NoArms, Once<_>, u32, Only<_>, _>, Repeat<_, _>, u32, Each<_>, _>> = events(&mut sum)
//!     .once(async { 7 }, async |sum, n| *sum += n)
//!     .repeat(|sum| (*sum < 9).then_some(async { 1 }), async |sum, n| *sum += n);
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 9);
//! ```

use core::fmt;

pub(crate) trait Handler<'x, S, I> {
    type Future: Future;

    /// Calls it. `None` if it has been used up.
    fn call(&mut self, state: &'x mut S, item: I) -> Option<Self::Future>;
}

/// A handler of each of an arm's items.
#[derive(Clone, Copy)]
pub struct Each<H>(pub(crate) H);

/// The handler of an arm's only item.
#[derive(Clone, Copy)]
pub struct Only<H>(pub(crate) Option<H>);

impl<'x, S: 'x, I, H, Fut> Handler<'x, S, I> for Each<H>
where
    H: FnMut(&'x mut S, I) -> Fut,
    Fut: Future,
{
    type Future = Fut;

    #[inline]
    fn call(&mut self, state: &'x mut S, item: I) -> Option<Fut> {
        Some((self.0)(state, item))
    }
}

impl<'x, S: 'x, I, H, Fut> Handler<'x, S, I> for Only<H>
where
    H: FnOnce(&'x mut S, I) -> Fut,
    Fut: Future,
{
    type Future = Fut;

    #[inline]
    fn call(&mut self, state: &'x mut S, item: I) -> Option<Fut> {
        self.0.take().map(|handler| handler(state, item))
    }
}

impl<H> fmt::Debug for Each<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Each").finish_non_exhaustive()
    }
}

impl<H> fmt::Debug for Only<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Only").finish_non_exhaustive()
    }
}
