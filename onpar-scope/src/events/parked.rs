//! [`OnParked`]: who gets an item that waits for a handler which will not run.

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
