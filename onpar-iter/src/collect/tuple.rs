//! The unit, of units; and a pair of collections, of pairs.

use core::ops::ControlFlow;

use super::FromStream;

impl FromStream<()> for () {
    type SoFar = ();

    fn start(_: (usize, Option<usize>)) {}

    #[inline]
    fn add((): &mut (), (): ()) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn finish((): ()) {}
}

impl<T, U, A, B> FromStream<(T, U)> for (A, B)
where
    A: Default + Extend<T>,
    B: Default + Extend<U>,
{
    type SoFar = Self;

    fn start(_: (usize, Option<usize>)) -> Self {
        Self::default()
    }

    #[inline]
    fn add((left, right): &mut Self, (one, other): (T, U)) -> ControlFlow<()> {
        left.extend(Some(one));
        right.extend(Some(other));
        ControlFlow::Continue(())
    }

    fn finish(so_far: Self) -> Self {
        so_far
    }
}
