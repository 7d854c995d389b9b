//! [`Order`]: which cleanups of one part may run, and which have to wait.
//!
//! # The rule
//!
//! Cleanups arrive in the order in which their guards were dropped. Each has a *key* that grows with the creation of its
//! guard. A cleanup waits for every active one that arrived before it and has the same or a larger key: guards that were
//! created later are cleaned first, and what arrives after it holds nobody back. So the cleanups that may run are the
//! *records* of the sequence: those larger than all before them.
//!
//! # The structure
//!
//! A Cartesian tree: in-order it is the order of arrival, and every node's key is at least that of its left child's and right
//! child's (an earlier one goes above an equal later one). The records are then exactly the left spine, and what waits for a
//! record directly is its right subtree. Adding walks along the right spine, as in the classic linear construction (Gabow,
//! Bentley and Tarjan, "Scaling and related techniques for geometry problems", 1984), but from both its ends; taking a node out
//! merges its two subtrees. For locals, which are dropped last-created-first, and for single drops, each of the two costs a
//! constant number of steps; 1M of either are linear.
//!
//! The alternatives: a list that is searched for records at each end is quadratic; a counter of predecessors in each node
//! needs quadratic edges for the same answer.

use core::cell::Cell;

use super::cleanup_node::{CleanupLink, CleanupPtr};

/// The links of one node in its tree.
#[derive(Debug, Default)]
pub(crate) struct OrderLinks {
    up: Cell<CleanupLink>,
    left: Cell<CleanupLink>,
    right: Cell<CleanupLink>,
    /// The arrivals before and after this one.
    earlier: Cell<CleanupLink>,
    later: Cell<CleanupLink>,
    /// When the guard was created, in the time of its scope; see `Driver::tick`.
    pub(crate) key: Cell<u64>,
}

impl OrderLinks {
    pub(crate) fn new(key: u64) -> Self {
        Self { key: Cell::new(key), ..Self::default() }
    }
}

/// The active cleanups of one part.
#[derive(Debug, Default)]
pub(crate) struct Order {
    root: Cell<CleanupLink>,
    /// The latest arrival: the lower end of the right spine.
    last: Cell<CleanupLink>,
}

fn parent(node: CleanupPtr, up: CleanupLink) {
    node.order.up.set(up);
}

impl Order {
    /// Adds the latest arrival; true if it need not wait.
    ///
    /// # Safety
    ///
    /// The node is alive, in no order, and stays alive until it has been removed; its key does not change meanwhile. The
    /// caller's thread is the only one that touches the order.
    pub(crate) unsafe fn insert(&self, node: CleanupPtr) -> bool {
        let new = &node.order;
        let (above, below) = self.place_for(new.key.get());
        new.earlier.set(self.last.get());
        new.later.set(None);
        if let Some(last) = self.last.get() {
            last.order.later.set(Some(node));
        }
        new.left.set(below);
        new.right.set(None);
        new.up.set(above);
        if let Some(below) = below {
            parent(below, Some(node));
        }
        match above {
            Some(above) => above.order.right.set(Some(node)),
            None => self.root.set(Some(node)),
        }
        self.last.set(Some(node));
        above.is_none()
    }

    /// Where on the right spine a new last arrival belongs: below the first, above the second.
    ///
    /// Looked for from both ends at once, so that it costs the shorter way: a long row of waiting cleanups is not walked by
    /// each one that waits for none of them.
    fn place_for(&self, key: u64) -> (CleanupLink, CleanupLink) {
        let (mut low, mut under) = (self.last.get(), None);
        let (mut over, mut high) = (None, self.root.get());
        loop {
            // From below: the first that is not smaller.
            let Some(node) = low.filter(|node| node.order.key.get() < key) else { return (low, under) };
            (under, low) = (Some(node), node.order.up.get());
            // From above: the first that is smaller.
            let Some(node) = high.filter(|node| node.order.key.get() >= key) else { return (over, high) };
            (over, high) = (Some(node), node.order.right.get());
        }
    }

    /// Takes a node out, and gives the root of what stands in its place now.
    ///
    /// If the node was a record, those on the [left spine](left_of) of the result are records now.
    ///
    /// # Safety
    ///
    /// The node was inserted here, and has not been removed since. The caller's thread is the only one that touches the
    /// order.
    pub(crate) unsafe fn remove(&self, node: CleanupPtr) -> CleanupLink {
        let old = &node.order;
        let (up, heir) = (old.up.get(), merge(old.left.get(), old.right.get()));
        if let Some(heir) = heir {
            parent(heir, up);
        }
        match up {
            None => self.root.set(heir),
            Some(up) if up.order.left.get() == Some(node) => up.order.left.set(heir),
            Some(up) => up.order.right.set(heir),
        }
        match old.later.get() {
            Some(later) => later.order.earlier.set(old.earlier.get()),
            None => self.last.set(old.earlier.get()),
        }
        if let Some(earlier) = old.earlier.get() {
            earlier.order.later.set(old.later.get());
        }
        heir
    }
}

/// The next lower node on the left spine.
///
/// # Safety
///
/// The node is in an order that only the caller's thread touches.
pub(crate) unsafe fn left_of(node: CleanupPtr) -> CleanupLink {
    node.order.left.get()
}

/// One tree of two, everything in the first being earlier than everything in the second.
fn merge(mut first: CleanupLink, mut second: CleanupLink) -> CleanupLink {
    let root = Cell::new(None);
    // Where the rest is hung: below this node, on this side of it; at first it is the root.
    let mut below: Option<(CleanupPtr, Side)> = None;
    let hang = |rest: CleanupLink, below: Option<(CleanupPtr, Side)>| {
        match below {
            None => root.set(rest),
            Some((node, Side::Left)) => node.order.left.set(rest),
            Some((node, Side::Right)) => node.order.right.set(rest),
        }
        if let Some(rest) = rest {
            parent(rest, below.map(|(node, _)| node));
        }
    };
    while let (Some(a), Some(b)) = (first, second) {
        if a.order.key.get() >= b.order.key.get() {
            hang(first, below);
            (below, first) = (Some((a, Side::Right)), a.order.right.get());
        } else {
            hang(second, below);
            (below, second) = (Some((b, Side::Left)), b.order.left.get());
        }
    }
    hang(first.or(second), below);
    root.get()
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

#[cfg(all(test, not(loom)))]
mod tests {
    use core::convert::Infallible;
    use core::panic::Location;
    use core::pin::Pin;
    use core::task::{Context, Poll};

    use onpar_core::ExitReason;
    use proptest::prelude::*;

    use super::super::cleanup_node::CleanupPtr;
    use super::super::node::Job;
    use super::super::owned::Owned;
    use super::*;
    use crate::label::Label;

    struct Nothing;

    impl Job for Nothing {
        type Error = Infallible;

        fn poll(self: Pin<&mut Self>, _: ExitReason, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }
    }

    #[derive(Clone, Debug)]
    enum Step {
        Insert(u64),
        /// Removes one of the nodes, records or not: an order that gives way removes others too.
        Remove(prop::sample::Index),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (0..40_u64).prop_map(Step::Insert),
            2 => any::<prop::sample::Index>().prop_map(Step::Remove),
        ]
    }

    fn node(key: u64) -> Owned {
        Owned::new(Nothing, Label { name: "", location: Location::caller() }, key)
    }

    /// The definition: those with a larger key than all that came before.
    fn records(arrived: &[(CleanupPtr, Owned)]) -> Vec<CleanupPtr> {
        let mut largest = None;
        let mut records = vec![];
        for (node, _) in arrived {
            let key = node.order.key.get();
            if largest.is_none_or(|largest| key > largest) {
                largest = Some(key);
                records.push(*node);
            }
        }
        records
    }

    fn left_spine(order: &Order) -> Vec<CleanupPtr> {
        let mut spine: Vec<_> = core::iter::successors(order.root.get(), |node| node.order.left.get()).collect();
        spine.reverse();
        spine
    }

    proptest! {
        #[test]
        fn the_left_spine_is_the_records_after_any_steps(steps in prop::collection::vec(step(), 0..200)) {
            let order = Order::default();
            let mut arrived: Vec<(CleanupPtr, Owned)> = vec![];
            for step in steps {
                match step {
                    Step::Insert(key) => {
                        let node = node(key);
                        let at = node.node();
                        // SAFETY: the node lives in `arrived` until it is removed.
                        let record = unsafe { order.insert(at) };
                        arrived.push((at, node));
                        prop_assert_eq!(record, records(&arrived).last() == Some(&at));
                    }
                    Step::Remove(index) if !arrived.is_empty() => {
                        let before = records(&arrived);
                        let (at, _node) = arrived.remove(index.index(arrived.len()));
                        // SAFETY: the node was inserted, and is removed once.
                        let heir = unsafe { order.remove(at) };
                        if before.contains(&at) {
                            // Those that have become records are the upper part of the heir's left spine.
                            let fresh: Vec<_> = core::iter::successors(heir, |node| node.order.left.get())
                                .take_while(|node| !before.contains(node))
                                .collect();
                            let expected = records(&arrived).into_iter().rev().filter(|node| !before.contains(node));
                            prop_assert_eq!(fresh, expected.collect::<Vec<_>>());
                        }
                    }
                    Step::Remove(_) => {}
                }
                prop_assert_eq!(left_spine(&order), records(&arrived));
                prop_assert_eq!(order.last.get(), arrived.last().map(|(at, _)| *at));
            }
        }
    }
}
