//! [`OnParked`]: who gets an item that waits for a handler which will not run.
//!
//! ```
//! use onpar_scope::events::{Always, Arm, DropParked, Events, NoArms, OnParked, Once, Only, events};
//!
//! type Last<P, F, H, Fut, Parked> = Arm<P, Once<F>, u32, Only<H>, Fut, Always, Parked>;
//!
//! let mut sum = 0;
//! let summing: Events<'_, u32, Last<Last<NoArms, _, _, _, DropParked>, _, _, _, OnParked<_>>> = events(&mut sum)
//!     .once(async { 3 }, async |sum, n| *sum += n)
//!     .once(async { 4 }, async |sum, n| *sum += n)
//!     .on_parked(|sum, n| *sum += n);
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 7);
//! ```

use core::fmt;

pub(crate) trait Parked<S, I> {
    fn take(&mut self, state: &mut S, item: I);
}

/// A parked item is dropped when its loop ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct DropParked;

/// A parked item is handed to a closure when its loop ends: [`Events::on_parked`](super::Events::on_parked).
#[derive(Clone, Copy)]
pub struct OnParked<F>(pub(crate) F);

impl<S, I> Parked<S, I> for DropParked {
    fn take(&mut self, _: &mut S, item: I) {
        drop(item);
    }
}

impl<S, I, F: FnMut(&mut S, I)> Parked<S, I> for OnParked<F> {
    fn take(&mut self, state: &mut S, item: I) {
        (self.0)(state, item);
    }
}

impl<F> fmt::Debug for OnParked<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnParked").finish_non_exhaustive()
    }
}
