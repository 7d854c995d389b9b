//! The unit, of units; and up to twelve collections, of tuples of as many.

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

/// Tuples of that many, and of fewer: the names of the items, and those of the collections.
macro_rules! tuples {
    () => {};
    ($T:ident $C:ident $item:ident $so_far:ident, $($rest:tt)*) => {
        tuples!($($rest)*);
        tuples!(@ $T $C $item $so_far, $($rest)*);
    };
    (@ $($T:ident $C:ident $item:ident $so_far:ident,)+) => {
        #[diagnostic::do_not_recommend]
        impl<$($T, $C: Default + Extend<$T>),+> FromStream<($($T,)+)> for ($($C,)+) {
            type SoFar = Self;

            fn start(_: (usize, Option<usize>)) -> Self {
                Self::default()
            }

            #[inline]
            fn add(($($so_far,)+): &mut Self, ($($item,)+): ($($T,)+)) -> ControlFlow<()> {
                $($so_far.extend(Some($item));)+
                ControlFlow::Continue(())
            }

            fn finish(so_far: Self) -> Self {
                so_far
            }
        }
    };
}

tuples! {
    T12 C12 item12 so_far12, T11 C11 item11 so_far11, T10 C10 item10 so_far10, T9 C9 item9 so_far9, T8 C8 item8 so_far8,
    T7 C7 item7 so_far7, T6 C6 item6 so_far6, T5 C5 item5 so_far5, T4 C4 item4 so_far4, T3 C3 item3 so_far3,
    T2 C2 item2 so_far2, T1 C1 item1 so_far1,
}
