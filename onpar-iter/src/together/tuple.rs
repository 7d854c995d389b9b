//! Tuples of one to twelve streams (std's own limit), each of its own type.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Streams;
use super::members::{Members, Place, Turn, hint, poll_all, turn};

macro_rules! tuple {
    ($Tuple:ident $count:literal: $($S:ident $field:ident $i:tt),+) => {
        pin_project! {
            /// The members of a tuple.
            #[doc(hidden)]
            pub struct $Tuple<$($S),+> {
                $(#[pin] $field: Place<$S>,)+
                next: usize,
            }
        }

        impl<T, $($S: Stream<Item = T>),+> Members for $Tuple<$($S),+> {
            type Item = T;

            #[inline]
            fn poll_in_turn(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(usize, T)>> {
                let mut this = self.project();
                poll_all($count, this.next, |position| match position {
                    $($i => turn(this.$field.as_mut(), cx),)+
                    _ => Turn::Over,
                })
            }

            fn restart(self: Pin<&mut Self>) {
                *self.project().next = 0;
            }

            #[inline]
            fn poll_member(self: Pin<&mut Self>, position: usize, cx: &mut Context<'_>) -> Turn<T> {
                let this = self.project();
                match position {
                    $($i => turn(this.$field, cx),)+
                    _ => Turn::Over,
                }
            }

            fn keep(self: Pin<&mut Self>, position: usize) {
                let mut this = self.project();
                $(if position != $i {
                    this.$field.set(None);
                })+
            }

            fn hints(&self, mut each: impl FnMut((usize, Option<usize>))) {
                $(hint(self.$field.as_ref(), &mut each);)+
            }
        }

        impl<T, $($S: Stream<Item = T>),+> Streams for ($($S,)+) {
            type Item = T;
            type Members = $Tuple<$($S),+>;

            #[inline]
            fn into_members(self) -> Self::Members {
                $Tuple { $($field: Some(self.$i),)+ next: 0 }
            }
        }
    };
}

tuple!(Tuple1 1: A a 0);
tuple!(Tuple2 2: A a 0, B b 1);
tuple!(Tuple3 3: A a 0, B b 1, C c 2);
tuple!(Tuple4 4: A a 0, B b 1, C c 2, D d 3);
tuple!(Tuple5 5: A a 0, B b 1, C c 2, D d 3, E e 4);
tuple!(Tuple6 6: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5);
tuple!(Tuple7 7: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6);
tuple!(Tuple8 8: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7);
tuple!(Tuple9 9: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8);
tuple!(Tuple10 10: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9);
tuple!(Tuple11 11: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10);
tuple!(Tuple12 12: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10, L l 11);
