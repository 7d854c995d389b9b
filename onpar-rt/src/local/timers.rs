//! `Timers`: a binary heap whose entries can be moved and taken out.
//!
//! Each sleep owns a slot from its first pending poll until it ends or is dropped; a slot knows where its entry stands in
//! the heap. So moving and cancelling take O(log n), leave no tombstones, and allocate nothing. A slot whose timer has
//! fired stays with its sleep, so it cannot go to another by mistake.

use core::task::Waker;

use onpar_core::Instant;

/// A slot that has no entry in the heap.
const NOWHERE: usize = usize::MAX;

#[derive(Debug, Default)]
pub(super) struct Timers {
    /// Each entry is not later than its children, which are at `2 * i + 1` and `2 * i + 2`.
    heap: Vec<Entry>,
    slots: Vec<Slot>,
    free: Vec<usize>,
    next_number: u64,
}

/// Ordered by deadline, then by the order of setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    deadline: Instant,
    number: u64,
    slot: usize,
}

#[derive(Debug)]
struct Slot {
    position: usize,
    waker: Option<Waker>,
}

impl Timers {
    /// The next deadline.
    pub(super) fn next(&self) -> Option<Instant> {
        self.heap.first().map(|entry| entry.deadline)
    }

    /// Sets a timer, and returns its slot.
    pub(super) fn insert(&mut self, deadline: Instant, waker: Waker) -> usize {
        let new = Slot { position: NOWHERE, waker: Some(waker) };
        let slot = if let Some(slot) = self.free.pop() {
            self.slots[slot] = new;
            slot
        } else {
            self.slots.push(new);
            self.slots.len() - 1
        };
        self.arm(slot, deadline);
        slot
    }

    /// Sets the timer of a slot anew, whether it has fired or not, and returns the waker that was replaced.
    pub(super) fn update(&mut self, slot: usize, deadline: Instant, waker: Waker) -> Option<Waker> {
        let Slot { position, waker: old } = &mut self.slots[slot];
        let old = old.replace(waker);
        let position = *position;
        if position == NOWHERE || self.heap[position].deadline != deadline {
            self.arm(slot, deadline);
        }
        old
    }

    /// Moves the timer of a slot, unless it has fired.
    pub(super) fn reset(&mut self, slot: usize, deadline: Instant) {
        if self.slots[slot].position != NOWHERE {
            self.arm(slot, deadline);
        }
    }

    /// Takes the slot back.
    pub(super) fn remove(&mut self, slot: usize) -> Option<Waker> {
        self.disarm(slot);
        self.free.push(slot);
        self.slots[slot].waker.take()
    }

    /// Fires one timer that is due.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<Waker> {
        let first = self.heap.first().filter(|entry| entry.deadline <= now)?.slot;
        self.disarm(first);
        self.slots[first].waker.take()
    }

    fn arm(&mut self, slot: usize, deadline: Instant) {
        let entry = Entry { deadline, number: self.next_number, slot };
        self.next_number += 1;
        match self.slots[slot].position {
            NOWHERE => {
                self.heap.push(entry);
                self.sift_up(self.heap.len() - 1);
            }
            position => {
                self.heap[position] = entry;
                let position = self.sift_up(position);
                self.sift_down(position);
            }
        }
    }

    fn disarm(&mut self, slot: usize) {
        let position = core::mem::replace(&mut self.slots[slot].position, NOWHERE);
        if position == NOWHERE {
            return;
        }
        self.heap.swap_remove(position);
        if position < self.heap.len() {
            let position = self.sift_up(position);
            self.sift_down(position);
        }
    }

    /// Moves the entry at `position` towards the root, and returns where it comes to stand.
    fn sift_up(&mut self, mut position: usize) -> usize {
        let entry = self.heap[position];
        while position > 0 {
            let parent = (position - 1) / 2;
            if self.heap[parent] <= entry {
                break;
            }
            self.place(position, self.heap[parent]);
            position = parent;
        }
        self.place(position, entry);
        position
    }

    /// Moves the entry at `position` away from the root.
    fn sift_down(&mut self, mut position: usize) {
        let entry = self.heap[position];
        loop {
            let left = 2 * position + 1;
            let children = self.heap.iter().enumerate().skip(left).take(2);
            let Some((child, &least)) = children.min_by_key(|(_, entry)| **entry) else { break };
            if entry <= least {
                break;
            }
            self.place(position, least);
            position = child;
        }
        self.place(position, entry);
    }

    fn place(&mut self, position: usize, entry: Entry) {
        self.heap[position] = entry;
        self.slots[entry.slot].position = position;
    }
}

#[cfg(test)]
mod tests {
    use super::{Timers, Waker};
    use core::time::Duration;
    use onpar_core::Instant;
    use std::collections::BTreeMap;

    /// Does the same thousand random things to the heap and to a sorted map.
    #[test]
    fn heap_agrees_with_a_sorted_map() {
        for seed in 1..50_u64 {
            let mut random = seed;
            let mut draw = |bound: u64| {
                // Marsaglia, "Xorshift RNGs" (2003), the triple (13, 7, 17).
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                random % bound
            };
            let mut timers = Timers::default();
            let mut model = BTreeMap::new();
            let mut slots = Vec::<(usize, (Instant, u64))>::new();
            for number in 0..1000_u64 {
                let deadline = Instant::ORIGIN + Duration::from_nanos(draw(100));
                let chosen = usize::try_from(draw(1 + slots.len() as u64)).unwrap();
                match draw(4) {
                    0 if chosen < slots.len() => {
                        let (slot, key) = slots.swap_remove(chosen);
                        model.remove(&key);
                        timers.remove(slot);
                    }
                    1 if chosen < slots.len() => {
                        let (slot, key) = slots[chosen];
                        timers.update(slot, deadline, Waker::noop().clone());
                        // One that stands at that deadline already keeps its turn.
                        if model.remove(&key).is_none() || key.0 != deadline {
                            slots[chosen].1 = (deadline, number);
                        }
                        model.insert(slots[chosen].1, slot);
                    }
                    2 => {
                        let due = model.first_key_value().filter(|((due, _), _)| *due <= deadline);
                        let due = due.map(|(key, _)| *key);
                        assert_eq!(timers.pop_due(deadline).is_some(), due.is_some());
                        if let Some(due) = due {
                            model.remove(&due);
                        }
                    }
                    _ => {
                        let slot = timers.insert(deadline, Waker::noop().clone());
                        model.insert((deadline, number), slot);
                        slots.push((slot, (deadline, number)));
                    }
                }
                assert_eq!(timers.next(), model.keys().next().map(|(deadline, _)| *deadline));
                assert_eq!(timers.heap.first().map(|entry| entry.slot), model.values().next().copied());
            }
        }
    }
}
