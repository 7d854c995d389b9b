//! `MergeSort`: a stable sort that is told how two items compare, one pair at a time.
//!
//! It merges runs of 1, 2, 4, .. items. All runs stand in one queue, one after another; the left one of two is taken out,
//! and what is merged goes to the back of the queue, where after a pass all runs stand again, half as many. `n` items take
//! at most `n * ceil(log2(n))` comparisons, and room for half of them again.
//!
//! A pair that is being compared is *out*, and counted nowhere. When it does not come back, because the comparison
//! panicked, runs are no longer as long as they should be, and what is left is sorted from the beginning.

use alloc::collections::VecDeque;
use core::cmp::Ordering;

#[derive(Clone, Debug)]
pub(super) struct MergeSort<T> {
    queue: VecDeque<T>,
    /// What is left of the left run.
    left: VecDeque<T>,
    /// How many at the front of the queue are left of the right run.
    right: usize,
    /// How many at the front of the queue, the right run among them, are to be merged in this pass.
    to_merge: usize,
    /// How many items a run has.
    width: usize,
    /// Whether a pair is being compared.
    is_out: bool,
}

impl<T> MergeSort<T> {
    pub(super) const fn new() -> Self {
        Self { queue: VecDeque::new(), left: VecDeque::new(), right: 0, to_merge: 0, width: 0, is_out: false }
    }

    pub(super) fn len(&self) -> usize {
        self.queue.len() + self.left.len()
    }

    /// Adds an item, before the first pair is asked for.
    pub(super) fn add(&mut self, item: T) {
        self.queue.push_back(item);
    }

    /// The pair that has to be compared next; `None` if all are sorted.
    pub(super) fn next_pair(&mut self) -> Option<(T, T)> {
        if self.is_out {
            self.queue.append(&mut self.left);
            (self.right, self.to_merge, self.width, self.is_out) = (0, 0, 0, false);
        }
        loop {
            if self.right > 0
                && let Some(left) = self.left.pop_front()
                && let Some(right) = self.queue.pop_front()
            {
                self.right -= 1;
                self.to_merge -= 1;
                self.is_out = true;
                return Some((left, right));
            }
            self.end_of_runs();
            if self.to_merge == 0 {
                let width = (self.width * 2).max(1);
                if width >= self.queue.len() {
                    return None;
                }
                self.width = width;
                self.to_merge = self.queue.len();
            }
            let width = self.width.min(self.to_merge);
            self.left.extend(self.queue.drain(..width));
            self.to_merge -= width;
            self.right = self.width.min(self.to_merge);
        }
    }

    /// Takes a pair back, with how it compares.
    pub(super) fn compared(&mut self, (left, right): (T, T), order: Ordering) {
        self.is_out = false;
        if order.is_gt() {
            self.queue.push_back(right);
            self.left.push_front(left);
        } else {
            self.queue.push_back(left);
            self.queue.push_front(right);
            self.right += 1;
            self.to_merge += 1;
        }
    }

    /// The next item, when all are sorted.
    pub(super) fn take(&mut self) -> Option<T> {
        self.queue.pop_front()
    }

    /// One of two runs has no more: the rest of the other one follows what was merged.
    fn end_of_runs(&mut self) {
        self.queue.append(&mut self.left);
        let rest = core::mem::take(&mut self.right);
        self.to_merge -= rest;
        self.queue.rotate_left(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(items: &[(u8, usize)]) -> (Vec<(u8, usize)>, usize) {
        let mut sort = MergeSort::new();
        for item in items {
            sort.add(*item);
        }
        let mut comparisons = 0;
        while let Some(pair) = sort.next_pair() {
            comparisons += 1;
            sort.compared(pair, pair.0.0.cmp(&pair.1.0));
        }
        (core::iter::from_fn(|| sort.take()).collect(), comparisons)
    }

    #[test]
    fn it_sorts_as_std_does_with_few_comparisons() {
        let mut random = 7_u32;
        for length in 0..70 {
            let items: Vec<_> = (0..length)
                .map(|number| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (random.to_be_bytes()[0] % 16, number)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let (found, comparisons) = sorted(&items);
            assert_eq!(found, expected);
            let rounds = length.checked_next_power_of_two().map_or(0, usize::ilog2);
            assert!(comparisons <= length * rounds as usize, "{comparisons} for {length}");
        }
    }

    #[test]
    fn pairs_that_never_come_back_leave_the_others_sorted() {
        for lost in 0..40 {
            let mut sort = MergeSort::new();
            for number in (0..20).rev() {
                sort.add(number);
            }
            let mut compared = 0;
            let mut gone = Vec::new();
            while let Some(pair) = sort.next_pair() {
                if compared == lost {
                    gone.extend([pair.0, pair.1]);
                } else {
                    sort.compared(pair, pair.0.cmp(&pair.1));
                }
                compared += 1;
            }
            let found: Vec<_> = core::iter::from_fn(|| sort.take()).collect();
            let expected: Vec<_> = (0..20).filter(|number| !gone.contains(number)).collect();
            assert_eq!((found, gone.len()), (expected, 2));
        }
    }
}
