//! `Line`: those who wait for room, first come, first served; and those to whom room has been granted.
//!
//! A slab of places that are used again, linked in order. Whoever stands in it has a ticket, and gives it back: so leaving
//! from the middle, which cancellation does all the time, takes no longer than leaving at the front.

use alloc::vec::Vec;
use core::mem;
use core::task::Waker;

/// A place in the line. It is given back by [`Line::leave`].
#[derive(Debug)]
pub(super) struct Ticket(usize);

#[derive(Debug)]
pub(super) struct Line {
    places: Vec<Place>,
    /// The first free place.
    free: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
}

#[derive(Debug)]
enum Place {
    Free { next: Option<usize> },
    Waiting { waker: Waker, before: Option<usize>, after: Option<usize> },
    Granted,
}

impl Line {
    pub(super) const fn new() -> Self {
        Self { places: Vec::new(), free: None, first: None, last: None }
    }

    /// Stands in line, behind all others.
    pub(super) fn join(&mut self, waker: Waker) -> Ticket {
        let place = Place::Waiting { waker, before: self.last, after: None };
        let number = self.free.unwrap_or(self.places.len());
        match self.places.get_mut(number) {
            Some(free) => {
                if let Place::Free { next } = mem::replace(free, place) {
                    self.free = next;
                }
            }
            None => self.places.push(place),
        }
        match self.last.replace(number) {
            Some(last) => self.link_after(last, Some(number)),
            None => self.first = Some(number),
        }
        Ticket(number)
    }

    /// Whether room has been granted to this place.
    pub(super) fn is_granted(&self, ticket: &Ticket) -> bool {
        matches!(self.places[ticket.0], Place::Granted)
    }

    /// Whether this place would wake the same task.
    pub(super) fn would_wake(&self, ticket: &Ticket, waker: &Waker) -> bool {
        matches!(&self.places[ticket.0], Place::Waiting { waker: known, .. } if known.will_wake(waker))
    }

    /// Has another task woken. Gives back the waker that is not needed any more.
    pub(super) fn replace(&mut self, ticket: &Ticket, waker: Waker) -> Waker {
        match &mut self.places[ticket.0] {
            Place::Waiting { waker: known, .. } => mem::replace(known, waker),
            Place::Granted | Place::Free { .. } => waker,
        }
    }

    /// Grants room to the first in line, if there is anybody; who is then to be woken.
    pub(super) fn grant(&mut self) -> Option<Waker> {
        let number = self.first?;
        self.unlink(number);
        match mem::replace(&mut self.places[number], Place::Granted) {
            Place::Waiting { waker, .. } => Some(waker),
            Place::Granted | Place::Free { .. } => unreachable!("who stands in line waits"),
        }
    }

    /// Leaves the line: with a waker that is not needed any more, or, if there is none, with room that has been granted.
    #[expect(clippy::needless_pass_by_value, reason = "a ticket is given back")]
    pub(super) fn leave(&mut self, ticket: Ticket) -> Option<Waker> {
        let Ticket(number) = ticket;
        self.unlink(number);
        let place = mem::replace(&mut self.places[number], Place::Free { next: self.free });
        self.free = Some(number);
        match place {
            Place::Waiting { waker, .. } => Some(waker),
            Place::Granted | Place::Free { .. } => None,
        }
    }

    /// Takes a place that waits out of the order.
    fn unlink(&mut self, number: usize) {
        let Place::Waiting { before, after, .. } = self.places[number] else { return };
        match before {
            Some(before) => self.link_after(before, after),
            None => self.first = after,
        }
        match after {
            Some(after) => self.link_before(after, before),
            None => self.last = before,
        }
    }

    fn link_after(&mut self, number: usize, next: Option<usize>) {
        if let Place::Waiting { after, .. } = &mut self.places[number] {
            *after = next;
        }
    }

    fn link_before(&mut self, number: usize, previous: Option<usize>) {
        if let Place::Waiting { before, .. } = &mut self.places[number] {
            *before = previous;
        }
    }
}
