//! [`Slab`]: places for members that come and go, pinned, each used again when its member has gone.
//!
//! Places come in pieces, each of twice the last one's size, and do not move.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::pin::Pin;
use core::task::Context;

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::members::{Place, Turn, hint, turn};
use super::places::Places;

/// How many places the first piece has.
const FIRST: usize = 4;

/// Streams in places of their own.
pub(super) struct Slab<S> {
    pieces: Vec<Pin<Box<[Slot<S>]>>>,
    /// The place that is used next, if it is one that has been used before; `next_free` of it is the one after that.
    free: usize,
    /// How many places have been used: all members stand in the first so many.
    used: usize,
    members: usize,
}

pin_project! {
    struct Slot<S> {
        #[pin]
        member: Place<S>,
        // How often a member has come or gone: odd while there is one.
        generation: u64,
        next_free: usize,
    }
}

/// No place.
const NONE: usize = usize::MAX;

impl<S> Slab<S> {
    pub(super) const fn new() -> Self {
        Self { pieces: Vec::new(), free: NONE, used: 0, members: 0 }
    }

    /// How many members there are.
    pub(super) const fn len(&self) -> usize {
        self.members
    }

    /// The piece of a place, and which of its slots it is.
    #[inline]
    const fn find(place: usize) -> (usize, usize) {
        let piece = (place / FIRST + 1).ilog2();
        (piece as usize, place - FIRST * ((1 << piece) - 1))
    }

    #[inline]
    fn slot(&mut self, place: usize) -> Pin<&mut Slot<S>> {
        let (piece, slot) = Self::find(place);
        Pin::new(&mut self.pieces[piece]).place(slot)
    }

    /// Puts a member into a free place, and says which.
    pub(super) fn insert(&mut self, member: S) -> usize {
        let place = if self.free == NONE { self.used } else { self.free };
        if Self::find(place).0 == self.pieces.len() {
            let slot = |_| Slot { member: None, generation: 0, next_free: NONE };
            self.pieces.push(Box::into_pin((0..FIRST << self.pieces.len()).map(slot).collect()));
        }
        let mut slot = self.slot(place).project();
        slot.member.set(Some(member));
        *slot.generation += 1;
        let next_free = *slot.next_free;
        if self.free == NONE {
            self.used += 1;
        } else {
            self.free = next_free;
        }
        self.members += 1;
        place
    }

    /// The generation of the member at a place: whoever stood there before had another one.
    pub(super) fn generation(&self, place: usize) -> Option<u64> {
        let (piece, slot) = Self::find(place);
        let generation = self.pieces.get(piece)?.all().get(slot)?.generation;
        (generation % 2 == 1).then_some(generation)
    }

    /// The member at a place.
    pub(super) fn get(&mut self, place: usize) -> Option<Pin<&mut S>> {
        self.slot(place).project().member.as_pin_mut()
    }

    /// Drops the member at a place.
    pub(super) fn remove(&mut self, place: usize) {
        self.leave(place);
        self.slot(place).project().member.set(None);
    }

    /// The place is free from now on.
    fn leave(&mut self, place: usize) {
        let free = self.free;
        let slot = self.slot(place).project();
        *slot.generation += 1;
        *slot.next_free = free;
        self.free = place;
        self.members -= 1;
    }
}

impl<S: Stream> Slab<S> {
    /// The turn of the member at a place. One that has ended leaves the place.
    #[inline]
    pub(super) fn turn(&mut self, place: usize, cx: &mut Context<'_>) -> Turn<S::Item> {
        let slot = self.slot(place).project();
        if slot.generation.is_multiple_of(2) {
            return Turn::Over;
        }
        let turn = turn(slot.member, cx);
        if let Turn::Over = turn {
            self.leave(place);
        }
        turn
    }

    /// The size hints of all members.
    pub(super) fn hints(&self, mut each: impl FnMut((usize, Option<usize>))) {
        for slot in self.pieces.iter().flat_map(Places::all) {
            hint(slot.member.as_ref(), &mut each);
        }
    }
}
