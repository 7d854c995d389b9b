//! Arrays: members of one type, as many as the type says.

use crate::Failure;
use crate::by_value::{ByValue, Owned};
use crate::join::IntoJoin;
use crate::race::IntoRace;
use crate::race_ok::IntoRaceOk;
use crate::together::Container;
use crate::together::first::First;
use crate::together::first_ok::FirstOk;
use crate::together::group::Group;
use crate::together::many::Many;
use crate::together::member::Member;
use crate::try_join::IntoTryJoin;

type Slots<F, K, const N: usize> = Many<[Member<F, K>; N]>;

fn many<F: Future, K, const N: usize>(members: [F; N]) -> Slots<F, K, N> {
    Many::new(members.map(Member::new), N)
}

/// Refuses a race without members, when it is compiled.
#[track_caller] // so that the error stands here, and not in the source of std
const fn somebody(members: usize) {
    let somebody = if members > 0 { Some(()) } else { None };
    somebody.expect("a race without members would never end: race a `Vec`, which gives an `Option`");
}

impl<F, const N: usize> Container for [F; N] {}

impl<K, F: Owned<K>, const N: usize> ByValue<K> for [F; N] {}

impl<F: Future, const N: usize> IntoJoin for [F; N] {
    type Output = [F::Output; N];
    type Members = Slots<F, F::Output, N>;

    #[inline]
    fn into_members(self) -> Self::Members {
        many(self)
    }
}

impl<T, E, F: Future<Output = Result<T, E>>, const N: usize> IntoTryJoin for [F; N] {
    type Output = [T; N];
    type Error = E;
    type Members = Slots<F, T, N>;

    fn into_members(self) -> Self::Members {
        many(self)
    }
}

impl<F: Future, const N: usize> IntoRace for [F; N] {
    type Output = F::Output;
    type Group = Group<Slots<F, (), N>, First<F::Output>>;

    fn into_group(self) -> Self::Group {
        const { somebody(N) };
        Group::new(many(self), First::new())
    }
}

impl<T, E, F: Future<Output = Result<T, E>>, const N: usize> IntoRaceOk for [F; N] {
    type Error = E;
    type Output = Result<T, Failure<E>>;
    type Group = Group<Slots<F, (), N>, FirstOk<T, E>>;

    fn into_group(self) -> Self::Group {
        const { somebody(N) };
        Group::new(many(self), FirstOk::new())
    }

    fn failure(output: &mut Self::Output) -> Option<&mut Failure<E>> {
        output.as_mut().err()
    }
}
