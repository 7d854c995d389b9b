//! Tuples of one to twelve members (std's own limit), each of its own type; and the join of none.
#![expect(unsafe_code, reason = "the pinned fields of a pinned tuple")]

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::ExitReason;

use crate::Failure;
use crate::by_value::{ByValue, Owned};
use crate::engine::branch::Branches;
use crate::join::IntoJoin;
use crate::race::IntoRace;
use crate::race_ok::IntoRaceOk;
use crate::together::first::First;
use crate::together::first_ok::FirstOk;
use crate::together::group::Group;
use crate::together::member::{Member, Turn};
use crate::together::{Container, Judges, Members, Referee, Turns};
use crate::try_join::IntoTryJoin;

impl<R: Referee> Members<R> for () {
    type Kept = ();

    fn poll(self: Pin<&mut Self>, _: &mut R, _: &mut impl Turns, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn take(self: Pin<&mut Self>) {}

    fn cut(self: Pin<&mut Self>, _: &mut Branches, _: impl Fn(usize) -> ExitReason) {}
}

impl Container for () {}

impl ByValue<()> for () {}

impl IntoJoin for () {
    type Output = ();
    type Members = ();

    fn into_members(self) {}
}

macro_rules! field {
    ($tuple:ident.$i:tt) => {
        // SAFETY: a pinned tuple's fields are pinned: nobody moves one, and a tuple has no `Drop`.
        unsafe { $tuple.as_mut().map_unchecked_mut(|tuple| &mut tuple.$i) }
    };
}

macro_rules! tuple {
    ($($F:ident $T:ident $K:ident $i:tt),+) => {
        impl<R, $($F),+> Members<R> for ($(Member<$F, <R as Judges<$F::Output>>::Kept>,)+)
        where
            R: Referee $(+ Judges<$F::Output>)+,
            $($F: Future),+
        {
            type Kept = ($(<R as Judges<$F::Output>>::Kept,)+);

            #[inline]
            fn poll(mut self: Pin<&mut Self>, referee: &mut R, turns: &mut impl Turns, cx: &mut Context<'_>) -> Poll<()> {
                let mut running = false;
                $(
                    match field!(self.$i).poll($i, referee, turns, cx) {
                        Turn::Pending => running = true,
                        Turn::Ended if referee.is_settled() => return Poll::Pending,
                        Turn::Ended | Turn::Idle => {}
                    }
                )+
                if running { Poll::Pending } else { Poll::Ready(()) }
            }

            #[inline]
            fn take(mut self: Pin<&mut Self>) -> Self::Kept {
                ($(field!(self.$i).take(),)+)
            }

            fn cut(mut self: Pin<&mut Self>, branches: &mut Branches, reason: impl Fn(usize) -> ExitReason) {
                $(field!(self.$i).cut($i, branches, reason($i));)+
            }
        }

        impl<$($F),+> Container for ($($F,)+) {}

        impl<$($K, $F: Owned<$K>),+> ByValue<($($K,)+)> for ($($F,)+) {}

        impl<$($F: Future),+> IntoJoin for ($($F,)+) {
            type Output = ($($F::Output,)+);
            type Members = ($(Member<$F, $F::Output>,)+);

            #[inline]
            fn into_members(self) -> Self::Members {
                ($(Member::new(self.$i),)+)
            }
        }

        impl<E, $($T, $F: Future<Output = Result<$T, E>>),+> IntoTryJoin for ($($F,)+) {
            type Output = ($($T,)+);
            type Error = E;
            type Members = ($(Member<$F, $T>,)+);

            fn into_members(self) -> Self::Members {
                ($(Member::new(self.$i),)+)
            }
        }

        impl<T, $($F: Future<Output = T>),+> IntoRace for ($($F,)+) {
            type Output = T;
            type Group = Group<($(Member<$F, ()>,)+), First<T>>;

            fn into_group(self) -> Self::Group {
                Group::new(($(Member::new(self.$i),)+), First::new())
            }
        }

        impl<T, Error, $($F: Future<Output = Result<T, Error>>),+> IntoRaceOk for ($($F,)+) {
            type Error = Error;
            type Output = Result<T, Failure<Error>>;
            type Group = Group<($(Member<$F, ()>,)+), FirstOk<T, Error>>;

            fn into_group(self) -> Self::Group {
                Group::new(($(Member::new(self.$i),)+), FirstOk::new())
            }

            fn failure(output: &mut Self::Output) -> Option<&mut Failure<Error>> {
                output.as_mut().err()
            }
        }
    };
}

tuple!(F0 T0 K0 0);
tuple!(F0 T0 K0 0, F1 T1 K1 1);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4, F5 T5 K5 5);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4, F5 T5 K5 5, F6 T6 K6 6);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4, F5 T5 K5 5, F6 T6 K6 6, F7 T7 K7 7);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4, F5 T5 K5 5, F6 T6 K6 6, F7 T7 K7 7, F8 T8 K8 8);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4, F5 T5 K5 5, F6 T6 K6 6, F7 T7 K7 7, F8 T8 K8 8, F9 T9 K9 9);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4, F5 T5 K5 5, F6 T6 K6 6, F7 T7 K7 7, F8 T8 K8 8, F9 T9 K9 9, F10 T10 K10 10);
tuple!(F0 T0 K0 0, F1 T1 K1 1, F2 T2 K2 2, F3 T3 K3 3, F4 T4 K4 4, F5 T5 K5 5, F6 T6 K6 6, F7 T7 K7 7, F8 T8 K8 8, F9 T9 K9 9, F10 T10 K10 10, F11 T11 K11 11);
