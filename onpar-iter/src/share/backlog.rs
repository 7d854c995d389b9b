//! [`Backlog`]: the items that some reader has not read, oldest first.
//!
//! Items are numbered, and a reader knows the number of its next. An item knows how many readers have not read it. All read in
//! order, so the oldest is the first that all have read; it leaves with the last reader that reads it.
//!
//! Whoever reads an item that others have not read takes it out, clones it when no lock is held, and puts it back: an item's
//! `clone` may be anything, and take its time, or use the very stream that it comes from.

use alloc::collections::VecDeque;

use super::Missed;

pub(super) struct Backlog<T> {
    items: VecDeque<Item<T>>,
    /// The number of the oldest item; that of the next one to come, if there is none.
    first: u64,
    readers: usize,
}

struct Item<T> {
    /// `None` while a reader clones it.
    value: Option<T>,
    /// How many readers have not read it.
    unread: usize,
    /// Somebody else has come for it meanwhile.
    wanted: bool,
}

/// What a reader finds.
pub(super) enum Found<T> {
    /// The item, as the last one that reads it.
    Last(T),
    /// The item, to be cloned and [put back](Backlog::put_back).
    Lent(T),
    Missed(Missed),
    /// The item is there, and another reader clones it.
    Busy,
    Nothing,
}

impl<T> Backlog<T> {
    pub(super) const fn new() -> Self {
        Self { items: VecDeque::new(), first: 0, readers: 0 }
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// How many of them a reader has not read, whose next has this number, and whether it has missed any.
    pub(super) fn unread(&self, next: u64) -> (usize, bool) {
        (self.items.len() - self.place(next), next < self.first)
    }

    /// Where the next item of a reader stands, of those that are there.
    #[inline]
    fn place(&self, next: u64) -> usize {
        usize::try_from(next.saturating_sub(self.first)).unwrap_or(usize::MAX).min(self.items.len())
    }

    /// A reader comes, who reads what comes from now on: the number of its first item.
    pub(super) fn subscribe(&mut self) -> u64 {
        self.readers += 1;
        self.first + self.items.len() as u64
    }

    /// A reader comes, whose next item has this number.
    pub(super) fn subscribe_at(&mut self, next: u64) {
        self.readers += 1;
        let place = self.place(next);
        for item in self.items.range_mut(place..) {
            item.unread += 1;
        }
    }

    /// A reader goes, whose next item has this number.
    pub(super) fn unsubscribe(&mut self, next: u64) {
        self.readers -= 1;
        let place = self.place(next);
        for item in self.items.range_mut(place..) {
            item.unread -= 1;
        }
    }

    /// Takes the oldest item, if all have read it.
    pub(super) fn pop_read(&mut self) -> Option<T> {
        self.items.front().filter(|oldest| oldest.unread == 0)?;
        self.pop()
    }

    /// The oldest item is there no more. It is given, if nobody clones it.
    pub(super) fn pop(&mut self) -> Option<T> {
        let oldest = self.items.pop_front()?;
        self.first += 1;
        oldest.value
    }

    /// A new item, that all readers are to read.
    pub(super) fn push(&mut self, item: T) {
        self.items.push_back(Item { value: Some(item), unread: self.readers, wanted: false });
    }

    /// What there is for a reader, whose next item has this number. It has been read if it is the last of it, or missed.
    #[inline]
    pub(super) fn read(&mut self, next: &mut u64) -> Found<T> {
        if *next < self.first {
            let missed = Missed::new(self.first - *next);
            *next = self.first;
            return Found::Missed(missed);
        }
        let place = self.place(*next);
        let Some(found) = self.items.get_mut(place) else { return Found::Nothing };
        let Some(item) = found.value.take() else {
            found.wanted = true;
            return Found::Busy;
        };
        if found.unread == 1 {
            // Whoever has read an item has read those before it: it is the oldest.
            self.pop();
            *next += 1;
            return Found::Last(item);
        }
        Found::Lent(item)
    }

    /// Puts an item back that was lent, which has been read by now or has not. Gives what nobody wants any more, to be dropped
    /// without a lock; and whether somebody waits for the item.
    #[inline]
    pub(super) fn put_back(&mut self, number: u64, item: T, is_read: bool) -> (Option<T>, bool) {
        // It may have made way for newer ones.
        let place = number.checked_sub(self.first).and_then(|place| usize::try_from(place).ok());
        let Some(lent) = place.and_then(|place| self.items.get_mut(place)) else { return (Some(item), false) };
        lent.unread -= usize::from(is_read);
        lent.value = Some(item);
        let wanted = core::mem::take(&mut lent.wanted);
        // The other readers may have gone.
        (self.pop_read(), wanted)
    }
}
