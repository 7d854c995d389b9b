//! [`Many`]: the members of an array or a `Vec`, all of one type.

use core::pin::Pin;
use core::task::{Context, Poll};

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Streams;
#[cfg(feature = "alloc")]
use super::members::turn_or_end;
use super::members::{Members, Place, Turn, hint, poll_all, turn};
use super::places::Places;
#[cfg(feature = "alloc")]
use super::turns::Turns;

/// So many members are all polled whenever one is woken; of more, those that were woken.
///
/// Where one of ten is woken, to poll all ten takes 1.5 times as long as to know which it was, and twice the instructions
/// (`cargo bench -p onpar-benches --bench time -- merge_1`, and `cargo xtask callgrind merge_10_woken merge_1000_woken`, with
/// either strategy): so they are even at six.
#[cfg(feature = "alloc")]
const FEW: usize = 6;

pin_project! {
    /// The members of an array or a `Vec`.
    #[doc(hidden)]
    pub struct Many<P> {
        #[pin]
        places: P,
        rotation: Rotation,
    }
}

/// Who is next.
struct Rotation {
    /// Where all are polled: this one.
    next: usize,
    /// Of many, those that have been woken; made at the first poll.
    #[cfg(feature = "alloc")]
    turns: Option<Box<Counted>>,
}

/// Turns, and how many members have not ended.
#[cfg(feature = "alloc")]
struct Counted {
    turns: Turns,
    left: usize,
}

impl<P: Places> Many<P> {
    const fn new(places: P) -> Self {
        let rotation = Rotation {
            next: 0,
            #[cfg(feature = "alloc")]
            turns: None,
        };
        Self { places, rotation }
    }
}

impl<S: Stream, P: Places<Place = Place<S>>> Members for Many<P> {
    type Item = S::Item;

    #[inline]
    fn poll_in_turn(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(usize, S::Item)>> {
        let mut this = self.project();
        let members = this.places.len();
        #[cfg(feature = "alloc")]
        if members > FEW {
            let Counted { turns, left } = &mut **this
                .rotation
                .turns
                .get_or_insert_with(|| Box::new(Counted { turns: Turns::of(members), left: members }));
            let polled =
                turns.poll(cx, |_, position, cx| turn_or_end(this.places.as_mut().place(position), cx, || *left -= 1));
            return match polled {
                Poll::Ready(item) => Poll::Ready(Some(item)),
                Poll::Pending if *left == 0 => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            };
        }
        poll_all(members, &mut this.rotation.next, |position| turn(this.places.as_mut().place(position), cx))
    }

    fn restart(self: Pin<&mut Self>) {
        let rotation = self.project().rotation;
        rotation.next = 0;
        #[cfg(feature = "alloc")]
        if let Some(counted) = &mut rotation.turns {
            counted.turns.restart();
        }
    }

    #[inline]
    fn poll_member(self: Pin<&mut Self>, position: usize, cx: &mut Context<'_>) -> Turn<S::Item> {
        turn(self.project().places.place(position), cx)
    }

    fn keep(self: Pin<&mut Self>, position: usize) {
        let mut this = self.project();
        for other in (0..this.places.len()).filter(|other| *other != position) {
            this.places.as_mut().place(other).set(None);
        }
        #[cfg(feature = "alloc")]
        {
            this.rotation.turns = None;
        }
    }

    fn hints(&self, mut each: impl FnMut((usize, Option<usize>))) {
        for place in self.places.all() {
            hint(place.as_ref(), &mut each);
        }
    }
}

impl<S: Stream, const N: usize> Streams for [S; N] {
    type Item = S::Item;
    type Members = Many<[Place<S>; N]>;

    #[inline]
    fn into_members(self) -> Self::Members {
        Many::new(self.map(Some))
    }
}

#[cfg(feature = "alloc")]
impl<S: Stream> Streams for Vec<S> {
    type Item = S::Item;
    type Members = Many<Pin<Box<[Place<S>]>>>;

    fn into_members(self) -> Self::Members {
        collect(self)
    }
}

/// The streams of an iterator, in the place where they are polled.
#[cfg(feature = "alloc")]
pub(super) fn collect<S: Stream>(streams: impl IntoIterator<Item = S>) -> Many<Pin<Box<[Place<S>]>>> {
    let places: Box<[_]> = streams.into_iter().map(Some).collect();
    Many::new(Box::into_pin(places))
}
