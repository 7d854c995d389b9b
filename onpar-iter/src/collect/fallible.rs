//! `Option` and `Result`: collecting, adding and multiplying until the first `None` or `Err`, which is then the result. And
//! collecting until the first `Break`, as std's `try_collect` has it.

use core::ops::ControlFlow;

use super::{FromStream, StreamProduct, StreamSum};

impl<T, C: FromStream<T>> FromStream<Option<T>> for Option<C> {
    type SoFar = Option<C::SoFar>;

    fn start((_, upper): (usize, Option<usize>)) -> Self::SoFar {
        Some(C::start((0, upper)))
    }

    #[inline]
    fn add(so_far: &mut Self::SoFar, item: Option<T>) -> ControlFlow<()> {
        if let (Some(so_far), Some(item)) = (so_far.as_mut(), item) {
            return C::add(so_far, item);
        }
        *so_far = None;
        ControlFlow::Break(())
    }

    fn finish(so_far: Self::SoFar) -> Self {
        so_far.map(C::finish)
    }
}

impl<T, E, C: FromStream<T>> FromStream<Result<T, E>> for Result<C, E> {
    type SoFar = Result<C::SoFar, E>;

    fn start((_, upper): (usize, Option<usize>)) -> Self::SoFar {
        Ok(C::start((0, upper)))
    }

    #[inline]
    fn add(so_far: &mut Self::SoFar, item: Result<T, E>) -> ControlFlow<()> {
        match (so_far.as_mut(), item) {
            (Ok(so_far), Ok(item)) => return C::add(so_far, item),
            (Ok(_), Err(error)) => *so_far = Err(error),
            (Err(_), _) => {}
        }
        ControlFlow::Break(())
    }

    fn finish(so_far: Self::SoFar) -> Self {
        so_far.map(C::finish)
    }
}

impl<T, B, C: FromStream<T>> FromStream<ControlFlow<B, T>> for ControlFlow<B, C> {
    type SoFar = ControlFlow<B, C::SoFar>;

    fn start((_, upper): (usize, Option<usize>)) -> Self::SoFar {
        ControlFlow::Continue(C::start((0, upper)))
    }

    #[inline]
    fn add(so_far: &mut Self::SoFar, item: ControlFlow<B, T>) -> ControlFlow<()> {
        match (&mut *so_far, item) {
            (ControlFlow::Continue(so_far), ControlFlow::Continue(item)) => return C::add(so_far, item),
            (ControlFlow::Continue(_), ControlFlow::Break(end)) => *so_far = ControlFlow::Break(end),
            (ControlFlow::Break(_), _) => {}
        }
        ControlFlow::Break(())
    }

    fn finish(so_far: Self::SoFar) -> Self {
        match so_far {
            ControlFlow::Continue(so_far) => ControlFlow::Continue(C::finish(so_far)),
            ControlFlow::Break(end) => ControlFlow::Break(end),
        }
    }
}

/// The sum, and the product, of what is there.
macro_rules! fold_fallible {
    ($($Fold:ident, $start:ident, $step:ident;)+) => {$(
        impl<T, A: $Fold<T>> $Fold<Option<T>> for Option<A> {
            fn $start() -> Self {
                Some(A::$start())
            }

            #[inline]
            fn $step(&mut self, item: Option<T>) -> ControlFlow<()> {
                if let (Some(so_far), Some(item)) = (self.as_mut(), item) {
                    return so_far.$step(item);
                }
                *self = None;
                ControlFlow::Break(())
            }
        }

        impl<T, E, A: $Fold<T>> $Fold<Result<T, E>> for Result<A, E> {
            fn $start() -> Self {
                Ok(A::$start())
            }

            #[inline]
            fn $step(&mut self, item: Result<T, E>) -> ControlFlow<()> {
                match (self.as_mut(), item) {
                    (Ok(so_far), Ok(item)) => return so_far.$step(item),
                    (Ok(_), Err(error)) => *self = Err(error),
                    (Err(_), _) => {}
                }
                ControlFlow::Break(())
            }
        }
    )+};
}

fold_fallible! {
    StreamSum, zero, add;
    StreamProduct, one, multiply;
}
