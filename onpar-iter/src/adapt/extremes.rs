//! `Extremes`: the `k` first of many items by an order, held in a heap no larger than that.

use alloc::collections::BinaryHeap;
use alloc::vec;
use core::mem;

#[derive(Clone, Debug)]
pub(super) enum Extremes<T> {
    Gathering { most: usize, heap: BinaryHeap<T> },
    Giving(vec::IntoIter<T>),
}

impl<T: Ord> Extremes<T> {
    pub(super) const fn new(most: usize) -> Self {
        Self::Gathering { most, heap: BinaryHeap::new() }
    }

    /// Holds an item, if it is one of the first so far; of equal ones, that which came first.
    #[inline]
    pub(super) fn add(&mut self, item: T) {
        let Self::Gathering { most, heap } = self else { return };
        if heap.len() < *most {
            heap.push(item);
        } else if let Some(mut last) = heap.peek_mut()
            && item < *last
        {
            *last = item;
        }
    }

    /// The next of them, in order.
    #[inline]
    pub(super) fn next(&mut self) -> Option<T> {
        if let Self::Gathering { heap, .. } = self {
            *self = Self::Giving(mem::take(heap).into_sorted_vec().into_iter());
        }
        match self {
            Self::Giving(items) => items.next(),
            Self::Gathering { .. } => None,
        }
    }

    pub(super) fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        match self {
            Self::Gathering { most, heap } => {
                let all = |items: usize| items.saturating_add(heap.len()).min(*most);
                (all(lower), Some(upper.map_or(*most, all)))
            }
            Self::Giving(items) => (items.len(), Some(items.len())),
        }
    }
}
