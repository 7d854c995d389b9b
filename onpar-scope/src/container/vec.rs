//! `Vec`: members of one type, as many as there happen to be. A race may then have none, and gives an `Option`.

use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::Failure;
use crate::by_value::{ByValue, Owned};
use crate::join::IntoJoin;
use crate::race::IntoRace;
use crate::race_ok::IntoRaceOk;
use crate::together::first::First;
use crate::together::first_ok::FirstOk;
use crate::together::group::Group;
use crate::together::many::Many;
use crate::together::member::Member;
use crate::together::{Container, Members};
use crate::try_join::IntoTryJoin;

type Slots<F, K> = Many<Pin<Box<[Member<F, K>]>>>;

pub(super) fn many<F: Future, K>(members: impl IntoIterator<Item = F>) -> Slots<F, K> {
    let slots: Box<[_]> = members.into_iter().map(Member::new).collect();
    let len = slots.len();
    Many::new(Box::into_pin(slots), len)
}

/// A group of these members, if there are any.
pub(super) fn if_any<S, R>(slots: Many<S>, referee: R) -> IfAny<Group<Many<S>, R>>
where
    Many<S>: Members<R>,
{
    IfAny { group: (!slots.is_over()).then(|| Group::new(slots, referee)) }
}

impl<F> Container for Vec<F> {}

impl<K, F: Owned<K>> ByValue<K> for Vec<F> {}

impl<F: Future> IntoJoin for Vec<F> {
    type Output = Vec<F::Output>;
    type Members = Slots<F, F::Output>;

    fn into_members(self) -> Self::Members {
        many(self)
    }
}

impl<T, E, F: Future<Output = Result<T, E>>> IntoTryJoin for Vec<F> {
    type Output = Vec<T>;
    type Error = E;
    type Members = Slots<F, T>;

    fn into_members(self) -> Self::Members {
        many(self)
    }
}

impl<F: Future> IntoRace for Vec<F> {
    type Output = Option<F::Output>;
    type Group = IfAny<Group<Slots<F, ()>, First<F::Output>>>;

    fn into_group(self) -> Self::Group {
        if_any(many(self), First::new())
    }
}

impl<T, E, F: Future<Output = Result<T, E>>> IntoRaceOk for Vec<F> {
    type Error = E;
    type Output = Option<Result<T, Failure<E>>>;
    type Group = IfAny<Group<Slots<F, ()>, FirstOk<T, E>>>;

    fn into_group(self) -> Self::Group {
        if_any(many(self), FirstOk::new())
    }

    fn failure(output: &mut Self::Output) -> Option<&mut Failure<E>> {
        output.as_mut()?.as_mut().err()
    }
}

pin_project! {
    /// A group, or `None` at once where there is none.
    #[doc(hidden)]
    pub struct IfAny<G> {
        #[pin]
        group: Option<G>,
    }
}

impl<G: Future> Future for IfAny<G> {
    type Output = Option<G::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().group.as_pin_mut() {
            Some(group) => group.poll(cx).map(Some),
            None => Poll::Ready(None),
        }
    }
}
